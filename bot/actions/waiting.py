"""Words that could be for more than one thing wait, quoted, until their writer says what they are for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import IntFlag

from bot.actions import put_away
from bot.actions.announce import to_other
from bot.actions.left_in_chat import FIRST, LAST
from bot.actions.named import ANEW, can_be_added_to, open_places
from bot.actions.people import Together, message, together
from bot.actions.ports import Work
from bot.actions.reflect import Arrival, piece_of
from bot.messages import InChat, Message, MessageKind
from bot.practice import destination
from bot.practice.destination import (
    MOST_OFFERED,
    QUESTIONS,
    REFLECTIONS,
    RESUMED,
    Destination,
    DestinationKind,
    beside_practice,
    beside_question,
    expected_place,
    goes_on,
    taking_files,
)
from bot.practice.draft import Piece, PieceKind, is_too_much, parts
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import SHOWN

K = MessageKind
PLACE = "place"
PERHAPS = "press"
ENDED = "ended"  # nothing that they could be for is open any more
APART = 5  # parts that get a question each; the rest stay together
PRACTICE = Destination(DestinationKind.PRACTICE)
BEGUN = tuple(Destination(kind) for kind in dict.fromkeys(RESUMED.values()))


class Perhaps(IntFlag):
    """What else words may be than words for a place."""

    NOTHING = 0
    PRESS = 1  # meant as a button of what was asked just before
    TO_BOT = 2  # said to the bot


async def ask(
    work: Work,
    partner: Partner,
    arrival: Arrival,
    places: Sequence[Destination],
    perhaps: Perhaps = Perhaps.NOTHING,
) -> None:
    """Keep words that have just come, and ask what they are for. Raises Refusal TOO_MUCH_WAITING.

    `perhaps` they are something else, which the question says. What belongs to an album that waits is asked about with
    it, and so is what no question in the chat quotes yet: the new question takes the place of one that hasn't left.
    """
    before = await work.kept.of(partner.id)
    album = {piece.album for piece in before} if arrival.album else set()
    if arrival.album and arrival.album in album:
        await ask_more(work, partner, arrival)
        return
    piece = piece_of(work, arrival)
    await work.kept.add(partner.id, piece)
    if await _is_unasked(work, partner, before):
        await ask_again(work, partner, places, perhaps)
    else:
        await _ask(work, partner, [piece], places, perhaps)


async def ask_more(work: Work, partner: Partner, arrival: Arrival) -> None:
    """Put words to those of the question that was asked last, and ask about them. Raises Refusal TOO_MUCH_WAITING.

    What an earlier question quotes by itself was written at another moment, and keeps that question; of an album all
    is asked about together.
    """
    piece = piece_of(work, arrival)
    await work.kept.add(partner.id, piece)
    waiting = await work.kept.of(partner.id)
    asking = [] if arrival.album else await _asking(work, partner, waiting)
    now = quoted(waiting, asking[-1].message.details) if asking else []
    asked = {piece.id for one in asking[:-1] for piece in quoted(waiting, one.message.details)}
    await ask_again(work, partner, among=[one for one in waiting if one in now or one.id not in asked])


async def ask_again(
    work: Work,
    partner: Partner,
    first: Sequence[Destination] = (),
    perhaps: Perhaps = Perhaps.NOTHING,
    *,
    among: Sequence[Piece] | None = None,
) -> None:
    """Ask about all that waits, of what is open now, and before that of `first`; and of a question that goes on.

    Where nothing of all that is left, they are let go, and it is said. `among`: of what waits, these alone.
    """
    waiting = await work.kept.of(partner.id) if among is None else among
    standing = await _asking(work, partner, waiting)
    asked = expected_place(partner.expectation) if goes_on(partner.expectation, work.now) else None
    begun = {place for one in standing for place in offered(one.message.details) if place in BEGUN}
    added = [
        p for one in standing for p in offered(one.message.details) if await can_be_added_to(work, partner, p)
    ]
    first = [*dict.fromkeys([*first, *sorted(begun, key=BEGUN.index)])]
    places = [*dict.fromkeys([*first, *await open_places(work, await together(work, partner.id)), *added])]
    if asked == PRACTICE:
        places = [*beside_practice(places)]
    if asked is not None and asked.kind in QUESTIONS and asked not in first:
        places = [*beside_question(asked, places)]
    if any(piece.kind is not PieceKind.TEXT for piece in waiting):
        places = [*taking_files(places)]
    if not places:
        await work.outbox.put(*await _let_go(work, partner, waiting, standing))
        return
    for one in standing:
        perhaps |= perhaps_of(one.message.details)
    for shown in {one.number: one for one in standing}:
        await work.outbox.put(message(K.GONE, partner).editing(shown))
    await _ask(work, partner, waiting, places[: max(MOST_OFFERED, len(first))], perhaps)


async def offer_anew(work: Work, partner: Partner) -> list[Message]:
    """Write each question anew, in its place, that offers what is open no more: it offers what is open now."""
    waiting = await work.kept.of(partner.id)
    if not waiting:
        return []
    us = await together(work, partner.id)
    open_ = await open_places(work, us)
    changed: list[Message] = []
    for number, one in {one.number: one for one in await _asking(work, partner, waiting)}.items():
        details = one.message.details
        before = [destination.as_open(place, open_) for place in offered(details)]
        left = [place for place in before if await why_over(work, partner, place) is None]
        places = [*dict.fromkeys([*left, *open_])][:MOST_OFFERED]
        if number is not None and places and len(left) < len(before):
            asked = _question(us, partner, quoted(waiting, details), places, perhaps_of(details))
            changed.append(replace(asked, details={**asked.details, ANEW: 1}).editing(number))
    return changed


async def _let_go(
    work: Work, partner: Partner, waiting: Sequence[Piece], standing: Sequence[InChat]
) -> list[Message]:
    """Let words go for which nothing is left, and write what says so: in place of each question, or anew."""
    await work.kept.drop(partner.id, [piece.id for piece in waiting])
    await work.outbox.withdraw(to=partner.id, kinds=(K.KEPT_ASK,))
    numbers = [number for one in standing if (number := one.number) is not None]
    await put_away.let_go(work, partner, [piece.source for piece in waiting], *numbers)
    said = [placed(partner, number, ENDED) for number in dict.fromkeys(numbers)]
    return said or [message(K.KEPT_PLACED, partner, where=ENDED)]


async def couple_over(work: Work, us: Together) -> None:
    """Let go what waits with each of two whose couple has ended: what it could be for has ended with it."""
    for partner in us.pair:
        waits = await work.kept.of(partner.id)
        if waits:
            told = await _let_go(work, partner, waits, await _asking(work, partner, waits))
            await work.outbox.put(*(told if partner is us.me else to_other(us, *told, now=work.now)))


async def one_by_one(work: Work, partner: Partner, shown_in: int) -> None:
    """Ask about each part by itself that the question in message `shown_in` quotes. Raises as asked_about."""
    waiting = parts(await asked_about(work, partner, shown_in))
    asked = await work.outbox.shown_in(partner.id, shown_in)
    details = asked.details if asked is not None else {}
    groups = [*waiting[:APART], tuple(piece for part in waiting[APART:] for piece in part)]
    await work.outbox.put(message(K.GONE, partner).editing(shown_in))
    us = await together(work, partner.id)
    for group in filter(None, groups):
        await work.outbox.put(_question(us, partner, group, offered(details), perhaps_of(details)))


async def ask_unasked(work: Work, partner: Partner) -> None:
    """Ask about all that waits where no question in the chat quotes some of it."""
    if await _is_unasked(work, partner, await work.kept.of(partner.id)):
        await ask_again(work, partner)


async def _is_unasked(work: Work, partner: Partner, waiting: Sequence[Piece]) -> bool:
    """Tell whether words wait that no question quotes which is there to stay: one on its way may come back."""
    if not waiting:
        return False
    unasked = await _unasked(work, partner, waiting)
    return bool(unasked) or await work.outbox.waits(partner.id, (K.KEPT_ASK,))


async def _unasked(work: Work, partner: Partner, waiting: Sequence[Piece]) -> list[Piece]:
    """Choose the words that no question quotes of which we know that it has arrived."""
    asking = [one.message.details for one in await _asking(work, partner, waiting)]
    asked = {piece.id for details in asking for piece in quoted(waiting, details)}
    return [piece for piece in waiting if piece.id not in asked]


async def _asking(work: Work, partner: Partner, waiting: Sequence[Piece]) -> list[InChat]:
    """List the questions in the chat that quote some of what waits."""
    standing = await work.outbox.standing(partner.id, (K.KEPT_ASK,))
    return [one for one in standing if one.number is not None and quoted(waiting, one.message.details)]


async def _ask(
    work: Work,
    partner: Partner,
    waiting: Sequence[Piece],
    places: Sequence[Destination],
    perhaps: Perhaps,
) -> None:
    if is_too_much(waiting):
        raise Refusal(Reason.TOO_MUCH_WAITING)
    await work.outbox.withdraw(to=partner.id, kinds=(K.KEPT_ASK,))
    us = await together(work, partner.id)
    await work.outbox.put(_question(us, partner, waiting, places, perhaps))


def _question(
    us: Together | None,
    partner: Partner,
    waiting: Sequence[Piece],
    places: Sequence[Destination],
    perhaps: Perhaps,
) -> Message:
    details: dict[str, int | str] = {
        FIRST: waiting[0].source,
        LAST: waiting[-1].source,
        PERHAPS: int(perhaps),
    }
    for number, place in enumerate(places):
        details |= {f"{PLACE}{number}": place.kind.value, f"round{number}": place.round or 0}
    asked = us.message(K.KEPT_ASK, us.me) if us else message(K.KEPT_ASK, partner)
    return replace(asked, details=details)


async def edit(work: Work, partner: Partner, arrival: Arrival) -> bool:
    """Let an edit in Telegram change words that wait; False where it is of none."""
    waiting = await work.kept.of(partner.id)
    changed = next((piece for piece in waiting if piece.source == arrival.source), None)
    if changed is None:
        return False
    await work.kept.drop(partner.id, [changed.id])
    made = replace(
        changed,
        text=arrival.text,
        kind=arrival.kind,
        file=arrival.file,
        covered=arrival.covered,
        covers=arrival.covers,
    )
    await work.kept.add(partner.id, made)
    await ask_again(work, partner)
    return True


def offered(details: Mapping[str, int | str]) -> list[Destination]:
    """List what a question offers."""
    numbers = [n for n in range(len(DestinationKind)) if f"{PLACE}{n}" in details]
    found = [(DestinationKind(str(details[f"{PLACE}{n}"])), int(details[f"round{n}"])) for n in numbers]
    return [Destination(kind, RoundId(round_) if round_ else None) for kind, round_ in found]


def perhaps_of(details: Mapping[str, int | str]) -> Perhaps:
    """Tell what else the words of a question may be."""
    return Perhaps(int(details.get(PERHAPS, 0)))


def quoted(waiting: Sequence[Piece], details: Mapping[str, int | str]) -> list[Piece]:
    """Choose what a question quotes, by the messages that it came in."""
    return [piece for piece in waiting if int(details[FIRST]) <= piece.source <= int(details[LAST])]


async def asked_about(work: Work, partner: Partner, shown_in: int) -> list[Piece]:
    """Load the words that the question in message `shown_in` quotes.

    Raises Refusal NOTHING_WAITS where they have found their place, or a day has passed.
    """
    asked = await work.outbox.shown_in(partner.id, shown_in)
    details = asked.details if asked is not None and asked.kind is K.KEPT_ASK else None
    if asked is None:  # a second copy, which a crash has made: of which question, it can be told
        standing = await work.outbox.standing(partner.id, (K.KEPT_ASK,))
        details = next((one.message.details for one in reversed(standing) if one.doubtful), None)
    kept = await work.kept.of(partner.id)
    waiting = quoted(kept, details) if details else []
    if asked is None and not waiting:  # pressed before we know that it has arrived: then no other quotes them
        unasked = await _unasked(work, partner, kept)
        waiting = [piece for piece in unasked if piece.source < shown_in]
    if not waiting:
        raise Refusal(Reason.NOTHING_WAITS)
    return waiting


async def take(work: Work, partner: Partner, shown_in: int) -> list[Arrival]:
    """Take the words that a question quotes, so that they can go where they belong. Raises as asked_about."""
    waiting = await asked_about(work, partner, shown_in)
    await work.kept.drop(partner.id, [piece.id for piece in waiting])
    return [Arrival(p.kind, p.text, p.source, p.file, p.album, p.covered, p.covers) for p in waiting]


async def as_open(work: Work, partner: Partner, place: Destination) -> Destination:
    """Read a place that was offered as what it is by now: sealed, or taken back."""
    return destination.as_open(place, await open_places(work, await together(work, partner.id)))


async def why_over(work: Work, partner: Partner, place: Destination) -> Reason | None:
    """Tell why a place takes no words any more; None where it does."""
    talk = place.kind is DestinationKind.TALK
    if (place.round is None and not talk) or place in await open_places(
        work, await together(work, partner.id)
    ):
        return None
    if place.round is None:
        return Reason.TALK_OVER
    if await can_be_added_to(work, partner, place):
        return None
    found = await work.rounds.find(place.round)
    mine = found is not None and partner.id in {turn.partner for turn in found.turns}
    shown = mine and found is not None and found.state in SHOWN and place.kind in REFLECTIONS
    return Reason.TOO_LATE if shown else Reason.ROUND_OVER


def placed(partner: Partner, shown_in: int, where: str) -> Message:
    """Say in the question's place what became of the words."""
    return message(K.KEPT_PLACED, partner, where=where).editing(shown_in)


async def note_placed(work: Work, partner: Partner, shown_in: int, place: Destination) -> None:
    """Say in the question's place what the words are for now; an answer to the other names them."""
    note, us = placed(partner, shown_in, place.kind.value), await together(work, partner.id)
    if us is not None and place.kind is DestinationKind.RESPONSE:
        note = replace(note, about=us.other.id)
    await work.outbox.put(note)
