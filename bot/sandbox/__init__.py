"""A Telegram that runs at home: the Bot API over real HTTP, and people's phones to hold in a test.

    world = World()
    async with serve(world) as telegram:            # telegram.url is the API root for any bot
        phone = world.phone(first_name="Ada")
        phone.send_text("/start")                   # the bot gets an update
        message = await phone.wait_for("Hello")     # what the bot answered
        phone.press(message, "I'm in")

A leaf: it imports nothing of the bot that it is made to test.
"""

from bot.sandbox.chats import Chat, Person
from bot.sandbox.clock import Clock, SteerableClock, SystemClock
from bot.sandbox.faults import Fault
from bot.sandbox.inspection import Finding
from bot.sandbox.messages import Button, Media, Message
from bot.sandbox.phone import Phone, Press
from bot.sandbox.records import Call
from bot.sandbox.server import Server, serve
from bot.sandbox.view import PhoneError
from bot.sandbox.world import TOKEN, World

__all__ = [
    "TOKEN",
    "Button",
    "Call",
    "Chat",
    "Clock",
    "Fault",
    "Finding",
    "Media",
    "Message",
    "Person",
    "Phone",
    "PhoneError",
    "Press",
    "Server",
    "SteerableClock",
    "SystemClock",
    "World",
    "serve",
]
