"""The pages that explain: true line by line, and there for everybody."""

import re

import pytest
from labels import label
from memory import everything, stored, traces
from people import after_a_stop, couple, invites, meet, one, opens_the_hour, person, settled

from bot.config import Retention
from bot.home.house import OPERATOR, Home
from bot.screens.callbacks import Verb
from bot.screens.table import SCREENS
from prompts.menu import MENU
from storage.sweep import NEWEST, USUAL

UNKNOWN = ("I don't know that one", "Nothing is open for you now")
KEPT = {  # what the first lines of /privacy say, and what it is in the bot's memory
    "Your Telegram id": {"chat_id"},
    "the name I call you": {"name"},
    "your username if you have one": {"username"},
    "your settings": {
        "language", "zone", "quiet_start", "quiet_end", "reminders", "depth", "protect", "cover", "plain", "coach",
        "put_away", "deeper_at", "deeper_no", "quick", "busy", "resting", "reachable", "keepable",
        "friend_offers",
    },
    "whom you practise with": {"couple_id", "seat", "active", "rest_told"},
    "what you write or send here": {
        "slot", "version", "position", "kind", "body", "file", "source", "album", "made_at",
        "ready_at", "covered", "covers",
    },
    "which prompts you've met": {"prompt", "seen_at"},
    "what you did with them and when": {
        "sealed_at", "declined", "thread", "heard", "talked", "committed_at", "suggested", "exported_at", "helped_at",
        "missing_at", "expecting", "expecting_round", "expecting_since", "expecting_mark", "expecting_again",
        "starter", "consented_at", "answered", "before_it", "card", "swaps", "near", "wish", "wished_at",
        "on_page", "page_yes", "heavy", "together", "together_at", "thing",
        "asked_at", "moved_at", "state", "asked", "sofa", "move", "speaker", "number", "one_sealed", "two_sealed",
        "one_keeps", "two_keeps", "back_at", "due_at", "step", "label", "sent_at", "opens_on", "opens_at", "look_at",
        "opened_at", "begun_at",
    },
    "what you tap about your weeks, if you want to be asked": {
        "lines_since", "friend_at", "week", "answered_at", "weekday", "minute", "asks", "dark",
    },
    "which sentences stay with you": {"start_at", "end_at", "told_at"},
    "the city you named": {"city"},
    "the themes you opened": {"themes", "shared"},
    "when you were last here": {"acted_at"},
    "Words that I can't place wait for a day at most": {"kept_at"},
    "in which of yours your words stand": {"message_id", "noted_at", "stays"},
}  # fmt: skip
NUMBERS = {
    "id", "round_id", "author_id", "partner_id", "wrapped_key", "key_generation", "talk_id", "one_id", "two_id",
    "capsule_id", "reader_id", "piece_id",
}  # fmt: skip
OF_A_PERSON = (
    "partners",
    "seats",
    "turns",
    "seen_prompts",
    "drafts",
    "pieces",
    "kept",
    "own_cards",
    "traces",
    "highlights",
    "talks",
    "sayings",
    "said_pieces",
    "capsules",
    "capsule_pieces",
    "pulse_plans",
    "pulses",
    "sittings",
)


@pytest.mark.parametrize("command", ["/help", "/privacy", "/safety"])
async def test_they_are_there_for_everybody(home: Home, command: str) -> None:
    """A stranger, somebody alone and a partner read the same page."""
    stranger, alone = person(home, "Ira"), person(home, "Lou")
    await invites(alone)
    noa, _ = await couple(home)
    pages = {await who.answer(command) for who in (stranger, alone, noa)}
    assert len(pages) == 1


async def test_help_names_what_there_is(home: Home) -> None:
    """Each command of /help and of the menu is understood, and the menu names help & resources."""
    noa, _ = await couple(home)
    named = re.findall(r"^/(\w+)", await noa.answer("/help"), re.MULTILINE)
    assert named
    assert set(named) <= set(SCREENS.commands)
    assert noa.phone.commands == list(MENU)
    menu = {c["command"]: c["description"] for c in home.world.profile.commands_for(noa.phone.user_id, "en")}
    assert menu["safety"] == label("menu_safety")
    assert set(MENU) <= set(SCREENS.commands)
    for command in sorted({*named, *MENU}):
        noa.writes(f"/{command}")
        heard = await noa.hears()
        assert heard, command
        assert not any(text.startswith(UNKNOWN) for text in heard), command


