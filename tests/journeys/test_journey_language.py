"""Two partners, each in a language of their own: chosen by their phone, changed in the settings, told to nobody."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from labels import label
from memory import stored
from people import MakeHome, Person, couple, invites, joins, next_round, person, settings, settled

from bot.content import Content
from bot.home.house import Home
from bot.practice.round import Nearby
from bot.sandbox import Fault, Message
from bot.screens.callbacks import Verb
from bot.screens.menu import commands
from bot.screens.table import SCREENS
from prompts.source import ROOT

MakeContent = Callable[..., Content]
GONE = "Bad Request: chat not found"
CARD = "perspective-the-hard-hour"
DECK = f"""
title = "Perspektiv"
label = "andra sidan"

[[prompt]]
id = "{CARD}"
sides = ["Gissa vilken timme som var svårast för {{other}}.", "Vilken timme var svårast för dig?"]
single = "Vilken timme var svårast?"
hint = "En timme räcker."
"""
THING = """
[[thing]]
id = "together-songs-from-before"
where = "either"
text = "Nynna en melodi."
"""
ME = "Dina inställningar{% if language %} på {{ language }}{% endif %}."


@pytest.fixture
def make_content(tmp_path: Path) -> MakeContent:
    """Give words in which another language is offered, of which a little is written."""

    def make(code: str = "sv", locale: str = "sv") -> Content:
        root = tmp_path / "prompts"
        shutil.copytree(ROOT / "en", root / "en")
        folder = root / code
        (folder / "messages").mkdir(parents=True)
        (folder / "decks").mkdir()
        about = f'name = "Svenska"\nlocale = "{locale}"\noffered = true\n'
        (folder / "language.toml").write_text(about, "utf-8")
        (folder / "messages" / "settings.html.j2").write_text(ME, "utf-8")
        (folder / "decks" / "perspective.toml").write_text(DECK, "utf-8")
        (folder / "together.toml").write_text(THING, "utf-8")
        return Content(root, SCREENS.expected())

    return make


async def _chooses(who: Person, code: str) -> None:
    page = await settings(who)
    assert page
    shown = who.phone.chat.messages[who.seen]
    await who.presses(Verb.SCREEN, "language", on=shown)
    await settled(who.home)
    await who.presses(Verb.LANGUAGE, code, on=who.phone.chat.messages[shown.message_id])
    await settled(who.home)


async def test_the_card_that_is_open_comes_again_in_the_language_that_is_chosen(
    make_home: MakeHome, make_content: MakeContent
) -> None:
    """With the draft; the other is told nothing, and sees their own language."""
    home = await make_home(content=make_content(), prompts=[CARD])
    ana, bo = await couple(home, "Ana", "Bo")
    await ana.drafts("Three in the afternoon.")
    told = len(bo.phone.from_bot)
    await _chooses(ana, "sv")
    assert ana.phone.find("Dina inställningar på Svenska") is not None
    newest = [message.text for message in ana.phone.from_bot][-2:]
    assert "timme" in newest[0]
    assert "Three in the afternoon." in newest[1]
    assert len(bo.phone.from_bot) == told
    await _chooses_again(ana)
    assert "hour" in [message.text for message in ana.phone.from_bot][-2]


async def _chooses_again(who: Person) -> None:
    who.writes("/settings")
    shown = await who.sees("Dina inställningar")
    await who.presses(Verb.SCREEN, "language", on=shown)
    await settled(who.home)
    await who.presses(Verb.LANGUAGE, "en", on=who.phone.chat.messages[shown.message_id])
    await settled(who.home)


async def test_the_commands_follow_the_language_that_is_chosen(home: Home, content: Content) -> None:
    """In that chat alone, by one call a change; the phone's own again once that is chosen."""
    ana, bo = await couple(home, "Ana", "Bo")
    shown = await _language_screen(ana)
    await _picks(ana, shown, "de")
    assert _menu(ana) == commands(content, "de") != commands(content, "en")
    assert _menu(bo) == commands(content, "en")
    await _picks(ana, shown, "fr")
    assert _menu(ana) == commands(content, "fr")
    ana.writes("/today")
    await _picks(ana, shown, "fr")
    await _picks(ana, shown, "en")
    assert _menu(ana) == commands(content, "en")
    assert _asked(ana) == ["setMyCommands", "setMyCommands", "deleteMyCommands"]


