"""The edge: knows python-telegram-bot and HTTP, and nothing else.

routes       the conversation as one ordered table: which update goes to which handler of bot.screens
intake       fetches updates, one transaction a batch, a savepoint an update
parsing      one raw update at a time
dispatch     an update meets its route, and becomes a request
throttle     how much of one person at a time
prepare      a leased row becomes a call
sender       makes the call; what Telegram says becomes a value
client       one call of the Bot API; http underneath, on aiohttp
connection   all of it, connected; application, webhook beside it
"""

from bot.telegram.unused import left_out

with left_out():
    import telegram.ext  # noqa: F401 (imported here so that what it brings along is left out)
