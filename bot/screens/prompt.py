"""A round's prompt, its reminder, and what each way of prompting practises."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Self, TypedDict

from bot.actions import reflect, rhythm
from bot.actions.another_card import another_card
from bot.actions.choose import choose
from bot.actions.people import must_be_together, their_round
from bot.content import Content
from bot.messages import Message, MessageKind
from bot.practice.draft import PieceKind
from bot.practice.ids import PartnerId
from bot.practice.own_card import OWN_CARD
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import MOST_SWAPS, WRITABLE, Round, Slot
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.view import Button, ButtonRows, Key, Unsaid, View, round_of
from prompts.deck import Prompt, Side, with_name
from prompts.prompt import StarterKind, Task

K = MessageKind

NOT_TODAY = Key(Verb.NOT_TODAY, "not_today")
ANOTHER_CARD = Key(Verb.ANOTHER_CARD, "another_card")
CHOOSE = Key(Verb.CHOOSE)
LEAVE_ARC = Key(Verb.LEAVE_ARC, "leave_arc")
WORRIES = Key(
    Verb.WORRIES, "worries_me"
)  # under all words of the other's: it says nothing of what was written


A_DAY = timedelta(days=1)

ALONE_TOO = (Task.EACH, Task.GUESS, Task.ASK)
"""The tasks that need nothing of the other's words."""


class Given(TypedDict):
    """A prompt as one partner has it: their side, in plain words where they want them."""

    label: str
    text: str
    hint: str


def day_of_card(context: RenderContext, round_: Round) -> str:
    """Write the date of a card that is no more of today: a rest, or days without one, have kept it open since."""
    return context.date(round_.local_date) if context.work.now - round_.opened_at >= A_DAY else ""


def prompt_of(context: RenderContext, round_: Round, me: Partner) -> Given:
    """Return a prompt as one partner has it: the round's, or another card that they have taken."""
    card = card_shown(round_, me)
    prompt = context.content.prompt(card, context.language)
    hint = prompt.hint_for(side_of(round_, me) if card == round_.prompt else 0)
    return {
        "label": label_of(context, card, context.called),
        "text": text_of(context, round_, me, card, context.called),
        "hint": with_name(hint, context.called),
    }


def label_of(context: RenderContext, card: str, other: str) -> str:
    """Name what kind of card one is; of one of them's own, whose it is. `other` is the other's name."""
    if card == OWN_CARD and context.own is not None:
        return own_card_named(context, other)
    return context.content.prompt(card, context.language).label


def card_shown(round_: Round, me: Partner) -> str:
    """Name the card that one partner is shown: what their sealed words are for, or else what they have now."""
    return round_.answered(me.id) if round_.turn(me.id).sealed else round_.card(me.id)


def own_card_named(context: RenderContext, other: str) -> str:
    """Name the card of one of them without its words: whose it is."""
    theirs = context.own is not None and context.me is not None and context.own.author != context.me.id
    key = "own_card_theirs" if theirs else "own_card_mine"
    return context.content.renderer.button(key, context.language, other=other)


def is_foreign(context: RenderContext, round_: Round, me: Partner) -> bool:
    """Tell whether a partner's card has no words in their language: they have changed it since it came."""
    card = card_shown(round_, me)
    return card != OWN_CARD and card not in context.content.library(context.language).spoken


def theirs_to_ask(context: RenderContext, round_: Round, me: Partner, card: str | None = None) -> bool:
    """Tell whether the card that is shown is one that the other wrote: their words, and covered as such."""
    own = context.own
    return own is not None and own.author != me.id and (card or card_shown(round_, me)) == OWN_CARD


def is_protected(context: RenderContext, round_: Round, me: Partner, card: str | None = None) -> bool:
    """Tell whether what is shown is the other's own card, which they want nobody to forward or save."""
    theirs = theirs_to_ask(context, round_, me, card)
    return theirs and (context.other is None or context.other.protect)


def text_of(
    context: RenderContext, round_: Round, whose: Partner, card: str, other: str, *, plain: bool | None = None
) -> str:
    """Write a card as one partner has it: their side of the round's prompt, or all of one for one alone.

    `other` is whom it names; `plain` is that partner's choice where it isn't given.
    """
    return with_name(
        card_text(context, round_, whose.id, card, plain=whose.plain if plain is None else plain), other
    )


def card_text(context: RenderContext, round_: Round, whose: PartnerId, card: str, *, plain: bool) -> str:
    """Give a card's words as `text_of` writes them, with `{other}` unreplaced."""
    prompt = context.content.prompt(card, context.language)
    if card == OWN_CARD and context.own is not None and context.own.id == round_.own:
        return context.own.text
    if card == round_.prompt:
        return prompt.side_text(1 if round_.side(whose) else 0, plain=plain)
    return prompt.single_text(plain=plain)