async def test_commands_that_are_limited_keep_nothing_waiting_and_come_later(
    home: Home, content: Content
) -> None:
    """In the language that is chosen by then."""
    ana, _ = await couple(home, "Ana", "Bo")
    limit = Fault("error", ["setMyCommands"], code=429, retry_after=3000, count=1)
    home.world.faults.add(limit)
    shown = await _language_screen(ana)
    await _picks(ana, shown, "de")
    ana.writes("/settings")
    await ana.sees("Sprache")
    assert _menu(ana) == commands(content, "en")
    home.clock.advance(timedelta(hours=1, minutes=1))
    await settled(home)
    assert _menu(ana) == commands(content, "de")
    assert _asked(ana) == ["setMyCommands", "setMyCommands"]


async def test_who_is_forgotten_has_their_phones_commands_again(home: Home, content: Content) -> None:
    """What they chose is forgotten with them; that their chat is gone meanwhile disturbs nothing."""
    ana, bo = await couple(home, "Ana", "Bo")
    await _picks(ana, await _language_screen(ana), "de")
    await _picks(bo, await _language_screen(bo), "de")
    for who in (ana, bo):
        who.writes("/forget")
        await settled(home)
    home.world.faults.add(Fault("error", ["deleteMyCommands"], code=400, description=GONE, count=1))
    for who in (ana, bo):
        await who.presses(Verb.FORGET)
        await settled(home)
    assert _menu(ana) == commands(content, "de")
    assert _menu(bo) == commands(content, "en")
    assert stored(home, "SELECT count(*) FROM outbox WHERE kind = 'commands' AND state = 'queued'") == [(0,)]


async def _language_screen(who: Person) -> Message:
    """Open the languages, where they stay whatever is chosen."""
    await settings(who)
    shown = who.phone.chat.messages[who.seen]
    await who.presses(Verb.SCREEN, "language", on=shown)
    await settled(who.home)
    return who.phone.chat.messages[shown.message_id]


async def _picks(who: Person, shown: Message, code: str) -> None:
    await who.presses(Verb.LANGUAGE, code, on=shown)
    await settled(who.home)


def _menu(who: Person) -> list[dict[str, str]]:
    """Give the commands that somebody's phone shows; a menu of English is set at the start."""
    profile = who.home.world.profile
    return profile.commands_for(who.phone.user_id, who.phone.person.language_code)


def _asked(who: Person) -> list[str]:
    """Name the calls that were about the commands of somebody's chat alone."""
    scope = {"type": "chat", "chat_id": who.phone.user_id}
    return [call.method for call in who.home.world.calls if call.values.get("scope") == scope]


@pytest.mark.parametrize(
    ("code", "spoken", "told"),
    [
        ("sv", "sv", False),
        ("sv-FI", "sv", False),
        ("en-GB", "en", False),
        ("zh-hans", "en", True),
        ("sr-Latn", "en", True),
        ("iw", "en", True),
        ("sv-" + "x" * 57, "sv", False),
    ],
)
async def test_a_phone_brings_its_language_or_is_told_of_the_others(
    make_home: MakeHome, make_content: MakeContent, code: str, spoken: str, *, told: bool
) -> None:
    """By its first part, whatever stands behind it; whoever is spoken to in English though it isn't theirs is told."""
    home = await make_home(content=make_content())
    ana = person(home, "Ana", language_code=code)
    ana.writes("/start")
    welcome = await ana.sees("Hello")
    assert ("/settings has other languages" in welcome.text) is told
    await ana.presses(Verb.CONSENT, on=welcome)
    await ana.sees("Who will you practise with?")
    ana.writes("/settings")
    await ana.sees("inställningar" if spoken == "sv" else "Language: English")


