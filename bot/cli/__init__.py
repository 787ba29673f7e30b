"""Commands: one file each, with `add` (its arguments) and `run` (what it does).

What a command is good for stands here, so that a list of them reads none of their modules.
"""

COMMANDS = {
    "serve": "run the bot by long polling (the default)",
    "demo": "two phones in your browser, to try it as both partners; needs no Telegram and no token",
    "rehearse": "play a couple's first two mornings in the terminal; needs no Telegram and no token",
    "check": "lint decks and messages: file, line, what is wrong, what to write",
    "overlay": "words of your own (ATTUNE_WORDS): list them, take a copy of an original, say that a change was seen",
    "words": "a language's texts as a PO file for a translator's tool (export), and back again (import)",
    "preview": "show a round as both partners would see it (--prompt ID), or a year's plan (--year COUPLE)",
    "coach": "read responses as JSON, one a line, and say what the coach notices in each",
    "backup": "copy the database to a new file, whether the bot is running or not; the key is not in it",
    "drill": "restore the newest backup into a temporary folder, check all of it, and say how old it is",
    "restore": "put a backup in the place of the database, once all of it has been checked; the bot must be stopped",
    "move": "move the database to a PostgreSQL server, or back to a file, and compare every table; can be interrupted",
    "rekey": "rotate the operator's key, while the bot is stopped or running; can be interrupted and run again",
    "health": "ask a running bot whether it is well (ATTUNE_STATUS); for containers",
    "doctor": "check settings, key, database, token, webhook, clock and time zones, and say what to do about each",
}
