"""Words without a command, in every standing: a helpful answer, never silence, and nothing lost unsaid."""

from collections.abc import Awaitable, Callable

import pytest
from people import Person, couple, invites, joins, later, person, reads_in, settled

from bot.home.house import Home
from bot.practice.standing import Standing
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

WORDS = "The gate creaked, and I knew it was you."
ANSWER = "You knew me by the gate, and that moved you."

Builder = Callable[[Home], Awaitable[Person]]


async def alone(home: Home) -> Person:
    """Give somebody whose invitation has expired."""
    noa = person(home, "Noa")
    await invites(noa)
    await later(home, hours=48)
    return noa


async def invited(home: Home) -> Person:
    """Give somebody whose link is out."""
    noa = person(home, "Noa")
    await invites(noa)
    return noa


async def to_confirm(home: Home) -> Person:
    """Give an inviter who is asked about a joiner."""
    noa = person(home, "Noa")
    await joins(person(home, "Sam"), await invites(noa))
    return noa


async def joining(home: Home) -> Person:
    """Give a joiner who waits."""
    sam = person(home, "Sam")
    await joins(sam, await invites(person(home, "Noa")))
    return sam


async def unwritten(home: Home) -> Person:
    """Give a partner with an open round."""
    return (await couple(home))[0]


async def drafted(home: Home) -> Person:
    """Give a partner with a draft."""
    noa, _ = await couple(home)
    await noa.answer("A first part of it.")
    return noa


async def sealed(home: Home) -> Person:
    """Give a partner who has sealed."""
    noa, _ = await couple(home)
    await noa.seals("Sealed, with a ribbon.")
    return noa


async def revealed(home: Home) -> tuple[Person, Person]:
    """Make a couple whose words are open to both."""
    noa, sam = await couple(home)
    for partner in (noa, sam):
        await partner.seals(f"A kite, by {partner.name}.")
    return noa, sam


async def responds(partner: Person) -> None:
    """Respond in one's own words."""
    await partner.presses(Verb.OWN_WORDS)
    await partner.sees("In your own words")
    partner.writes(ANSWER)
    await partner.presses(Verb.SEND, on=await partner.sees("about this round"))
    await settled(partner.home)


async def to_respond(home: Home) -> Person:
    """Give a partner who has read and not responded."""
    return (await revealed(home))[0]


async def shown(home: Home) -> Person:
    """Give a partner who has responded, and has no response yet."""
    noa, _ = await revealed(home)
    await responds(noa)
    return noa


async def to_hear(home: Home) -> Person:
    """Give a partner who has a response before them."""
    pair = await revealed(home)
    for partner in pair:
        await responds(partner)
    return pair[0]


async def to_clarify(home: Home) -> Person:
    """Give a partner who has felt heard in part."""
    noa = await to_hear(home)
    await noa.presses(Verb.HEARD, Heard.PARTLY)
    await settled(home)
    return noa


async def over(home: Home) -> tuple[Person, Person]:
    """Make a couple whose round is complete."""
    noa, sam = await revealed(home)
    for partner in (noa, sam):
        await responds(partner)
    for partner in (noa, sam):
        await partner.presses(Verb.HEARD, Heard.YES)
        await settled(home)
    return noa, sam


async def between(home: Home) -> Person:
    """Give a partner of a couple whose round is complete."""
    return (await over(home))[0]


async def resting(home: Home) -> Person:
    """Give a partner who rests, with nothing open."""
    noa, _ = await over(home)
    noa.writes("/pause")
    return noa


async def both_resting(home: Home) -> Person:
    """Give a partner who has been told that Attune rests."""
    noa, sam = await over(home)
    sam.writes("/pause")
    await later(home, hours=35)
    return noa


STANDINGS: dict[Standing, tuple[Builder, str, str]] = {  # words are answered so, an unknown command so
    Standing.ALONE: (alone, "/invite makes a link", "/invite makes a link"),
    Standing.INVITED: (invited, "Your invitation is out", "Your invitation is out"),
    Standing.TO_CONFIRM: (to_confirm, "the person you meant", "the person you meant"),
    Standing.JOINING: (joining, "Your yes has gone out", "Your yes has gone out"),
    Standing.UNWRITTEN: (unwritten, "That's yours for now", "This round is open: just write"),
    Standing.DRAFTED: (drafted, "That's yours for now", "This round is open: just write"),
    Standing.SEALED: (sealed, "This isn't with them yet", "Your words for this round are sealed"),
    Standing.TO_RESPOND: (to_respond, "To Sam, about this round", "respond to Sam's words: just write"),
    Standing.TO_HEAR: (to_hear, "What's this for?", "How did that land with you?"),
    Standing.TO_CLARIFY: (to_clarify, "what you'd like understood", "what you'd want Sam to understand"),
    Standing.SHOWN: (shown, "A letter takes this", "Nothing is left for you to do"),
    Standing.BETWEEN: (between, "A letter takes this", "Nothing is open for you now"),
    Standing.RESTING: (resting, "/resume brings the prompts back", "/resume brings the prompts back"),
    Standing.BOTH_RESTING: (both_resting, "A letter takes this", "Attune is resting for you both"),
}