async def test_another_countrys_language_is_nearer_than_english(
    make_home: MakeHome, make_content: MakeContent
) -> None:
    """And its reader is told that there are others, also when they come by an invitation."""
    home = await make_home(content=make_content("pt-br", "pt_BR"))
    ana, bo = person(home, "Ana"), person(home, "Bo", language_code="pt-PT")
    await joins(bo, await invites(ana))
    assert bo.phone.find("/settings has other languages") is not None
    bo.writes("/settings")
    await bo.sees("inställningar")


async def test_practice_says_nothing_of_how_it_landed_where_no_coach_reads(
    make_home: MakeHome, make_content: MakeContent
) -> None:
    """Neither praise nor a verdict on what nobody has understood: two good answers, and the next try."""
    home = await make_home(content=make_content())
    ana = person(home, "Ana", language_code="sv")
    await invites(ana)
    ana.writes("/practice")
    await ana.sees("Here's a moment")
    before = len(ana.phone.from_bot)
    ana.writes("Det var inte så farligt.")
    await ana.sees("Two ways that could land well")
    await settled(home)
    assert len(ana.phone.from_bot) == before + 1


async def test_two_who_read_different_languages_get_a_thing_that_both_have(
    make_home: MakeHome, make_content: MakeContent
) -> None:
    """Each in their own."""
    home = await make_home(content=make_content(), prompts=[CARD])
    ana, bo = person(home, "Ana", language_code="sv"), person(home, "Bo")
    await joins(bo, await invites(ana))
    await ana.presses(Verb.CONFIRM, on=await ana.sees("the person you meant"))
    await settled(home)
    await next_round(home, ana, bo)
    for partner in (ana, bo):
        await partner.seals("The kettle sang.")
    for partner in (ana, bo):
        partner.writes("/today")
        await partner.presses(Verb.TOGETHER, on=await partner.sees("This round is open to both of you"))
        await partner.sees("Ten minutes together")
        await partner.presses(Verb.TOGETHER_YES, Nearby.APART.value)
        await settled(home)
    assert stored(home, "SELECT thing FROM rounds WHERE thing IS NOT NULL") == [
        ("together-songs-from-before",)
    ]
    assert ana.phone.find("Nynna en melodi.") is not None
    assert bo.phone.find("Each plays one song") is not None


def test_what_is_offered_is_not_read_for_it_and_what_is_broken_is_offered_once(
    make_content: MakeContent, tmp_path: Path
) -> None:
    """Six languages in memory would be the price of a look at the settings; who chooses a broken one has English."""
    content = make_content()
    (tmp_path / "prompts" / "sv" / "decks" / "perspective.toml").write_text("title = ", "utf-8")
    assert [tongue.code for tongue in content.spoken()] == ["en", "sv"]
    assert content.nearest("sv") == "en"
    assert [tongue.code for tongue in content.spoken()] == ["en"]


async def test_where_one_language_is_spoken_none_can_be_chosen(home_of_one: Person) -> None:
    """Nobody is told of a choice that isn't there."""
    page = await settings(home_of_one)
    assert "Language" not in page
    assert label("set_language") not in home_of_one.phone.last.labels


@pytest.fixture
async def home_of_one(make_home: MakeHome, tmp_path: Path) -> Person:
    """Give somebody where English alone is spoken."""
    shutil.copytree(ROOT / "en", tmp_path / "alone" / "en")
    home = await make_home(content=Content(tmp_path / "alone", SCREENS.expected()))
    ana = person(home, "Ana", language_code="zh-hans")
    await invites(ana)
    assert ana.phone.find("other languages") is None
    return ana
