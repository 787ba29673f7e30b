"""No private word stands in a log or in a file, whatever fails; every journey is searched so by `overheard`."""

import asyncio
import gc
import logging
import sys
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from memory import behind, stored
from overheard import Said, private
from people import MakeHome, Person, couple, person, settled
from talking import agrees, asks, says
from weeks import a_week, wants_pulse

from bot import logs
from bot.content import Content
from bot.home.house import Home
from bot.practice.thread import Heard
from bot.sandbox import Fault
from bot.screens.callbacks import Verb

PLANTED = (
    "marmaladeword",
    "umbrellaword",
    "captionword",
    "answerword",
    "secondword",
    "friendlyword",
    "lanternword",
    "kitchenword",
    "capsuleword",
    "quarrelword",
    "Noaphinename",
    "Samothracename",
)
PATIENCE = 20.0  # real seconds
WORDS = "marmaladeword of Noaphinename"


@pytest.fixture(autouse=True)
def planted(nothing_private_is_logged: Said) -> None:
    """Let these words be searched for in every log here, whoever says them."""
    nothing_private_is_logged.texts.add(WORDS)


async def as_a_friend(who: Person, words: str) -> None:
    """Write as the neutral friend, and keep it."""
    who.writes("/practice")
    await who.presses(Verb.FRIEND)
    await who.presses(Verb.FRIEND_BEGIN)
    await settled(who.home)
    who.writes(words)
    for step in range(3):
        await settled(who.home)
        await who.presses(Verb.FRIEND_ON, step)
    await who.presses(Verb.FRIEND_KEEP)
    await settled(who.home)


async def test_planted_words_are_in_no_file(home: Home) -> None:
    """At debug level, through drafts, a caption, a reveal, responses, a clarification, and refused updates."""
    noa, sam = await couple(home, "Noaphinename", "Samothracename")
    await noa.seals("It was the marmaladeword on the stairs.")
    sam.phone.send_photo(b"\x89PNG\r\n\x1a\n" + bytes(60), caption="a captionword")
    await sam.drafts("And the umbrellaword.")
    await settled(home)
    await sam.presses(Verb.SEAL)
    for partner in (noa, sam):
        await partner.sees("one sentence that shows")
    sam.writes("I hear an answerword.")
    await sam.presses(Verb.SEND)
    await noa.presses(Verb.HEARD, Heard.NOT_YET)
    noa.writes("One secondword.")
    await noa.presses(Verb.SEND)
    await settled(home)
    await as_a_friend(noa, "A friendlyword of it.")
    await wants_pulse(noa)
    await a_week((noa, (4, 2, 5)))
    await asks(noa)
    await agrees(sam)
    await says(noa, "I felt like a lanternword.")
    sam.writes("A draft of a kitchenword.")
    await settled(home)
    sam.writes("/capsule")
    await sam.sees("A letter for later")
    sam.writes("A capsuleword.")
    await settled(home)
    await sam.presses(Verb.TALK_STOP)
    await settled(home)
    await asks(sam, "/repair")
    await agrees(noa)
    await says(noa, "I felt a quarrelword.")
    home.world.inject({"message": {"text": "marmaladeword", "from": "umbrellaword", "self": "captionword"}})
    await settled(home)
    folder = Path(home.app.database.path).parent.parent
    kept = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert len(kept) > 10_000
    assert [word for word in (*PLANTED, "4 2 5", "4, 2, 5") if word.encode() in kept] == []


class Poisoned(Content):
    """Words that fail with what they are given: a handler by a text, a message that is made by a name."""

    def alarms(self, text: str, language: str, called: str = "") -> str | None:
        """Fail where a text asks for it."""
        if "poison" in text:
            raise LookupError(text)
        return super().alarms(text, language, called)

    def countries(self, language: str) -> NoReturn:
        """Fail always: the page of countries cannot be made."""
        raise RuntimeError(WORDS, language)


async def test_a_handler_that_fails_with_private_words_is_logged_by_its_kind(
    make_home: MakeHome, caplog: pytest.LogCaptureFixture
) -> None:
    """Its sender hears that it was not saved; what is logged names the update and the kind of the exception."""
    home = await make_home(content=Poisoned())
    noa, _ = await couple(home, "Noaphinename", "Samothracename")
    noa.writes(f"A poison {WORDS}.")
    assert any("wasn't saved" in text or "not saved" in text for text in await noa.hears())
    assert "was not saved: LookupError" in caplog.text
    noa.writes("/settings")
    await noa.sees("Your settings")


async def until_logged(home: Home, caplog: pytest.LogCaptureFixture, words: str) -> None:
    """Let time pass until the log says so."""
    async with asyncio.timeout(PATIENCE):
        while words not in caplog.text:
            home.clock.advance(timedelta(seconds=20))
            await home.world.events.bell.wait(0.02)


async def test_a_message_that_cannot_be_made_is_logged_by_its_kind(
    make_home: MakeHome, caplog: pytest.LogCaptureFixture
) -> None:
    """It is tried again and given up, and what is logged names its kind and the exception's."""
    home = await make_home(content=Poisoned())
    noa, _ = await couple(home, "Noaphinename", "Samothracename")
    noa.writes("/safety")
    await until_logged(home, caplog, "given up: cannot be made")
    assert "could not be made: RuntimeError" in caplog.text
    noa.writes("/help marmaladeword")
    await noa.sees("How it goes")