def answered_card(context: RenderContext, round_: Round, whose: Partner, other: str) -> str:
    """Write the card that one partner's words are for, in the reader's choice of words; each, where there were more."""
    plain = context.me.plain if context.me else None
    *before, last = round_.cards(whose.id)
    named = [
        own_card_named(context, other)
        if card == OWN_CARD
        else text_of(context, round_, whose, card, other, plain=plain)
        for card in before
    ]
    return "\n".join([*named, text_of(context, round_, whose, last, other, plain=plain)])


def prompt_answered(context: RenderContext, round_: Round, author: Partner) -> Prompt:
    """Return the prompt that an author's words are for."""
    return context.content.prompt(round_.answered(author.id), context.language)


def task_of(content: Content, language: str, round_: Round, author: PartnerId) -> Task:
    """Tell what an author's words are for their reader.

    Whoever has taken another card tells of themselves; and so does the one who has kept theirs, where it has
    lost its other half.
    """
    if round_.answered(author) != round_.prompt:
        return Task.EACH
    task = content.prompt(round_.prompt, language).task(1 if round_.side(author) else 0)
    whole = round_.answered(round_.other(author).partner) == round_.prompt
    return task if whole or task in ALONE_TOO else Task.EACH


def starters_of(context: RenderContext, round_: Round, author: Partner) -> StarterKind:
    """Tell how a response to an author's words may begin."""
    prompt = prompt_answered(context, round_, author)
    return prompt.starters_on(side_of(round_, author)) if prompt.id == round_.prompt else prompt.starters


def _prompt(context: RenderContext, round_: Round) -> Prompt:
    return context.content.prompt(round_.prompt, context.language)


def side_of(round_: Round, partner: Partner) -> Side:
    """Return which side of a round's prompt a partner has."""
    return 1 if round_.side(partner.id) else 0


class DailyPrompt(View, of=K.PROMPT):
    """A prompt that can still be written to."""

    day: str  # as `day_of_card` has it
    label: str
    text: str
    asked: str  # of the other, where it has to do with this side
    hint: str
    first: bool  # of all the couple's rounds
    begins: bool  # it is the first that the two see
    arc: str  # what the week's thread is about, where it begins
    teach: str
    quick: bool  # a tap can answer it
    theirs: bool  # the other's own words
    cover: bool
    protect: Unsaid[bool]
    choices: Unsaid[Sequence[str]]
    in_arc: Unsaid[bool]
    swaps: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the prompt, the thread it is of, and what is to be taught with it."""
        me, round_ = context.me, context.round
        if me is None or round_ is None or round_.state not in WRITABLE or round_.late:
            return None
        return cls(
            day=day_of_card(context, round_),
            **prompt_of(context, round_, me),
            asked=asked_of(context, round_, me),
            first=round_.ordinal == 0,
            begins=round_.ordinal == 0 and not round_.turn(me.id).swaps,
            arc=_announced(context, round_),
            teach=await _teaching(context, round_, me),
            quick=bool(choices := choices_of(context, round_, me)),
            choices=choices,
            theirs=theirs_to_ask(context, round_, me),
            cover=context.cover,
            protect=is_protected(context, round_, me),
            in_arc=round_.arc is not None,
            swaps=round_.turn(me.id).swaps,
        )

    @property
    def protected(self) -> bool:
        """Whether the card's author wants nobody to forward or save it."""
        return self.protect

    def buttons(self, message: Message) -> ButtonRows:
        """Place a quick prompt's answers, the way to another card while there is one, and the ways to leave it."""
        round_ = round_of(message)
        row = [NOT_TODAY(round_)]
        ways = ways_on(round_, self.choices, self.swaps)
        return [*ways, [*row, LEAVE_ARC()] if self.in_arc else row, worries(theirs=self.theirs)]


def choices_of(context: RenderContext, round_: Round, me: Partner) -> Sequence[str]:
    """Give the answers to a partner's card that a tap picks; none where it is no quick one."""
    return context.content.prompt(round_.card(me.id), context.language).choices


def ways_on(round_: int, choices: Sequence[str], swaps: int) -> list[list[Button]]:
    """Place a quick prompt's answers, and the way to another card while there is one."""
    another = [ANOTHER_CARD(round_, swaps)] if swaps < MOST_SWAPS else []
    return [*answers(round_, choices, swaps), another]


def answers(round_: int, choices: Sequence[str], swaps: int) -> list[list[Button]]:
    """Place a quick prompt's answers; `swaps` says which of a partner's cards they are of."""
    taps = [CHOOSE.saying(choice, round_, place, swaps) for place, choice in enumerate(choices)]
    return [taps[:2], taps[2:]]


def worries(*, theirs: bool) -> list[Button]:
    """Place what is pressed where the other's own card is one that worries; nothing under any other card."""
    return [WORRIES()] if theirs else []


