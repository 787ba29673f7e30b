"""Two partners who read different languages: a whole first day, and the morning after, over real HTTP.

Each is somebody who reads only their own language, and does what the messages in it ask for.
"""

import re
from dataclasses import astuple
from itertools import combinations

import pytest
from people import MakeHome, settled

from bot.content import Content
from bot.home import script
from bot.home.actor import Actor, ButtonPress, NextAct, Write
from bot.home.house import Home
from bot.home.legible import CardSide, ChatReader
from bot.home.voice import Voice
from bot.screens.callbacks import Verb, asks_for
from prompts.demo_words import load_play

MOST_ACTS = 60
WORDS = load_play()
LETTERS = {
    "ru": re.compile("[\u0400-\u04ff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
}
COUPLES = [("ru", "es"), ("de", "ar")]


def reads(home: Home, content: Content, language: str, *, first: bool) -> Actor:
    """Give somebody a phone in a language, who reads no other."""
    place = 0 if first else 1
    phone = home.world.phone(
        first_name=WORDS.names[place], username=script.USERNAMES[place], language_code=language
    )
    return Actor(phone, Voice(WORDS, first=first), ChatReader(content, language))


async def meet(home: Home, first: Actor, second: Actor) -> None:
    """Let them come together, and write nothing yet."""
    first.phone.send_text("/start")
    await act_out(home, first)
    assert (link := first.link()) is not None
    assert second.phone.open_link(link) is not None
    await settled(home)
    while not (first.has_prompt and second.has_prompt):
        for each in (first, second):
            act = None if each.has_prompt else each.next_act()
            if act is not None:
                do(each, act)
                await settled(home)


async def act_out(home: Home, *people: Actor) -> None:
    """Let them do by turns what they are asked for, until nobody has anything to do."""
    turns = list(people)
    for _ in range(MOST_ACTS):
        await settled(home)
        due = ((one, one.next_act()) for one in sorted(turns, key=lambda one: one.asked is None))
        actor, act = next(((one, act) for one, act in due if act is not None), (None, None))
        if actor is None:
            return
        turns.remove(actor)
        turns.append(actor)
        do(actor, act)
    pytest.fail("they never come to an end")


def do(actor: Actor, act: NextAct | None) -> None:
    """Write, or press."""
    match act:
        case Write(text):
            actor.phone.send_text(text)
        case ButtonPress():
            actor.phone.press(act.message, act.data)
        case _:
            pytest.fail(f"nobody expects {act}")


async def morning(home: Home) -> None:
    """Go to the next opening."""
    async with home.app.database.unit(home.clock.now()) as work:
        due = await work.couples.next_due()
    assert due is not None
    home.clock.set(due)
    await settled(home)


def card_of(actor: Actor) -> CardSide:
    """Find today's card as somebody has it, in their own language."""
    assert actor.prompt is not None
    card = actor.reader.card(actor.prompt.text)
    assert card is not None
    return card


@pytest.mark.parametrize("languages", COUPLES, ids="-".join)
async def test_a_bilingual_couple_lives_through_two_mornings(
    make_home: MakeHome, content: Content, languages: tuple[str, str]
) -> None:
    """From /start to heard, twice; both cards in both languages, and nobody reads a word of the other's."""
    home = await make_home(script.starts(WORDS.zone), prompts=script.PROMPTS)
    one, two = people = tuple(
        reads(home, content, language, first=place == 0) for place, language in enumerate(languages)
    )
    await meet(home, one, two)
    assert {card_of(each).prompt.id for each in people} == {script.MOMENT}
    await act_out(home, *people)
    await morning(home)
    teller, guesser = sorted(people, key=lambda each: card_of(each).side)
    assert (card_of(teller).side, card_of(guesser).side) == (0, 1)
    assert card_of(teller).prompt.id == card_of(guesser).prompt.id == script.HOUR
    await act_out(home, *people)
    shown = "\n".join(message.text for each in people for message in each.phone.from_bot)
    for text in {*astuple(WORDS.moment), *astuple(WORDS.hour)} - {WORDS.moment.hasty}:
        assert shown.count(text) > 1, "it has reached the other"
    for each, language in zip(people, languages, strict=True):
        for message in each.phone.from_bot:
            for code, letters in LETTERS.items():
                assert bool(letters.search(message.text)) is (code == language), message.text


async def test_a_language_changed_in_the_middle_of_a_round_brings_the_card_again(
    make_home: MakeHome, content: Content
) -> None:
    """In the new one, to whoever has changed it alone; what is open to both afterwards is said in it too."""
    home = await make_home(script.starts(WORDS.zone), prompts=script.PROMPTS)
    one, two = (reads(home, content, language, first=language == "ru") for language in ("ru", "es"))
    await meet(home, one, two)
    before = len(two.phone.from_bot)
    one.phone.send_text("/settings")
    await settled(home)
    for verb, about in ((Verb.SCREEN, "language"), (Verb.LANGUAGE, "ar")):
        page = one.phone.from_bot[-1]
        data = next(str(b.value) for row in page.buttons for b in row if asks_for(str(b.value), verb, about))
        one.phone.press(page, data)
        await settled(home)
    one.reader = ChatReader(content, "ar")
    assert LETTERS["ar"].search(one.phone.from_bot[-1].text)
    assert card_of(one).prompt.id == script.MOMENT
    assert len(two.phone.from_bot) == before
    await act_out(home, one, two)
    assert [one.reader.name(message.text) for message in one.phone.from_bot].count("reveal_words") == 1
    assert not any(LETTERS["ar"].search(message.text) for message in two.phone.from_bot)


async def test_a_place_is_named_with_its_country_in_the_readers_language(
    make_home: MakeHome, content: Content
) -> None:
    """Where several are offered, and where one is set."""
    home = await make_home(script.starts(WORDS.zone), prompts=script.PROMPTS)
    one, two = (reads(home, content, language, first=language == "ru") for language in ("ru", "de"))
    await meet(home, one, two)
    for each, typed, named in (
        (one, "Лондон", "Лондон, Великобритания"),
        (two, "münchen", "München, Deutschland"),
    ):
        each.phone.send_text("/settings")
        await settled(home)
        page = each.phone.from_bot[-1]
        ways = [str(button.value) for row in page.buttons for button in row]
        each.phone.press(page, next(way for way in ways if asks_for(way, Verb.CITY)))
        await settled(home)
        each.phone.send_text(typed)
        await settled(home)
        answer = each.phone.from_bot[-1]
        said = answer.text + "".join(button.text for row in answer.buttons for button in row)
        assert named in said


def test_every_card_that_two_languages_share_is_whole_in_each(content: Content) -> None:
    """For any two: a prompt has words of both, a two-sided one two sides and as many choices in each."""
    spoken = [tongue.code for tongue in content.spoken()]
    for pair in combinations(spoken, 2):
        cards = content.cards(*pair)
        assert len(cards) >= 150
        for card in cards:
            first, second = (content.library(language).prompts[card.id] for language in pair)
            assert all(card.id in content.library(language).spoken for language in pair)
            assert first.two_sided == second.two_sided == (len(set(first.sides)) == 2)
            assert len(first.choices) == len(second.choices)
            for side in (0, 1):
                assert first.side_text(side) != second.side_text(side)
                assert first.task(side) is second.task(side)


@pytest.mark.parametrize(
    ("code", "spoken"),
    [("pt-PT", "pt-br"), ("es-419", "es"), ("zh-hans", "en"), ("sr-Latn", "en"), ("ru-UA", "ru")],
)
async def test_an_exotic_code_meets_the_nearest_language(
    make_home: MakeHome, content: Content, code: str, spoken: str
) -> None:
    """Or English, with a line that says where the others are."""
    home = await make_home()
    phone = home.world.phone(first_name="Noa", language_code=code)
    phone.send_text("/start")
    await settled(home)
    (welcome,) = phone.from_bot
    assert ChatReader(content, spoken).name(welcome.text) == "welcome"
    assert ("/settings" in welcome.text) is (spoken in ("en", "pt-br"))