async def test_privacy_names_all_that_is_kept(home: Home) -> None:
    """Every column that tells something of a person is named on the page, in words."""
    noa, _ = await couple(home)
    page = await noa.answer("/privacy")
    assert [words for words in KEPT if words not in page] == []
    told = NUMBERS.union(*KEPT.values())
    columns = {
        name
        for table in OF_A_PERSON
        for (name,) in stored(home, "SELECT name FROM pragma_table_info(:table)", table=table)
    }
    assert columns - told == set()


async def test_privacy_says_how_long_what_has_served_its_time_is_kept(home: Home) -> None:
    """The days are those of the sweep; the numbers of the newest updates stay, and the page says so."""
    noa, _ = await couple(home)
    kept = Retention()
    assert (
        f"for {kept.messages} days, which messages I sent you and when; in which of yours your words stand "
        f"(numbers, not words), as long as the words are here, or for {USUAL.messages.days} days; "
        f"and for {kept.updates} days the numbers of what arrived, "
        f"the newest {NEWEST} for longer. An invitation goes {kept.invites} days after"
    ) in await noa.answer("/privacy")
    before = stored(home, "SELECT id FROM updates ORDER BY id")
    await after_a_stop(home, days=kept.updates + 2)
    assert set(before) <= set(stored(home, "SELECT id FROM updates"))


async def test_privacy_says_who_runs_it_and_who_can_read(home: Home) -> None:
    """The operator is named, and what they and Telegram can do; nothing end-to-end is claimed."""
    noa, _ = await couple(home)
    page = await noa.answer("/privacy")
    assert f"{OPERATOR} runs this bot and holds the key" in page
    assert "no end-to-end encryption" in page


async def test_words_and_names_are_encrypted_on_disk(home: Home) -> None:
    """As the page says: no word, name or username of anybody stands in clear in any file."""
    noa, sam = person(home, "Noaphine", username="noaphine_of_old"), person(home, "Samothrace")
    await meet(noa, sam)
    await noa.seals("The marmalade on the stairs made me laugh.")
    await sam.seals("An umbrella in the hall, still wet.")
    await settled(home)
    assert traces(home, "marmalade", "umbrella", "Noaphine", "noaphine_of_old", "Samothrace") == []


async def test_safety_helps_anywhere_and_is_not_noted(home: Home) -> None:
    """It names ways to find help in any country, and no row of memory tells who asked."""
    noa, _ = await couple(home)
    before = everything(home)
    page = await noa.answer("/safety")
    for words in ("emergency number", "findahelpline.com", "/leave works alone", "Devices"):
        assert words in page
    new = [row for row in everything(home) if row not in before]
    assert [row for row in new if str(noa.phone.user_id) in row] == []


async def test_cancel_ends_a_question(home: Home) -> None:
    """/cancel says what it stopped, and the next words are for the round again."""
    noa, _ = await couple(home)
    assert "nothing to stop" in await noa.answer("/cancel")
    await opens_the_hour(noa)
    await noa.presses(Verb.OTHER_HOUR)
    await noa.sees("What time suits you both?")
    assert "the hour stays as it is" in await noa.answer("/cancel")
    assert "That's yours for now" in await noa.answer("8:00 it was, and you were asleep.")


@pytest.mark.parametrize(
    "text", ["hello", "/today", "/settings", "/pause", "/leave", "/forget", "/cancel", "/nope"]
)
async def test_a_stranger_is_led_to_the_beginning(home: Home, text: str) -> None:
    """Whatever somebody writes who hasn't consented, the answer names /start."""
    ira = person(home, "Ira")
    ira.writes(text)
    assert "/start" in one(await ira.hears())
    assert stored(home, "SELECT count(*) FROM partners") == [(0,)]
