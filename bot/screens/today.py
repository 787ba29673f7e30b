"""Where things stand, and the pages that explain."""

from collections.abc import Mapping, Sequence
from typing import Self

from bot.actions import named
from bot.actions import today as actions
from bot.actions.people import expect, together
from bot.actions.today import AFTER_REVEAL, TO_BE_DONE, UNKEPT, plain, today
from bot.messages import Message, MessageKind
from bot.practice.partner import Expecting, Partner
from bot.practice.refusals import Reason
from bot.practice.round import MOST_SWAPS, Round, Slot
from bot.practice.standing import Standing
from bot.screens import taking_back
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.draft import TAKE_BACK, fate_of, is_shown
from bot.screens.prompt import (
    NOT_TODAY,
    Given,
    asked_of,
    choices_of,
    day_of_card,
    is_foreign,
    is_protected,
    prompt_of,
    theirs_to_ask,
    ways_on,
    worries,
)
from bot.screens.put_away import SHOW_MINE
from bot.screens.request import Handler, Request
from bot.screens.response import LEAVE_THERE, OWN, heard_rows
from bot.screens.rhythm import NEVER, coming
from bot.screens.serving import stop_practice
from bot.screens.ten_minutes import TEN_MINUTES, can_be_asked_for
from bot.screens.view import ButtonRows, Key, Unsaid, View, round_of
from prompts.courtesies import RESTS
from storage.sweep import NEWEST, USUAL

K = MessageKind
SHOW_AGAIN = Key(Verb.SHOW_AGAIN, "show_again")
AT_EASE = (Standing.TO_RESPOND, Standing.SHOWN)  # what follows a reveal and has no other buttons
NOT_FOR_YOU = Key(Verb.NOT_FOR_YOU, "not_for_you")
NOTHING: Given = {"label": "", "text": "", "hint": ""}


class Today(View, of=K.TODAY):
    """What of the round is the reader's own, and when the next one comes."""

    standing: str
    gone: bool
    then: str  # what has become of sealed words since it was said
    day: str  # the card's, where it isn't of today
    label: str
    text: str
    hint: str
    asked: str  # of the other, where it has to do with this side
    foreign: bool  # there are no words for it in the reader's language, so it comes in English
    quick: bool  # a tap can answer it
    theirs: bool  # the other's own words
    cover: bool
    next_time: str
    next_ahead: int
    next_weekday: str
    next_unix: int
    protect: Unsaid[bool]
    choices: Unsaid[Sequence[str]]
    swaps: Unsaid[int]
    away: Unsaid[bool]  # one's own words are
    together: Unsaid[bool]  # ten minutes can be asked for

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load the round's prompt, if there is one."""
        details, round_, me = context.message.details, context.round, context.me
        return cls(
            standing=str(details["standing"]),
            gone=bool(details.get("gone")),
            then=_since(round_, me) if round_ and me and context.message.edit else "",
            day=_day(context),
            away=bool(me and me.put_away),
            together=details["standing"] in AT_EASE and can_be_asked_for(context),
            **(prompt_of(context, round_, me) if round_ and me else NOTHING),
            asked=asked_of(context, round_, me) if round_ and me else "",
            foreign=is_foreign(context, round_, me) if round_ and me else False,
            quick=bool(choices := choices_of(context, round_, me) if round_ and me else ()),
            theirs=theirs_to_ask(context, round_, me) if round_ and me else False,
            cover=context.cover,
            choices=choices,
            swaps=round_.turn(me.id).swaps if round_ and me else MOST_SWAPS,
            protect=round_ is not None and me is not None and is_protected(context, round_, me),
            **coming(context),
        )

    @property
    def protected(self) -> bool:
        """Whether the card's author wants nobody to forward or save it."""
        return self.protect

    def buttons(self, message: Message) -> ButtonRows:
        """Place what can be done, and the way to the other's words."""
        if self.then:
            return []
        again = [] if self.gone or self.standing not in AFTER_REVEAL else [SHOW_AGAIN(round_of(message))]
        unwritten = self.standing == Standing.UNWRITTEN
        ways = ways_on(round_of(message), self.choices, self.swaps) if unwritten else []
        together = [TEN_MINUTES(round_of(message))] if self.together else []
        stand = [] if self.gone else _rows(self.standing, message, away=self.away)
        return [*ways, *stand, again, together, worries(theirs=unwritten and self.theirs)]


def _day(context: RenderContext) -> str:
    """Write the date of a card that isn't of today, or that a rest keeps open."""
    if context.round is None:
        return ""
    if context.message.details.get("rest"):
        return context.date(context.round.local_date)
    return day_of_card(context, context.round)


def _since(round_: Round, me: Partner) -> str:
    """Name what sealed words are by now: open, over, ended, or their writer's alone."""
    if is_shown(round_):
        return "open"
    return fate_of(round_) or ("" if round_.turn(me.id).sealed else "alone")


