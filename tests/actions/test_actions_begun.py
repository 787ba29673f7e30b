"""What was begun and has only grown old: the first words after it are asked about, and the next ones are not."""

from datetime import timedelta

import pytest
from couple_person import Person
from couple_world import MINUTE, World, reveal, seal

from bot.practice.destination import DestinationKind
from bot.practice.round import Slot
from bot.screens.callbacks import Verb

HALF = 31 * MINUTE
D = DestinationKind


async def writes(person: Person, *texts: str) -> None:
    """Write, each as it comes."""
    for text in texts:
        await person.writes(text)
        await person.world.deliver()


async def presses(person: Person, verb: Verb) -> None:
    """Press, and let it arrive."""
    await person.presses(verb)
    await person.world.deliver()


def offered(person: Person) -> list[str]:
    """List the places that the newest question offers."""
    return [data.split(":")[1] for _, data in person.last("kept_ask").buttons if data.startswith(Verb.PLACE)]


async def drafted(world: World, person: Person) -> list[str]:
    """Tell what is in the draft of the newest round."""
    round_ = await world.round()
    async with world.unit() as work:
        return [piece.text for piece in (await work.words.own(person.id, round_.id, Slot.REFLECTION)).pieces]


async def begin_friend(ana: Person) -> None:
    """Write for the neutral friend."""
    await writes(ana, "/practice")
    await presses(ana, Verb.FRIEND)
    await presses(ana, Verb.FRIEND_BEGIN)
    await writes(ana, "a wobbly door")


@pytest.mark.parametrize(
    ("begun", "wait", "places"),
    [
        (("/capsule", "dear you"), HALF, [D.CAPSULE, D.REFLECTION]),
        (("/practice", "a green cup"), HALF, [D.REFLECTION]),
        (("/card",), 16 * MINUTE, [D.CARD, D.REFLECTION]),
    ],
)
async def test_the_first_words_are_asked_about(
    world: World, pair: tuple[Person, Person], begun: tuple[str, ...], wait: timedelta, places: list[str]
) -> None:
    """And are nowhere until their writer has said; after "nowhere" the next ones are for today."""
    ana, _ = pair
    await writes(ana, *begun)
    await world.later(wait)
    await writes(ana, "a grey morning")
    assert offered(ana) == places
    assert await drafted(world, ana) == []
    await writes(ana, "a late tram")
    assert offered(ana) == places, "more of the same is asked about as it was"
    await presses(ana, Verb.NOWHERE)
    await writes(ana, "a red bench")
    assert await drafted(world, ana) == ["a red bench"]


async def test_a_letter_and_the_friend_go_on_by_the_question(
    world: World, pair: tuple[Person, Person]
) -> None:
    """As if no time had passed: the words join those that were there, and nothing is for today."""
    ana, _ = pair
    await writes(ana, "/capsule", "dear you")
    await world.later(HALF)
    await writes(ana, "a late tram")
    await presses(ana, Verb.PLACE)
    assert "dear you\na late tram" in ana.last("capsule_draft").text
    await begin_friend(ana)
    await world.later(HALF)
    await writes(ana, "a grey morning")
    assert offered(ana) == [D.FRIEND, D.REFLECTION]
    await presses(ana, Verb.PLACE)
    assert ana.kinds()[-1] == "friend_noted"
    async with world.unit() as work:
        sitting = await work.sittings.unfinished(ana.id)
    assert sitting is not None
    assert "a grey morning" in sitting.said(0)
    assert await drafted(world, ana) == []


@pytest.mark.parametrize("wait", [MINUTE, 25 * MINUTE, 300 * MINUTE])
@pytest.mark.parametrize("steps", [0, 3])
async def test_words_beside_the_neutral_friend_are_no_draft(
    world: World, pair: tuple[Person, Person], wait: timedelta, steps: int
) -> None:
    """Under its offer and under "shall I keep it?", however late; right after that is answered they are asked about."""
    ana, _ = pair
    await writes(ana, "/practice")
    await presses(ana, Verb.FRIEND)
    if steps:
        await presses(ana, Verb.FRIEND_BEGIN)
        await writes(ana, "a wobbly door")
    for _ in range(steps):
        await presses(ana, Verb.FRIEND_ON)
    await world.later(wait)
    await writes(ana, "a grey morning")
    assert ana.kinds()[-1] == "kept_ask"
    assert await drafted(world, ana) == []
    await presses(ana, Verb.NOWHERE)
    await presses(ana, Verb.FRIEND_LET_GO if steps else Verb.SOLO_ENOUGH)
    await writes(ana, "a red bench")
    assert offered(ana) == [D.REFLECTION]
    await presses(ana, Verb.PLACE)
    assert await drafted(world, ana) == ["a red bench"]


