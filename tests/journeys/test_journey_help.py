"""Help is found by country, by anybody, and nobody can learn that somebody looked."""

from datetime import timedelta

import pytest
from forging import forges
from memory import everything
from people import Person, couple, person, reads_in, settled

from bot.content import Content
from bot.home.house import Home
from bot.sandbox import Message
from bot.screens.callbacks import Verb
from prompts.safety import FOR, STALE, find_safety_faults, load_safety
from prompts.source import ROOT

ENOUGH = 25


async def test_help_is_shown_by_country_in_place(home: Home) -> None:
    """Pages of countries, a country's numbers, and back again, all in one message; a stranger may too."""
    stranger = person(home, "Somebody")
    stranger.writes("/safety")
    shown = await stranger.sees("Pick a country")
    assert "112 or 911" in shown.text
    assert "Devices" in shown.text
    assert "Previews" in shown.text
    await stranger.presses(Verb.HELP, 1, on=shown)
    await _reads(stranger, shown.message_id, "Germany")
    await stranger.presses(Verb.COUNTRY, "de")
    lines = await stranger.finds(lambda m: "116 016" in m.text)
    assert lines.message_id == shown.message_id
    assert "0800 1110111" in lines.text
    await stranger.presses(Verb.HELP, 0)
    await _reads(stranger, shown.message_id, "Argentina")


async def test_where_we_know_no_line_it_is_told_how_to_find_one(home: Home) -> None:
    """For somewhere else, and for a button that was never made."""
    stranger = person(home, "Somebody")
    stranger.writes("/safety")
    await stranger.presses(Verb.COUNTRY, "else", on=await stranger.sees("Pick a country"))
    shown = await stranger.finds(lambda m: "befrienders.org" in m.text)
    await forges(stranger, shown, "land:atlantis")
    await stranger.hears()
    assert "findahelpline.com" in stranger.phone.from_bot[-1].text


async def test_looking_for_help_leaves_no_trace(home: Home) -> None:
    """No row tells that help was sought, or where; the partner's chat is as it was."""
    noa, sam = await couple(home)
    before, chat = everything(home), [m.text for m in sam.phone.messages]
    noa.writes("/safety")
    await noa.presses(Verb.COUNTRY, "se", on=await _turned_to(noa, "Sweden"))
    await noa.finds(lambda m: "90101" in m.text)
    await noa.hears()
    new = [row for row in everything(home) if row not in before]
    assert not [row for row in new if "safety" in row or "'se'" in row or "whisper" in row]
    assert [m.text for m in sam.phone.messages] == chat


async def _reads(who: Person, message_id: int, label: str) -> None:
    await who.finds(lambda m: m.message_id == message_id and label in m.labels)


async def _turned_to(who: Person, label: str) -> Message:
    """Turn the pages of countries up to the one with this label."""
    shown = await who.sees("Pick a country")
    page = 0
    while label not in who.phone.last.labels:
        page += 1
        await who.presses(Verb.HELP, page, on=who.phone.last)
        await settled(who.home)
    assert who.phone.last.message_id == shown.message_id
    return who.phone.last


def test_there_are_enough_countries_and_each_number_was_seen_somewhere(content: Content) -> None:
    """At least 25 with a line for each purpose; every line that is shown names its page and its day."""
    countries = content.countries("en").values()
    both = [c for c in countries if {line.purpose for line in c.lines} == set(FOR)]
    assert len(both) >= ENOUGH
    lines = [line for country in countries for line in country.lines]
    assert all(line.source.startswith("http") and line.checked for line in lines)
    assert load_safety() == content.countries("en")


def test_lines_grow_stale() -> None:
    """A year after a line was checked, the check asks for it again, as information."""
    newest = max(line.checked for c in load_safety().values() for line in c.lines if line.checked)
    fresh = list(find_safety_faults(ROOT / "en", ROOT, newest))
    stale = list(find_safety_faults(ROOT / "en", ROOT, newest + STALE + timedelta(days=1)))
    assert not fresh
    assert stale
    assert all(finding.note for finding in stale)


async def test_a_country_typed_under_help_shows_its_lines(home: Home) -> None:
    """In any language, among a few words, and where we have none: the other is offered nothing of it."""
    noa, _ = await couple(home)
    noa.writes("/safety")
    await noa.hears()
    for typed, told in (
        ("я в германии", "116 016"),
        ("mexico", "Mexico"),
        ("السويد", "90101"),
        ("لبنان", "findahelpline.com"),
        ("uk", "United Kingdom"),
    ):
        noa.writes(typed)
        (shown,) = await noa.hears()
        assert told in shown, typed
    noa.writes("I felt alone at dinner")
    assert "I felt alone at dinner" in (await noa.hears())[-1]


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("en", "what's the number"),
        ("es", "no tengo dinero para llamar"),
        ("de", "welche nummer"),
        ("fr", "c quoi le numero"),
        ("pt-br", "qual o numero"),
        ("ru", "куда звонить"),
        ("ar", "شو الرقم"),
    ],
)
async def test_who_asks_for_the_number_is_shown_where_it_is(home: Home, code: str, typed: str) -> None:
    """Under a card that waits for words, too: it is no word of theirs."""
    noa, _ = await couple(home)
    await reads_in(noa, code)
    noa.writes(typed)
    (shown,) = await noa.hears()
    assert "112" in shown
    assert typed not in shown


async def test_practice_rebukes_nobody_who_hides(home: Home) -> None:
    """Who asks to hide the chat there is shown how, and the moment goes on."""
    noa, _ = await couple(home)
    noa.writes("/practice")
    await noa.hears()
    noa.writes("can you hide this chat")
    (shown,) = await noa.hears()
    assert "Press and hold this chat" in shown
