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


async def test_help_is_offered_once_a_day_to_the_author_alone(home: Home) -> None:
    """The draft is quoted as ever; the message comes besides, not again within a day, and again after."""
    noa, sam = await couple(home)
    noa.writes(FEAR)
    heard = await noa.hears()
    assert [CALM in text for text in heard] == [False, True]
    assert FEAR in heard[0]
    assert "Nothing ever needs to be sealed" in heard[1]
    assert "can't hear voice messages" in heard[1]
    noa.writes("He hit me, and I hid it.")
    assert not [text for text in await noa.hears() if CALM in text]
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
    stranger.writes("I want to die.")
    assert not [text for text in await stranger.hears() if CALM in text]
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
    """Memory is bounded, and a clock that goes back holds nobody off."""
    offered = Offered()
    assert offered.first(1, START)
    assert not offered.first(1, START + timedelta(hours=23))
    assert offered.first(1, START - timedelta(hours=1))
    for chat in range(2, PEOPLE + 2):
        assert offered.first(chat, START)
    assert offered.first(1, START)
    assert len(offered._when) == PEOPLE


async def test_nothing_is_kept_of_it_but_when(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """No row and no line of the log says which words they were, or that they were any."""
    caplog.set_level("DEBUG")
    noa, _ = await couple(home)
    noa.writes(FEAR)
    assert any(CALM in text for text in await noa.hears())
    assert not [row for row in everything(home) if "care" in row]
    assert stored(home, "SELECT count(*) FROM partners WHERE helped_at IS NOT NULL") == [(1,)]
    assert not [r for r in caplog.records if "afraid" in r.getMessage() or "danger" in r.getMessage()]


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
