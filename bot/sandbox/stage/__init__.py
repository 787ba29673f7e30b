"""A page with two phones, for a browser on this machine: a chat with the bot, to hold and to try.

    stage = Stage(zone="Europe/Dublin")
    async with serve_page(stage) as page:       # page.url is what to open; it carries the token
        stage.show(world, [noa.user_id, sam.user_id])

page_words  what the page says
stage     what is on show: a world, whose phones, and what the host can do with the story
live      what happens, told to every open page over a WebSocket
routes    what a visitor may do
server    the page's files, its headers, and the way in
"""

from bot.sandbox.stage.page_words import PageWords
from bot.sandbox.stage.server import Page, serve_page
from bot.sandbox.stage.stage import MAX_PHONES, Director, Stage

__all__ = ["MAX_PHONES", "Director", "Page", "PageWords", "Stage", "serve_page"]
