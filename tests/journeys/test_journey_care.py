"""Words that may mean danger: one calm message to whoever wrote them, and nothing else changes anywhere."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from memory import everything, stored
from people import MakeHome, Person, couple, later, person, settled

from bot.content import Content
from bot.home.house import Home, at_home
from bot.screens.callbacks import Verb
from bot.screens.ephemeral import PEOPLE, Offered
from prompts.source import ROOT

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CALM = "This is only for you."
FEAR = "I'm afraid of you when you shout."


async def test_help_is_offered_once_a_day_for_a_type_to_the_author_alone(home: Home) -> None:
    """The draft is quoted as ever; the message comes besides, not again within a day for the same, and again after."""
    noa, sam = await couple(home)
    noa.writes(FEAR)
    heard = await noa.hears()
    assert [CALM in text for text in heard] == [False, True]
    assert FEAR in heard[0]
    assert "Nothing ever needs to be sealed" in heard[1]
    assert "can't hear voice messages" in heard[1]
    noa.writes("I'm scared of you, and I hide.")
    assert not [text for text in await noa.hears() if CALM in text]
    noa.writes("He hit me last night.")
    assert len([text for text in await noa.hears() if CALM in text]) == 1
    assert await sam.hears() == []
    await later(home, hours=25)
    await noa.hears()
    noa.writes("I want to die.")
    assert len([text for text in await noa.hears() if CALM in text]) == 1


async def test_every_free_word_is_heeded(home: Home) -> None:
    """An edit, a caption, a name, a solo answer and plain words alike; a command and a button are none."""
    noa, _ = await couple(home)

    async def told() -> bool:
        found = any(CALM in text for text in await noa.hears())
        await later(home, hours=25)
        await noa.hears()
        return found

    written = noa.writes("A quiet day.")
    await noa.hears()
    noa.phone.edit_text(written.message_id, "A quiet day. I want to die.")
    assert await told()
    noa.phone.send_photo(b"picture", caption="He hit me here.")
    assert await told()
    noa.writes("/practice")
    await noa.hears()
    noa.writes("I'm scared of him.")
    assert await told()
    noa.writes("/settings")
    await noa.presses(Verb.NAME)
    await noa.hears()
    noa.writes("he hits me")
    assert await told()
    noa.phone.send_voice(b"I want to die", 2)
    assert not await told()


async def test_somebody_who_has_not_joined_is_offered_help_too(make_home: MakeHome) -> None:
    """Also where they may not start here: once a day, with a button to the lines, and nothing is kept of it."""
    home = await make_home(allow=frozenset({1}))
    stranger = person(home, "Somebody")
    stranger.writes("Is anybody there?")
    (greeting,) = await stranger.hears()
    before = [row for row in everything(home) if not row.startswith(("outbox:", "updates:"))]
    stranger.writes(FEAR)
    heard = await stranger.hears()
    assert heard[0] == greeting
    assert [CALM in text for text in heard] == [False, True]
    assert "I've kept nothing of what you wrote" in heard[1]
    assert "sealed" not in heard[1]
    stranger.phone.send_photo(b"picture", caption="He hit me here.")
    stranger.writes("He hit me again last night.")
    heard = await stranger.hears()
    assert len([text for text in heard if CALM in text]) == 1
    assert [row for row in everything(home) if not row.startswith(("outbox:", "updates:"))] == before
    assert not [row for row in everything(home) if "care" in row]
    await stranger.presses(Verb.HELP)
    await stranger.phone.wait_for(lambda message: message.from_bot and "Pick a country" in message.text)
    await later(home, hours=25)
    stranger.writes("I want to die.")
    assert len([text for text in await stranger.hears() if CALM in text]) == 1
    another = person(home, "Another")
    another.writes("He hits me.")
    assert len([text for text in await another.hears() if CALM in text]) == 1


async def test_in_a_group_nobody_is_offered_help(home: Home) -> None:
    """Others would read it: neither to whoever wrote nor to the group is a word said."""
    stranger = person(home, "Somebody")
    group = home.world.group("Friends", [stranger.phone])
    await settled(home)
    stranger.phone.at(group).send_text(FEAR)
    stranger.phone.at(group).send_text(f"/today {FEAR}")
    await settled(home)
    assert stranger.phone.from_bot == []
    assert not [message for message in group.messages.values() if CALM in message.text]


def test_who_was_offered_help_is_forgotten_in_time() -> None:
    """Memory is bounded, a clock that goes back holds nobody off, and another type is another matter."""
    offered = Offered()
    assert offered.first(1, "fear", START)
    assert not offered.first(1, "fear", START + timedelta(hours=23))
    assert offered.first(1, "violence", START)
    assert offered.first(1, "fear", START - timedelta(hours=1))
    for chat in range(2, PEOPLE + 2):
        assert offered.first(chat, "fear", START)
    assert offered.first(1, "fear", START)
    assert len(offered._held) == PEOPLE


def test_whoever_is_safe_is_left_alone_for_a_week() -> None:
    """For what they were offered help for; a new type is said at once."""
    offered = Offered()
    assert offered.first(1, "fear", START)
    offered.rest(1, START)
    assert not offered.first(1, "fear", START + timedelta(days=6))
    assert offered.first(1, "self_harm", START + timedelta(days=6))
    assert offered.first(1, "fear", START + timedelta(days=8))


def test_a_restart_offers_nothing_twice_in_a_day() -> None:
    """When help was last offered is known, and of which type is not."""
    assert not Offered().first(1, "fear", START, START - timedelta(hours=3))
    assert Offered().first(1, "fear", START, START - timedelta(hours=25))


async def test_somebody_can_say_that_they_are_safe(home: Home) -> None:
    """A press is enough, nothing is kept of it, and the next days bring nothing of the same."""
    noa, sam = await couple(home)
    noa.writes(FEAR)
    await noa.sees(CALM)
    await noa.presses(Verb.SAFE)
    await noa.sees("won't hear this from me again for a week")
    await later(home, hours=50)
    await noa.hears()
    noa.writes("I'm scared of you, and I hide.")
    assert not [text for text in await noa.hears() if CALM in text]
    assert not [row for row in everything(home) if "care" in row or "safe" in row]
    assert not [text for text in sam.texts() if CALM in text or "hear this from me" in text]


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("I lost control and hurt her.", "can be stopped, with help"),
        ("She said she wants to disappear.", "ask them plainly"),
        ("I want to die.", "telling one person today"),
        ("He took my passport.", "isn't your fault"),
    ],
)
async def test_the_calm_note_is_about_what_was_written(home: Home, words: str, note: str) -> None:
    """One's own violence, a partner's danger, oneself, and what is done to one."""
    noa, _ = await couple(home)
    noa.writes(words)
    assert note in (await noa.sees(CALM)).text


async def test_whoever_is_worried_asks_and_is_told_alone(home: Home) -> None:
    """The button stands under every reveal, whatever was written; nobody else hears of the press, and no row tells."""
    noa, sam = await couple(home)
    await noa.seals("I want to disappear. nothing makes sense anymore")
    await sam.seals("A quiet day.")
    await sam.sees("one sentence that shows")
    await noa.sees("one sentence that shows")
    await settled(home)
    seen = len(noa.texts())
    await sam.presses(Verb.WORRIES)
    told = await sam.sees("take it seriously")
    assert "Are you thinking of ending your life?" in told.text
    await settled(home)
    assert len(noa.texts()) == seen
    assert not [row for row in everything(home) if row.startswith("outbox:") and "worry" in row]


async def test_nothing_is_kept_of_it_but_when(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """No row and no line of the log says which words they were, or that they were any."""
    caplog.set_level("DEBUG")
    noa, _ = await couple(home)
    noa.writes(FEAR)
    assert any(CALM in text for text in await noa.hears())
    assert not [row for row in everything(home) if "care" in row]
    assert stored(home, "SELECT count(*) FROM partners WHERE helped_at IS NOT NULL") == [(1,)]
    assert not [r for r in caplog.records if "afraid" in r.getMessage() or "danger" in r.getMessage()]


@pytest.mark.sqlite
async def test_the_partner_lives_in_the_same_world_with_it_and_without(
    tmp_path: Path, content: Content
) -> None:
    """Byte for byte, in order and at the same times: a bot that offers help, and one that can't.

    Both go on from the same evening: the same couple, the same round, the same words.
    """
    words = tmp_path / "words" / "prompts"
    shutil.copytree(ROOT, words)
    (words / "en" / "danger.toml").unlink()
    async with at_home(
        START, zone="Europe/Dublin", data=tmp_path / "before" / "data", content=content
    ) as home:
        noa, sam = await couple(home)
        people, state = (noa.phone.user_id, sam.phone.user_id), home.world.snapshot()
    worlds = []
    for name, known in (("with", content), ("without", Content(words))):
        shutil.copytree(tmp_path / "before", tmp_path / name)
        data = tmp_path / name / "data"
        async with at_home(START, zone="Europe/Dublin", data=data, state=state, content=known) as home:
            noa, sam = (Person(home, home.world.phone(one)) for one in people)
            await noa.seals(FEAR)
            await sam.seals("A quiet day.")
            noa.writes("I'm scared of you sometimes.")
            await settled(home)
            assert any(CALM in m.text for m in noa.phone.from_bot) is (name == "with")
            await later(home, days=1)
            worlds.append([(m.html, m.buttons, m.date, m.edit_date) for m in sam.phone.messages[1:]])
    assert worlds[0] == worlds[1]
    assert any("afraid" in html for html, *_ in worlds[0])
