"""What the screens of a talk share: which talk a message or a button is about, and the ways out of it."""

from bot.actions.talk_told import KIND, STEP, TALK
from bot.messages import Message
from bot.practice.ids import TalkId
from bot.practice.refusals import Reason, Refusal
from bot.practice.talk import Talk, TalkKind, TalkState
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Request
from bot.screens.view import Key

PAUSE = Key(Verb.TALK_PAUSE, "talk_pause")
STOP = Key(Verb.TALK_STOP, "talk_stop")


def talk_of(message: Message) -> int:
    """Return the id of the talk that a message is about; 0 for none."""
    return int(message.details.get(TALK, 0))


def kind_of(context: RenderContext) -> str:
    """Return which kind of talk a message is about."""
    return str(context.message.details.get(KIND, TalkKind.DIALOGUE.value))


async def loaded(context: RenderContext, *states: TalkState) -> Talk | None:
    """Load the talk that a message is about, in one of these states; None where it has moved on."""
    found = await context.work.talks.find(TalkId(talk_of(context.message)))
    return found if found is not None and found.state in states else None


def talk_id(request: Request, place: int = 0) -> TalkId:
    """Read which talk a button is of."""
    return TalkId(request.press.number(place))


def pressed_kind(request: Request, place: int = 0) -> TalkKind:
    """Read which kind of talk a button is of. Raises Refusal NOT_YOURS where it names none."""
    said = request.press.text(place)
    if said not in set(TalkKind):
        raise Refusal(Reason.NOT_YOURS)
    return TalkKind(said)


def step_of(message: Message) -> int:
    """Return the step that a message is about."""
    return int(message.details[STEP])