class Plain(View, of=K.PLAIN):
    """The same in answer to what nobody asked for."""

    standing: str
    dropped: bool  # words came, and no thanks
    again: int  # so often in a row, two at most
    left: bool  # their couple has just ended
    next_time: str
    next_ahead: int
    next_weekday: str
    next_unix: int

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load when the next round comes."""
        details = context.message.details
        return cls(
            standing=str(details["standing"]),
            dropped=bool(details.get("dropped")),
            again=int(details.get("again", 0)),
            left=bool(details.get(actions.LEFT)),
            **coming(context),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place what can be done."""
        return _rows(self.standing, message)


class Courtesy(View, of=K.COURTESY):
    """A short answer to thanks or a greeting, with when the next round comes where that is said along."""

    what: str
    command: str  # that leads where they want to
    talking: bool  # a talk goes on, whose buttons let it rest
    dropped: bool  # words came with what is asked for by a button, and are not kept
    then: bool  # once that is answered, another button is for what is written
    unkept: bool  # they could have been for somebody else, and are not kept unless they say so
    next_time: str
    next_ahead: int
    next_weekday: str
    next_unix: int

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load when the next round comes, as far as the reader is not resting and nothing waits for them."""
        details, me = context.message.details, context.me
        free = me and not me.resting and not details.get(TO_BE_DONE)
        us = await together(context.work, me.id) if details["what"] in RESTS and me is not None else None
        talk = await context.work.talks.live(us.couple.id) if us is not None else None
        return cls(
            what=str(details["what"]),
            command=str(details.get("command", "")),
            talking=talk is not None,
            dropped=bool(details.get("dropped")),
            then=bool(details.get("then")),
            unkept=bool(details.get(UNKEPT)),
            **(coming(context) if free else NEVER),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back for words that weren't for the bot."""
        source = int(message.details.get(UNKEPT, 0))
        return [[NOT_FOR_YOU(source)]] if source else []


def _rows(standing: str, message: Message, *, away: bool = False) -> ButtonRows:
    round_ = round_of(message)
    match standing:
        case Standing.UNWRITTEN:
            return [[NOT_TODAY(round_)]]
        case Standing.SEALED:
            mine = [SHOW_MINE(round_, Slot.REFLECTION.value)] if away else []
            return [[*mine, TAKE_BACK(round_)]]
        case Standing.TO_HEAR:
            return heard_rows(message)
        case Standing.TO_CLARIFY:
            return [[LEAVE_THERE(round_, OWN)]]
        case _:
            return []


class Privacy(View, of=K.PRIVACY):
    """For how many days what is kept."""

    messages: int
    traces: int
    updates: int
    newest: int
    invites: int

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load the operator's choices."""
        kept = context.here.retention
        return cls(
            messages=kept.messages,
            traces=max(kept.messages, USUAL.messages.days),
            updates=kept.updates,
            newest=NEWEST,
            invites=kept.invites,
        )


class Cancelled(View, of=K.CANCELLED):
    """What has been stopped."""

    what: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Take it from the message."""
        return cls(what=str(context.message.details["what"]))


async def show(request: Request) -> None:
    """Tell where the round stands for this partner; practice stops there."""
    request = await stop_practice(request)
    await today(request.work, request.me)


async def show_again(request: Request) -> None:
    """Show the other's words once more."""
    await actions.show_again(request.work, request.me, request.round_of(), request.source)


async def show_help(request: Request) -> None:
    """Explain in a few lines."""
    await request.say(K.HELP)


async def show_privacy(request: Request) -> None:
    """Say what is kept, and how to take it away."""
    await request.say(K.PRIVACY)


async def cancel(request: Request) -> None:
    """Stop what waits for words, and say what it was."""
    asked = request.me.expectation.what
    await expect(request.work, request.me)
    if asked is Expecting.FRIEND:
        await request.work.sittings.let_go(request.me.id)
    stopped = await named.stop_what_ends(request.work, request.me)
    if asked is not Expecting.NOTHING:
        stopped = asked.value
    goes_on = "" if stopped else await _goes_on(request)
    talking = goes_on == Expecting.TALK
    if not stopped and not talking and await taking_back.show(request, kinds=taking_back.FOR_LATER):
        return
    await request.say(K.CANCELLED, what=stopped or goes_on)


async def _goes_on(request: Request) -> str:
    """Name what waits though no words are asked for: words for their place, or a talk for the other's step."""
    if await request.work.kept.of(request.me.id):
        return "waiting"
    us = await together(request.work, request.me.id)
    live = await request.work.talks.live(us.couple.id) if us else None
    return (Expecting.NOTHING if live is None else Expecting.TALK).value


async def unknown_command(request: Request) -> None:
    """Answer a command that we do not have by where the person stands."""
    if request.partner is None:
        await request.say(K.REFUSAL, reason=Reason.CONSENT_FIRST.value)
    else:
        await plain(request.work, request.partner, command=True)


COMMANDS: Mapping[str, Handler] = {
    "today": show,
    "privacy": show_privacy,
    "help": show_help,
    "cancel": cancel,
}
PRESSES: Mapping[Verb, Handler] = {Verb.SHOW_AGAIN: show_again}