@pytest.mark.parametrize("begun", [("/capsule", "dear you"), ("/practice", "a green cup"), ("friend",)])
async def test_a_prompt_that_comes_between_two_lines_takes_none_of_them(
    world: World, pair: tuple[Person, Person], begun: tuple[str, ...]
) -> None:
    """Whoever is writing when it comes is asked what the next line is for, and after some minutes no more."""
    ana, _ = pair
    due = await world.due()
    assert due is not None
    world.now = due - MINUTE
    await (begin_friend(ana) if begun == ("friend",) else writes(ana, *begun))
    await world.later(2 * MINUTE)
    assert ana.kinds()[-1] == "prompt"
    await writes(ana, "a late tram")
    assert ana.kinds()[-1] == "kept_ask"
    assert await drafted(world, ana) == []


async def test_a_reveal_between_two_lines_of_a_draft_takes_none_of_them(
    world: World, pair: tuple[Person, Person]
) -> None:
    """The other has sealed an earlier day: what one writes on is not yet an answer to that."""
    ana, bo = pair
    await seal(ana, "ana's words")
    await world.next_opening()
    await writes(ana, "a green cup")
    await writes(bo, "/today")
    await bo.presses(Verb.EARLIER_CARD)
    await world.deliver()
    await seal(bo, "bo's words")
    assert "reveal_words" in ana.kinds()
    await writes(ana, "and a wobbly door")
    assert offered(ana)[:2] == [D.REFLECTION, D.RESPONSE]
    assert await drafted(world, ana) == ["a green cup"]


async def test_enough_says_so_where_a_draft_stands(world: World, pair: tuple[Person, Person]) -> None:
    """What was written once practice was over is kept, so "nothing is kept" isn't all of it."""
    ana, _ = pair
    await writes(ana, "/practice", "a wobbly door")
    await world.next_opening()
    await writes(ana, "a red bench")
    assert await drafted(world, ana) == ["a red bench"]
    await presses(ana, Verb.SOLO_ENOUGH)
    assert "What you've written for your card is still there" in ana.last("solo_ended").text
    await writes(ana, "/practice")
    await presses(ana, Verb.SOLO_ENOUGH)
    assert "still there" not in ana.last("solo_ended").text


@pytest.mark.parametrize("said", ["In a year", "1 April", "tomorrow", "in half a year."])
async def test_a_day_right_under_a_letter_is_its_day(pair: tuple[Person, Person], said: str) -> None:
    """It is what was asked: it stands under the letter, and not in it."""
    ana, _ = pair
    await writes(ana, "/capsule", "dear you", said)
    assert Verb.CAPSULE_SEAL in ana.asks()
    assert f"dear you\n{said}" not in ana.last("capsule_draft").text


@pytest.mark.parametrize("said", ["may", "10", "see you next year", "today", "you and me in June"])
async def test_other_words_under_a_letter_are_more_of_it(pair: tuple[Person, Person], said: str) -> None:
    """A word that could be anything, a day that is no day of a letter, and a sentence."""
    ana, _ = pair
    await writes(ana, "/capsule", "dear you", said)
    assert f"dear you\n{said}" in ana.last("capsule_draft").text


async def test_more_of_a_letter_in_place_of_its_day_is_not_lost(pair: tuple[Person, Person]) -> None:
    """It is no day that could be read, and is asked about; a few words are asked for again."""
    ana, _ = pair
    await writes(ana, "/capsule", "dear you")
    await presses(ana, Verb.CAPSULE_OTHER_DAY)
    await writes(ana, "oh wait, one more line first")
    assert offered(ana) == [D.CAPSULE, D.REFLECTION, D.CAPSULE_DAY]
    await presses(ana, Verb.PLACE)
    assert "dear you\noh wait, one more line first" in ana.last("capsule_draft").text


async def test_words_under_a_day_of_the_journal_are_asked_about(
    world: World, pair: tuple[Person, Person]
) -> None:
    """They may be of that day, and not of today's."""
    ana, _ = pair
    await reveal(world)
    await world.next_opening()
    await world.deliver()
    await writes(ana, "/journal")
    await presses(ana, Verb.ENTRY)
    await writes(ana, "a wobbly door")
    assert offered(ana)[0] == D.REFLECTION
    assert ana.kinds()[-1] == "kept_ask"


async def test_the_first_words_of_a_new_day_name_its_card_while_an_answer_is_owed(
    world: World, pair: tuple[Person, Person]
) -> None:
    """They may have been meant as that; the quotation says for which card they are, and what follows doesn't."""
    ana, _ = pair
    await reveal(world)
    await world.next_opening()
    await world.deliver()
    await writes(ana, "a wobbly door")
    first = ana.last("draft").text
    await writes(ana, "a late tram")
    for line in ("It's for this card", "once you've both sealed"):
        assert line in first
        assert line not in ana.last("draft").text