@pytest.mark.parametrize(
    ("code", "logged"),
    [
        (400, "markup cannot be parsed"),
        (404, "status 404"),
        (409, "may have arrived"),
        (413, "status 413"),
        (500, "may have arrived"),
    ],
)
async def test_what_telegram_quotes_is_logged_by_a_word_of_our_own(
    home: Home, caplog: pytest.LogCaptureFixture, code: int, logged: str
) -> None:
    """A refusal's description quotes what was sent; so does one to the poller."""
    quoting = f"Bad Request: can't parse entities: unsupported start tag {WORDS!r}"
    noa = person(home, "Noaphinename")
    polled = code in (400, 413, 500)  # by a 404 the intake ends, by a 409 it looks for a webhook
    for method in ("sendMessage", "getUpdates")[: 1 + polled]:
        home.world.faults.add(Fault("error", [method], count=1, code=code, description=quoting))
    noa.writes("/help marmaladeword")
    await until_logged(home, caplog, logged)
    if polled:
        await until_logged(home, caplog, f"Telegram answered {code} to getUpdates")


async def test_what_the_database_says_is_logged_by_its_kind(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """A statement fails and its message quotes private words; the person hears that it was not saved."""
    noa, _ = await couple(home, "Noaphinename", "Samothracename")
    await behind(
        home,
        f"CREATE TRIGGER poison BEFORE INSERT ON pieces BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    )
    noa.writes("It was the marmaladeword.")
    await noa.hears()
    assert "was not saved: IntegrityError" in caplog.text
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]


@pytest.mark.parametrize("name", [*logs.TALKATIVE, "aiohttp.client", "telegram.ext.Updater", "somebody"])
def test_what_a_third_party_quotes_is_left_out(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """In its text, its arguments, an exception, a stack or besides; its record is there, and says where it spoke."""
    logger = logging.getLogger(name)
    try:
        int(WORDS)
    except ValueError:
        logger.exception("It said %s", WORDS, stack_info=True, extra={"payload": WORDS})
    logger.error(f"It said {WORDS}")  # noqa: G004 (as careless as a library may be)
    assert len([record for record in caplog.records if WORDS in record.getMessage()]) == 2


async def test_what_nobody_has_caught_is_told_by_its_kind(caplog: pytest.LogCaptureFixture) -> None:
    """A task that is forgotten, a callback that fails."""
    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    del task
    gc.collect()
    asyncio.get_running_loop().call_soon(int, WORDS)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert len([record for record in caplog.records if record.name == "asyncio" and record.exc_info]) == 2
    assert caplog.text.count(WORDS) > 2


async def fail() -> None:
    """Raise what quotes private words."""
    raise ValueError(WORDS)


UNCAUGHT = f"""
import threading, warnings
from bot import logs

class Faulty:
    def __del__(self):
        raise KeyError({WORDS!r})

logs.set_up("DEBUG", "FORM")
thread = threading.Thread(target=int, args=({WORDS!r},))
thread.start()
thread.join()
del thread
Faulty()
warnings.warn({WORDS!r})
logs.log.info("%d %d", {WORDS!r})
raise ExceptionGroup({WORDS!r}, [LookupError({WORDS!r}), OSError(2, {WORDS!r})])
"""


@pytest.mark.parametrize("form", ["console", "json"])
async def test_what_python_itself_would_print_is_told_by_its_kind(form: str) -> None:
    """The end of a process and of a thread, a clean-up that fails, a warning, a line that cannot be written."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", UNCAUGHT.replace("FORM", form), cwd=Path(logs.__file__).parents[1],
        stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    told, planted = err.decode(), Said()
    planted.texts.add(WORDS)
    assert out == b""
    assert private(told, planted) == []
    assert len(told.splitlines()) == 5
    for kind in (
        "ValueError",
        "KeyError",
        "UserWarning",
        "is lost",
        "Group of LookupError; FileNotFoundError",
    ):
        assert kind in told


def test_the_search_finds_what_is_there() -> None:
    """A word, a name, a run of common words, an id, a token; and not the bot's own words, nor short ones."""
    said = Said()
    said.hear({
        "message": {
            "from": {"id": 123_456_789, "is_bot": False, "first_name": "Zoë"},
            "text": "It is a marmalade day, and the round was sealed.",
            "voice": {"file_id": "AwACAgxyz"},
        },
        "callback_query": {"message": {"from": {"id": 1, "is_bot": True}, "text": "Somebody's lemonade"}},
    })  # fmt: skip
    assert private("The round is 123456789", said) == ["123456789"]
    assert private("x marmalade, ZOË or AwACAgxyz", said) == ["awacagxyz", "marmalade", "zoë"]
    assert private("and the round was", said) == ["and the round", "the round was"]
    assert private("lemonade is not what people said; a row was sealed", said) == []
    assert private(f"bot{logs.__name__} 4200000001:sandbox-only-opens-a-telegram-at-home", said) == [
        "the token"
    ]