def asked_of(context: RenderContext, round_: Round, me: Partner) -> str:
    """Tell what the other is asked, where it has to do with one's own side; empty where it has not."""
    if round_.card(me.id) != round_.prompt:
        return ""
    line = _prompt(context, round_).side_line(side_of(round_, me))
    lines = context.content.words(context.language).side_lines
    return with_name(lines[line].text, context.other_name) if line else ""


def _announced(context: RenderContext, round_: Round) -> str:
    prompt = _prompt(context, round_)
    arc = context.content.library(context.language).arcs.get(prompt.arc) if prompt.arc else None
    return arc.announce if arc and round_.arc is not None and prompt.place_in_arc == 1 else ""


async def _teaching(context: RenderContext, round_: Round, me: Partner) -> str:
    """Return in two sentences what a way is, the first time that a partner meets it.

    Not in their very first round: that day brings enough to read, and the way comes again.
    """
    if round_.card(me.id) != round_.prompt:
        return ""
    prompt = _prompt(context, round_)
    way = prompt.way
    known = {card.id: card.way for card in context.content.cards()}
    seen = await context.work.rounds.seen([me.id])
    first = min(seen, key=seen.__getitem__, default=None)
    met = {known.get(prompt) for prompt in seen if prompt not in (first, round_.prompt)}
    if round_.prompt == first or way in met:
        return ""
    task = prompt.task(side_of(round_, me))
    return with_name(context.content.words(context.language).ways[way].text_for(task), context.other_name)


class Reminder(View, of=K.REMINDER):
    """The prompt once more, to whoever has not sealed, declined, gone to rest or switched this off."""

    text: str
    drafted: bool  # something is written, and isn't sealed
    waits: bool  # words of theirs wait for their place
    quick: bool  # a tap can answer it
    theirs: bool
    cover: bool
    choices: Unsaid[Sequence[str]]
    swaps: Unsaid[int]
    protect: Unsaid[bool]

    @property
    def protected(self) -> bool:
        """Whether the card's author wants nobody to forward or save it."""
        return self.protect

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the prompt."""
        me, round_ = context.me, context.round
        if me is None or round_ is None or round_.state not in WRITABLE or round_.late:
            return None
        turn = round_.turn(me.id)
        if turn.sealed or turn.declined or me.resting or not me.reminders:
            return None
        draft = await context.work.words.own(me.id, round_.id, Slot.REFLECTION)
        return cls(
            text=prompt_of(context, round_, me)["text"],
            drafted=bool(draft.pieces),
            waits=bool(await context.work.kept.of(me.id)),
            quick=bool(choices := choices_of(context, round_, me)),
            choices=choices,
            swaps=turn.swaps,
            theirs=theirs_to_ask(context, round_, me),
            cover=context.cover,
            protect=is_protected(context, round_, me),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place a quick prompt's answers, and help under the other's own card."""
        taps = [] if self.drafted else answers(round_of(message), self.choices, self.swaps)
        return [*taps, worries(theirs=self.theirs)]


class Ways(View, of=K.WAYS):
    """What every way practises, and why."""

    ways: Sequence[Mapping[str, str]]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Write every way, of nobody in particular."""
        given, name = context.content.words(context.language).ways.values(), context.say("the_other")
        return cls(ways=[{"title": way.title, "text": with_name(way.text, name)} for way in given])


async def not_today(request: Request) -> None:
    """Leave today's round alone."""
    await reflect.not_today(request.work, request.me, request.round_of())


async def take_another(request: Request) -> None:
    """Take another card for oneself alone."""
    us = await must_be_together(request.work, request.me.id)
    cards, swaps = request.services.content.cards(us.me.language, us.other.language), request.press.number(1)
    await another_card(request.work, request.me, request.round_of(), swaps, cards)


async def take_choice(request: Request) -> None:
    """Put a quick prompt's answer into the draft.

    Raises Refusal NOT_YOURS where the card has no such answer, or the button is of one that they had before.
    """
    us = await must_be_together(request.work, request.me.id)
    round_ = await their_round(request.work, us, request.round_of())
    card = round_.card(request.me.id)
    choices, place = request.services.content.prompt(card, request.language).choices, request.press.number(1)
    stale = request.press.arguments[2:] and request.press.number(2) != round_.turn(request.me.id).swaps
    if place >= len(choices) or stale:
        raise Refusal(Reason.NOT_YOURS)
    picked = reflect.Arrival(PieceKind.TEXT, choices[place], request.source)
    await choose(request.work, us, round_, choices, picked)


async def leave_arc(request: Request) -> None:
    """Leave the week's thread."""
    await rhythm.leave_arc(request.work, request.me)


async def show_ways(request: Request) -> None:
    """Tell again what each way is and why it helps."""
    await request.say(K.WAYS)


COMMANDS: Mapping[str, Handler] = {"ways": show_ways}
PRESSES: Mapping[Verb, Handler] = {
    Verb.NOT_TODAY: not_today,
    Verb.ANOTHER_CARD: take_another,
    Verb.CHOOSE: take_choice,
    Verb.LEAVE_ARC: leave_arc,
}