LETTERS = {Standing.SHOWN, Standing.BETWEEN, Standing.RESTING, Standing.BOTH_RESTING}


def test_every_standing_is_here() -> None:
    """No standing is without an answer."""
    assert set(STANDINGS) == set(Standing)


@pytest.mark.parametrize("standing", STANDINGS, ids=lambda standing: standing.value)
async def test_words_get_a_helpful_answer(home: Home, standing: Standing) -> None:
    """Words are quoted back where they are for something, and else it is said that they aren't kept."""
    build, said, _ = STANDINGS[standing]
    partner = await build(home)
    answer = await partner.answer(WORDS)
    assert said in answer
    kept = {Standing.UNWRITTEN, Standing.DRAFTED, Standing.SEALED}
    quoted = standing in kept | {Standing.TO_RESPOND, Standing.TO_HEAR, Standing.TO_CLARIFY} | LETTERS
    assert (WORDS in answer) is quoted
    assert ("kept nothing of that" in answer) is not quoted


@pytest.mark.parametrize("standing", STANDINGS, ids=lambda standing: standing.value)
async def test_an_unknown_command_gets_one_too(home: Home, standing: Standing) -> None:
    """A command that there isn't is answered truly by where the person stands, and changes nothing."""
    build, _, said = STANDINGS[standing]
    partner = await build(home)
    assert said in await partner.answer("/nonsense")
    assert said in await partner.answer("/nonsense once more")


@pytest.mark.parametrize("standing", STANDINGS, ids=lambda standing: standing.value)
async def test_today_says_where_one_stands(home: Home, standing: Standing) -> None:
    """/today and /start answer in every standing, and say the same."""
    partner = await STANDINGS[standing][0](home)
    await partner.hears()
    heard = []
    for command in ("/today", "/start"):
        partner.writes(command)
        heard.append(await partner.hears())
        assert heard[-1]
    assert heard[0] == heard[1]


async def test_words_in_a_rest_are_kept_while_a_round_is_open(home: Home) -> None:
    """Who rests may still write in the round that was open, and sees it quoted."""
    noa, _ = await couple(home)
    await noa.answer("/pause")
    assert "That's yours for now" in await noa.answer(WORDS)


async def test_each_message_of_a_batch_is_answered(home: Home) -> None:
    """Three messages of one batch, without a round: a greeting is answered, and what is none is asked about."""
    noa = await between(home)
    await noa.hears()
    for text in ("hello", "anybody?", "well then"):
        noa.writes(text)
    greeted, asked = await noa.hears()
    assert greeted.startswith("Hello.")
    assert "anybody?\nwell then" in asked


HIDDEN = {
    "en": ("he mustn't see this", "don't show him", "just for you", "between us I want to leave him"),
    "es": ("q no lo lea nadie mas q tu", "no se lo enseñes", "entre tu y yo quiero dejarlo"),
    "de": ("das soll er nich sehen", "zeig ihm das nich", "unter uns gesagt ich will mich trennen"),
    "fr": ("il doit pas voir ca", "cest que pour toi", "entre nous jveux le quitter"),
    "pt-br": ("nao mostra pra ele", "isso é só pra vc", "cá entre nós quero terminar com ele"),
    "ru": ("ему не показывай", "это только тебе", "между нами я хочу от него уйти"),
    "ar": ("لا تورجيه", "هاد بس الك", "بيني وبينك بدي اتركه"),
}


@pytest.mark.parametrize("code", HIDDEN)
async def test_what_is_not_for_the_other_s_eyes_is_never_filed(home: Home, code: str) -> None:
    """Alone it is answered, and among other words asked about; with words standing and without."""
    noa, sam = await couple(home)
    await reads_in(noa, code)
    *alone, among = HIDDEN[code]
    for _ in range(2):
        for said in alone:
            noa.writes(said)
            assert [text for text in await noa.hears() if said in text] == []
        noa.writes("Tram")
        await noa.hears()
    noa.writes(among)
    assert not any("Tram" in text and among in text for text in await noa.hears())
    assert await sam.hears() == []
