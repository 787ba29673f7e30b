"""Ten minutes together: the question to each alone, and the small thing that comes where both have said yes."""

from collections.abc import Mapping, Sequence
from typing import Self

from bot.actions import ten_minutes as actions
from bot.actions.people import Together
from bot.messages import Message, MessageKind
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import SHOWN, Nearby
from bot.practice.ten_minutes import are_apart
from bot.practice.themes import opened
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, View, round_of
from prompts.together import pick_thing

K = MessageKind

TEN_MINUTES = Key(Verb.TOGETHER, "ten_minutes")
HERE = Key(Verb.TOGETHER_YES, "yes_here")
APART = Key(Verb.TOGETHER_YES, "yes_apart")
NOT_THIS_TIME = Key(Verb.TOGETHER_NOT, "not_this_time")
NOT_AFTER_ALL = Key(Verb.TOGETHER_NOT, "not_after_all")


def can_be_asked_for(context: RenderContext) -> bool:
    """Tell whether a round that was revealed can bring ten minutes together: not the first, which is full enough."""
    round_ = context.round
    lasts = context.couple is not None and context.couple.parted_at is None
    return round_ is not None and lasts and round_.ordinal > 0 and round_.state in SHOWN


class Asked(View, of=K.TOGETHER_ASK):
    """Asks one partner alone; what they say tells where the two are."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place a yes for either place, and what looks like no answer."""
        round_ = round_of(message)
        yes = [HERE(round_, Nearby.HERE.value), APART(round_, Nearby.APART.value)]
        return [yes, [NOT_THIS_TIME(round_)]]


class Noted(View, of=K.TOGETHER_NOTED):
    """One partner's yes: nothing here depends on the other's."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to take it back."""
        return [[NOT_AFTER_ALL(round_of(message))]]


class Thing(View, of=K.TOGETHER_THING):
    """The small thing that both said yes to."""

    thing: str
    apart: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Find its words; gone where the library has it no more."""
        round_ = context.round
        if round_ is None or round_.thing is None:
            return None
        found = context.content.words(context.language).things.get(round_.thing)
        return cls(thing=found.text, apart=are_apart(round_)) if found else None


async def ask(request: Request) -> None:
    """Ask, or show what has come."""
    await actions.ask(request.work, request.me, request.round_of(), _picking(request))


async def say_yes(request: Request) -> None:
    """Take a yes. Raises Refusal NOT_YOURS where it tells no place."""
    where = request.press.text(1)
    if where not in set(Nearby):
        raise Refusal(Reason.NOT_YOURS)
    round_, place, pick = request.round_of(), Nearby(where), _picking(request)
    await actions.say_yes(request.work, request.me, round_, place, pick, shown_in=request.source)


def _picking(request: Request) -> actions.Pick:
    def pick(us: Together, had: Sequence[str], *, apart: bool) -> str | None:
        content, depth = request.services.content, min(partner.depth for partner in us.pair)
        themes = content.library(request.language).themes
        both = {id_ for id_ in opened(us.pair) if id_ in themes and themes[id_].from_depth <= depth}
        things = content.things(*(partner.language for partner in us.pair))
        found = pick_thing(things, us.couple.id, had, apart=apart, opened=both)
        return found.id if found else None

    return pick


async def let_be(request: Request) -> None:
    """Say no, or take a yes back."""
    await actions.let_be(request.work, request.me, request.round_of(), request.source)


PRESSES: Mapping[Verb, Handler] = {
    Verb.TOGETHER: ask,
    Verb.TOGETHER_YES: say_yes,
    Verb.TOGETHER_NOT: let_be,
}
