"""Settings: each can be changed alone by buttons, takes effect, and is told to nobody else."""

from datetime import UTC, datetime

import pytest
from labels import label, labels
from memory import stored
from people import JOINER, Person, couple, later, person, screen, settings, settled
from people import invites as invited

from bot.home.house import Home
from bot.screens.callbacks import Verb

NOA_WROTE = "The lamp was still on when I came home, and I knew that you had waited."
SAM_WROTE = "I heard the train from the bed, and it was like being a child again."


async def reveal(noa: Person, sam: Person) -> None:
    """Let both write and seal."""
    await noa.seals(NOA_WROTE)
    await sam.seals(SAM_WROTE)


async def test_one_screen_shows_them_all(home: Home) -> None:
    """/settings says how each stands, and has a button for each."""
    noa, _ = await couple(home)
    text = await settings(noa)
    for line in (
        "Prompts: 20:00, every day (for you both)",
        "Your city: not set yet",
        "Quiet hours: 22:00 to 08:00",
        "Your name here: Noa",
        "Language: English (for you alone)",
        "Depth: 1 of 3",
        "Reminder: one a round",
        "Your words: can't be forwarded or saved",
        "Your words in this chat: stay when you seal",
        "Sam's words: covered until you tap",
        "Sam's keepsake: your words aren't in it, they stay in the chat",
    ):
        assert [found for found in text.splitlines() if found.startswith(line)], line
    assert [words.lstrip("✓○ ") for words in noa.phone.last.labels] == [
        *labels(
            "set_hour", "set_days", "set_themes", "set_quick", "set_zone", "set_quiet", "set_name", "set_depth",
            "set_language", "set_reminders", "set_protect", "set_put_away", "set_cover", "set_coach", "set_plain",
            "set_pulse", "set_friend",
        ),
        label("set_keepable").format(other="Sam"),
    ]  # fmt: skip


async def test_alone_one_has_ones_own(home: Home) -> None:
    """Before there is a couple, the settings leave out what is for two."""
    noa = person(home, "Noa")
    await invited(noa)
    text = await settings(noa)
    assert "Prompts:" not in text
    assert "Your partner's words" in text
    assert noa.phone.last.labels[0] == label("set_zone")


async def test_every_way_leads_back(home: Home) -> None:
    """Each page of the settings is shown in place and has a way back."""
    noa, _ = await couple(home)
    for page in ("hour", "days", "quiet", "depth", "themes", "quick", "pulse"):
        assert "Your settings" in await screen(noa, (Verb.SCREEN, page), Verb.SETTINGS)


@pytest.mark.parametrize("protect", [True, False])
async def test_protection_is_the_authors(home: Home, *, protect: bool) -> None:
    """Whether words can be forwarded or saved is their author's choice, and only theirs."""
    noa, sam = await couple(home)
    if not protect:
        assert "Your words: can be forwarded and saved" in await screen(noa, (Verb.SWITCH, "protect"))
    await reveal(noa, sam)
    assert (await sam.finds(NOA_WROTE)).protected is protect
    assert (await noa.finds(SAM_WROTE)).protected


@pytest.mark.parametrize("cover", [True, False])
async def test_covering_is_the_readers(home: Home, *, cover: bool) -> None:
    """Whether the other's words stay under a spoiler is their reader's choice, and only theirs."""
    noa, sam = await couple(home)
    if not cover:
        assert "Sam's words: shown at once" in await screen(noa, (Verb.SWITCH, "cover"))
    await reveal(noa, sam)
    seen_by = {}
    for reader, words in ((noa, SAM_WROTE), (sam, NOA_WROTE)):
        shown = await reader.finds(words)
        seen_by[reader.name] = "spoiler" in {entity["type"] for entity in shown.entities}
    assert seen_by == {"Noa": cover, "Sam": True}


async def test_a_name_is_what_the_other_reads(home: Home) -> None:
    """A new name is plain text, and stands wherever the other reads of its bearer."""
    noa, sam = await couple(home)
    await screen(noa, Verb.NAME)
    await noa.answer("<i>Noa</i> & co\u202e")  # no plain name, which a press makes one
    assert await noa.press_answer(Verb.PLACE, "name") == f"Good, <i>Noa</{JOINER}i> & co."
    assert await sam.hears() == []
    await reveal(noa, sam)
    assert (await sam.finds(NOA_WROTE)).text.startswith(f"<i>Noa</{JOINER}i> & co wrote:")


NO_NAMES = (
    "I am so glad of this",
    "Not again!",
    "You forgot it, once more, and I cried.",
    "I hate Sam",
    "I miss you",
    "ich bin müde",
    "Stop",
    "tired",
)


@pytest.mark.parametrize("words", NO_NAMES)
async def test_a_sentence_is_never_taken_for_a_name(home: Home, words: str) -> None:
    """Words written while a name is asked for are asked about: the other must not read them as a name."""
    noa, sam = await couple(home)
    await screen(noa, Verb.NAME)
    asked = await noa.answer(words)
    assert "What's this for?" in asked
    assert words in asked
    assert await sam.hears() == []
    assert "Your name here: Noa" in await settings(noa)


