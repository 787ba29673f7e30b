"""Where words go: what is asked of them, what is put aside, and a question that is asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Self

from bot.actions import aside, earlier, hear, journal, named, put_away, respond, solo, waiting
from bot.actions.people import expect, message, together
from bot.actions.reflect import Arrival
from bot.actions.today import UNKEPT
from bot.messages import Message, MessageKind
from bot.practice.destination import (
    MOST_OFFERED,
    QUESTIONS,
    REFLECTIONS,
    Destination,
    DestinationKind,
    expected_place,
)
from bot.practice.draft import PieceKind
from bot.practice.ids import RoundId
from bot.practice.partner import Expecting
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot
from bot.screens import capsule, city, friend, placing, pulse, rhythm, settings, talk_later, talk_steps
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.draft import TAKE_BACK, Pieces, shown_pieces
from bot.screens.request import Handler, Request
from bot.screens.rhythm import coming
from bot.screens.view import Button, ButtonRows, Key, Unsaid, View

K = MessageKind
IN_A_ROW = 2

PLACES: Mapping[DestinationKind, Key] = {
    kind: Key(Verb.PLACE, f"place_{kind.value}")
    for kind in DestinationKind
    if kind not in (DestinationKind.WAITING, DestinationKind.PRESS)
}
PLACE_KEYS = tuple(PLACES.values())
NOWHERE = Key(Verb.NOWHERE, "place_nowhere")
ONE_BY_ONE = Key(Verb.ONE_BY_ONE, "place_one_by_one")
TAKE_UP = Key(Verb.TAKE_UP, "take_up")
NEVER_MIND = Key(Verb.NEVER_MIND, "withdraw")


async def _day(context: RenderContext, place: Destination) -> str:
    """Write the date of an earlier round that is written to; empty for any other place."""
    round_ = await context.work.rounds.find(place.round) if place.round else None
    reflected = place.kind in REFLECTIONS and round_ is not None and round_.late
    return context.date(round_.local_date) if round_ is not None and reflected else ""


MOST_QUOTED = 1_800  # characters, at most two UTF-16 units each, of the 4,096 that a message holds


def _short(pieces: Pieces) -> Pieces:
    """Shorten what is quoted to what one message holds, the longest first: each is known by how it begins."""
    most = _most_of_each([len(piece["text"]) for piece in pieces])
    return [
        piece if len(piece["text"]) <= most else {**piece, "text": f"{piece['text'][: most - 2]} …"}
        for piece in pieces
    ]


def _most_of_each(lengths: Sequence[int]) -> int:
    """Tell how many characters of each part can be quoted, where the short ones leave their rest to the long."""
    left = MOST_QUOTED
    for number, length in enumerate(sorted(lengths)):
        share = left // (len(lengths) - number)
        if length > share:
            return share
        left -= length
    return MOST_QUOTED


class WhatFor(View, of=K.KEPT_ASK):
    """Quotes words that wait, and asks what they are for."""

    pieces: Pieces
    adding: bool  # to what is sealed, and nothing else is open
    letter: bool  # nothing is open: a letter could begin with them
    resting: bool
    next_time: str
    next_ahead: int
    next_weekday: str
    next_unix: int
    press: bool  # they may answer a question that has buttons
    to_bot: bool  # they may be said to the bot
    day: str  # of what is sealed, where it is an earlier one
    places: Unsaid[Sequence[Destination]]
    days: Unsaid[Mapping[Destination, str]]  # of earlier rounds

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the words; none where they have found their place."""
        if context.me is None:
            return None
        details = context.message.details
        quoted = waiting.quoted(await context.work.kept.of(context.me.id), details)
        places = waiting.offered(details)
        if not quoted:
            return None
        kinds = [place.kind for place in places]
        adding = kinds == [DestinationKind.ADDITION]
        days = {place: day for place in places if (day := await _day(context, place))}
        day = days.pop(places[0], "") if adding else ""  # else the button says it
        back = context.say(PLACES[DestinationKind.ADDITION].label)
        for place, date in days.items():
            if place.kind is DestinationKind.ADDITION:
                days[place] = f"{back} ({date})"
        pieces = _short(shown_pieces(quoted))
        perhaps = waiting.perhaps_of(details)
        return cls(
            pieces=pieces,
            adding=adding,
            letter=kinds == [DestinationKind.CAPSULE],
            resting=context.me.resting,
            **coming(context),
            press=waiting.Perhaps.PRESS in perhaps,
            to_bot=waiting.Perhaps.TO_BOT in perhaps,
            day=day,
            places=places,
            days=days,
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place what they can be for, and nowhere; several parts can be asked about one by one.

        Under sealed words the way back for these alone stands besides: any words may be of somebody who regrets them.
        """
        del message
        given = [self._button(place) for place in self.places] + [NOWHERE()]
        back = [TAKE_BACK(place.round or 0) for place in self.places] if self.adding else []
        return [given[:IN_A_ROW], given[IN_A_ROW:], back, [ONE_BY_ONE()] if len(self.pieces) > 1 else []]

    def _button(self, place: Destination) -> Button:
        key, about = PLACES[place.kind], (place.kind.value, place.round or 0)
        return key.saying(self.days[place], *about) if place in self.days else key(*about)


class Placed(View, of=K.KEPT_PLACED):
    """What became of words that waited."""

    where: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Take it from the message."""
        return cls(where=str(context.message.details["where"]))


SLOTS: Mapping[str, Sequence[Slot]] = {
    Expecting.RESPONSE: (Slot.RESPONSE, Slot.SECOND_RESPONSE),
    Expecting.CLARIFICATION: (Slot.CLARIFICATION,),
}
"""In which an answer that is put aside may be written already."""


class PutAside(View, of=K.PUT_ASIDE):
    """What was open before something else asks for words."""

    what: str
    written: bool  # something that has not gone out
    starter: Unsaid[str]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Take it from the message, and look whether anything is written."""
        details, me, round_ = context.message.details, context.me, context.round
        drafts = [
            await context.work.words.own(me.id, round_.id, slot)
            for slot in SLOTS.get(str(details[aside.WHAT]), ())
            if me and round_
        ]
        return cls(
            what=str(details[aside.WHAT]),
            written=any(draft.pieces and draft.committed_at is None for draft in drafts),
            starter=str(details.get("starter", "")),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back to it."""
        return [[TAKE_UP(self.what, message.round or 0, self.starter)]]


class AskAgain(View, of=K.ASK_AGAIN):
    """Asks once more, with two examples; `last` lets it go."""

    what: str
    last: bool
    why: str
    kept: bool  # what was no answer: it is asked about

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Take the question from the message."""
        details = context.message.details
        return cls(
            what=str(details["what"]),
            last=bool(details["last"]),
            why=str(details.get("why", "")),
            kept=bool(details["kept"]),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way out."""
        del message
        return [] if self.last else [[NEVER_MIND()]]


async def place(request: Request) -> None:
    """Put waiting words where their writer says, or ask anew where that takes none any more."""
    said = request.press.text(0)
    if said not in {kind.value for kind in PLACES}:
        raise Refusal(Reason.NOT_YOURS)
    chosen = Destination(
        DestinationKind(said), RoundId(request.press.number(1)) if request.press.number(1) else None
    )
    await waiting.asked_about(request.work, request.me, request.source)
    now = await waiting.as_open(request.work, request.me, chosen)
    if (
        now.kind is DestinationKind.ADDITION and now != chosen
    ):  # sealed since: whether to take it back is asked
        await waiting.ask_again(request.work, request.me)
        return
    chosen = now
    over = await waiting.why_over(request.work, request.me, chosen)
    if over is not None:
        await request.say(K.REFUSAL, reason=over.value)
        await waiting.ask_again(request.work, request.me)
        return
    await hear.hear_in_part(request.work, request.me, chosen)
    arrivals = await waiting.take(request.work, request.me, request.source)
    await waiting.note_placed(request.work, request.me, request.source, chosen)
    await placing.put(await _without_question(request, chosen), chosen, arrivals)


async def _without_question(request: Request, chosen: Destination) -> Request:
    """Put a question aside whose answer these words are not: it can be taken up again."""
    asked, work = request.me.expectation, request.work
    place = expected_place(asked)
    if place is None or place.kind not in QUESTIONS or place == chosen:
        return request
    if chosen.kind is not DestinationKind.CAPSULE:
        await work.outbox.put(*aside.aside(request.me, work.now))
    return replace(request, partner=await expect(work, request.me))


async def nowhere(request: Request) -> None:
    """Let waiting words go."""
    arrivals = await waiting.take(request.work, request.me, request.source)
    await request.work.outbox.put(waiting.placed(request.me, request.source, "nowhere"))
    sources = [arrival.source for arrival in arrivals]
    await put_away.let_go(request.work, request.me, sources, request.source)


async def one_by_one(request: Request) -> None:
    """Ask about several waiting parts one by one."""
    await waiting.one_by_one(request.work, request.me, request.source)


async def take_up(request: Request) -> None:
    """Go on with what was put aside."""
    again = TAKEN_UP.get(request.press.text(0))
    if again is None:
        raise Refusal(Reason.NOT_YOURS)
    await again(request)


async def not_for_you(request: Request) -> None:
    """Ask what words are for that were taken as said to the bot, and weren't."""
    source, work = request.press.number(0), request.work
    held = request.services.unkept.take(request.visitor.chat, source)
    places = await named.open_places(work, await together(work, request.me.id))
    said = await work.outbox.shown_in(request.me.id, request.source)
    if said is not None and said.kind is K.COURTESY:  # what it says of them is true no more
        alone = said.details["what"] == UNKEPT
        note = message(K.GONE if alone else K.COURTESY, request.me, **{**said.details, UNKEPT: 0})
        await work.outbox.put(note.editing(request.source))
    if not held or not places:
        await request.say(K.COURTESY, what=UNKEPT if held else "forgotten")
        return
    await waiting.ask(work, request.me, Arrival(PieceKind.TEXT, held, source), places[:MOST_OFFERED])
    await named.note_asked(work, request.me)


async def _practise(request: Request) -> None:
    vignette = request.press.text(2)
    if not request.services.content.has_vignette(request.language, vignette):
        raise Refusal(Reason.NOT_YOURS)
    await solo.tell(request.work, request.me, vignette)


async def _write(request: Request) -> None:
    await earlier.write_for(request.work, request.me, request.round_of(1))


async def _respond(request: Request) -> None:
    starter = request.press.text(2) or None
    await respond.begin_response(request.work, request.me, request.round_of(1), starter)


async def _clarify(request: Request) -> None:
    await respond.ask_clarification(request.work, request.me, request.round_of(1))


async def _search(request: Request) -> None:
    await journal.ask_search(request.work, request.me)


async def _card(request: Request) -> None:
    await request.ask(Expecting.CARD, K.CARD_ASK)


TAKEN_UP: Mapping[str, Handler] = {
    Expecting.CAPSULE: capsule.look,
    Expecting.CAPSULE_DAY: capsule.ask_day,
    Expecting.SOLO: _practise,
    Expecting.FRIEND: friend.take_up,
    Expecting.REFLECTION: _write,
    Expecting.RESPONSE: _respond,
    Expecting.CLARIFICATION: _clarify,
    Expecting.CITY: city.ask,
    Expecting.HOUR: rhythm.other_hour,
    Expecting.QUIET: settings.other_quiet,
    Expecting.PULSE_HOUR: pulse.ask_hour,
    Expecting.NAME: settings.name,
    Expecting.SEARCH: _search,
    Expecting.CARD: _card,
    Expecting.LATER: talk_later.ask_later,
    Expecting.TALK: talk_steps.take_up,
}


async def never_mind(request: Request) -> None:
    """Let a question go; a worn button lets nothing go that was asked since."""
    asked = request.me.expectation.what.value
    pressed = request.press.text(0) if request.press.arguments else asked
    if pressed not in set(Expecting):
        raise Refusal(Reason.NOT_YOURS)
    if pressed == asked:
        await expect(request.work, request.me)
    await request.work.outbox.put(request.to_me(K.CANCELLED, what=pressed).editing(request.source))


COMMANDS: Mapping[str, Handler] = {}
PRESSES: Mapping[Verb, Handler] = {
    Verb.PLACE: place,
    Verb.NOWHERE: nowhere,
    Verb.ONE_BY_ONE: one_by_one,
    Verb.TAKE_UP: take_up,
    Verb.NOT_FOR_YOU: not_for_you,
    Verb.NEVER_MIND: never_mind,
}