async def test_a_sentence_is_asked_about_in_no_couple_too(home: Home) -> None:
    """And whoever is called so can say it by a press."""
    noa = person(home, "Noa")
    noa.writes("/start")
    await noa.presses(Verb.CONSENT, on=await noa.sees("Hello"))
    await screen(noa, Verb.NAME)
    assert "What's this for?" in await noa.answer("good night")
    assert await noa.press_answer(Verb.PLACE, "name") == "Good, good night."


@pytest.mark.parametrize("words", ["no", "yes", "nvm", "stop", "Never mind"])
async def test_a_no_leaves_the_name(home: Home, words: str) -> None:
    """The question says so as well, by a button."""
    noa, _ = await couple(home)
    await screen(noa, Verb.NAME)
    assert await noa.answer(words) == "All right, your name stays as it is."
    assert "Your name here: Noa" in await settings(noa)


async def test_the_question_for_a_name_can_be_let_be(home: Home) -> None:
    """By its button."""
    noa, _ = await couple(home)
    await screen(noa, Verb.NAME)
    await noa.presses(Verb.NEVER_MIND, "name")
    await noa.finds("your name stays")


async def test_good_night_is_answered_as_such(home: Home) -> None:
    """And no name is found wanting."""
    noa, _ = await couple(home)
    await screen(noa, Verb.NAME)
    assert await noa.answer("good night") == "Good night. Sleep well."


@pytest.mark.parametrize(("typed", "name"), [("call me Ada", "Ada"), ("Nguyễn Thị Minh", "Nguyễn Thị Minh")])
async def test_a_name_is_taken_at_once(home: Home, typed: str, name: str) -> None:
    """Without what leads to it."""
    noa, _ = await couple(home)
    await screen(noa, Verb.NAME)
    assert await noa.answer(typed) == f"Good, {name}."


async def test_a_name_after_what_was_none_is_the_answer(home: Home) -> None:
    """What waits still waits."""
    noa, _ = await couple(home)
    await screen(noa, Verb.NAME)
    await noa.answer("I hate Sam")
    assert await noa.answer("Ada") == "Good, Ada."


@pytest.mark.parametrize("name", ["\u200b\u202e", "x" * 41])
async def test_a_name_that_is_none_is_asked_again(home: Home, name: str) -> None:
    """A name that shows nothing, or too much, is refused, and the question stays."""
    noa, _ = await couple(home)
    await screen(noa, Verb.NAME)
    assert "A name needs at least one letter" in await noa.answer(name)
    assert await noa.answer("Ada") == "Good, Ada."


async def test_the_lower_depth_counts(home: Home, depths: dict[str, int]) -> None:
    """While one stays at depth 1 no prompt goes deeper; when both have chosen 2, some do."""
    noa, sam = await couple(home)
    assert "Depth: 2 of 3" in await screen(noa, (Verb.SCREEN, "depth"), (Verb.DEPTH, 2), Verb.SETTINGS)
    noa.writes("/today")
    await noa.hears()
    await _kept(home, noa, sam, rounds=5)
    assert {depths[prompt] for (prompt,) in stored(home, "SELECT prompt FROM rounds")} == {1}
    await screen(sam, (Verb.SCREEN, "depth"), (Verb.DEPTH, 2))
    sam.writes("/today")
    await sam.hears()
    await _kept(home, noa, sam, rounds=7)
    assert {depths[prompt] for (prompt,) in stored(home, "SELECT prompt FROM rounds")} == {1, 2}


async def _kept(home: Home, noa: Person, sam: Person, *, rounds: int) -> None:
    """Keep a few rounds: after one that lapsed, prompts stay light."""
    for _ in range(rounds):
        for partner in (noa, sam):
            partner.writes(f"{partner.name} has a few words for this one.")
            await partner.finds(lambda m: label("seal") in m.labels and "few words" in m.text)
            await partner.presses(Verb.SEAL)
            await settled(home)
        ((micros,),) = stored(home, "SELECT next_opening FROM couples")
        home.clock.set(datetime.fromtimestamp(micros / 1_000_000, UTC))
        await settled(home)


async def test_nothing_of_ones_own_is_told(home: Home) -> None:
    """City, quiet hours, name, depth and all switches of the one leave the other's chat as it was."""
    noa, sam = await couple(home)
    await screen(noa, (Verb.SWITCH, "reminders"), (Verb.SWITCH, "protect"), (Verb.SWITCH, "cover"))
    await screen(noa, (Verb.SCREEN, "depth"), (Verb.DEPTH, 2))
    await screen(noa, (Verb.SCREEN, "quiet"), (Verb.QUIET, 0))
    await screen(noa, Verb.NAME)
    await noa.answer("Ada")
    await screen(noa, Verb.CITY)
    await noa.answer("Lima, Peru")
    before = len(sam.phone.messages)
    await later(home, minutes=10)
    assert await sam.hears() == []
    assert len(sam.phone.messages) == before
    assert "Depth: 1 of 3" in await settings(sam)
