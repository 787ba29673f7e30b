"""One act of one person: who, in which unit of work, with what; and how a refusal is answered."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from telegram import CallbackQuery, Update, User
from telegram import Message as Incoming
from telegram.ext import CallbackContext

from bot.actions.care import offer_help
from bot.actions.open_rounds import House
from bot.actions.part import tell_now
from bot.actions.people import Visitor
from bot.actions.rest import welcome_back
from bot.actions.wake import wake
from bot.config import Config
from bot.messages import Message, MessageKind
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.telegram.callbacks import Press, Verb, decode
from bot.telegram.desk import DESK
from bot.telegram.lexicon import Lexicon
from bot.telegram.offered import Offered
from bot.telegram.patience import Patience, Verdict
from bot.telegram.ports import Unit
from bot.telegram.whispers import Whispers
from prompts.names import clean_name

K = MessageKind
FRESH = timedelta(minutes=1)  # acts closer than this are not noted one by one


@dataclass(frozen=True)
class Setting:
    """What every handler may need and none may change."""

    config: Config
    lexicon: Lexicon
    house: House
    whispers: Whispers = field(default_factory=Whispers)
    patience: Patience = field(default_factory=Patience.unlimited)
    offered: Offered = field(default_factory=Offered)


@dataclass(frozen=True)
class Act:
    """What one person does."""

    work: Unit
    setting: Setting
    visitor: Visitor
    partner: Partner | None = None
    source: int = 0  # the Telegram message that was written, or whose button was pressed
    text: str = ""  # what was written, or a command's argument
    pressed: Press | None = None
    incoming: Incoming | None = None

    @property
    def me(self) -> Partner:
        """Give the partner who acts. Raises Refusal CONSENT_FIRST for anybody else."""
        if self.partner is None:
            raise Refusal(Reason.CONSENT_FIRST)
        return self.partner

    @property
    def press(self) -> Press:
        """Give the button that was pressed. Raises Refusal NOT_YOURS where there was none."""
        if self.pressed is None:
            raise Refusal(Reason.NOT_YOURS)
        return self.pressed

    @property
    def language(self) -> str:
        """Tell the language to use with this person."""
        return self.partner.language if self.partner else self.visitor.language

    def to_me(self, kind: MessageKind, **details: int | str) -> Message:
        """Address a message to whoever acts."""
        partner = self.partner.id if self.partner else None
        return Message(kind, self.visitor.chat, partner, language=self.visitor.language, details=details)

    async def say(self, kind: MessageKind, **details: int | str) -> None:
        """Queue a message to whoever acts."""
        await self.work.outbox.put(self.to_me(kind, **details))


Handler = Callable[[Act], Awaitable[None]]
Context = CallbackContext[Any, Any, Any, Any]
PtbHandler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def visitor_of(user: User, setting: Setting) -> Visitor:
    """Tell who writes, as Telegram names them; a name that shows nothing becomes a neutral one."""
    language = setting.lexicon.nearest(user.language_code or "en")
    name = clean_name(user.first_name) or clean_name(user.username or "")
    return Visitor(
        user.id, name or setting.lexicon.renderer.button("somebody", language), language, user.username
    )


async def _arrive(update: Update, setting: Setting, source: int) -> Act:
    """Load who acts, and note that they did: replies soon after are never held by quiet hours."""
    desk = DESK.get()
    work = desk.unit
    assert update.effective_user is not None  # noqa: S101 (routes take updates from people only)
    visitor = visitor_of(update.effective_user, setting)
    partner = await work.partners.by_chat(visitor.chat)
    if partner is not None:
        if partner.acted_at is None or work.now - partner.acted_at > FRESH:
            partner = replace(partner, acted_at=work.now)
            await work.partners.save(partner)
        if not partner.reachable:
            partner = await welcome_back(work, partner)
        await wake(work, partner)
    return Act(work, setting, visitor, partner, source=source)


async def _takes(update: Update, setting: Setting) -> bool:
    """Tell whether this act is taken; whoever sends very much is told once that they are not read for now."""
    work, user = DESK.get().unit, update.effective_user
    assert user is not None  # noqa: S101 (routes take updates from people only)
    verdict = setting.patience.weigh(user.id, work.now)
    if verdict is Verdict.TOLD:
        await work.outbox.put(
            Message(K.SLOW_DOWN, user.id, language=setting.lexicon.nearest(user.language_code or "en"))
        )
    return verdict is Verdict.TAKEN


async def _answer(act: Act, handler: Handler) -> None:
    """Do the act; a refusal changes nothing and is said kindly."""
    try:
        async with act.work.savepoint():
            await handler(act)
    except Refusal as refusal:
        ended = refusal.reason is Reason.NO_COUPLE and act.partner is not None
        if not (ended and await tell_now(act.work, act.me)):
            await act.work.outbox.put(await _refused(act, refusal.reason))


async def _refused(act: Act, reason: Reason) -> Message:
    said = act.to_me(K.REFUSAL, reason=reason.value)
    if reason is Reason.ALREADY_SEALED and act.partner is not None:
        couple = await act.work.couples.of(act.partner.id)
        newest = await act.work.rounds.latest(couple.id) if couple else None
        return replace(said, round=newest.id if newest else None)
    return said


def on_message(handler: Handler, setting: Setting, *, heed: bool = False) -> PtbHandler:
    """Make a python-telegram-bot callback of a handler of private messages; `heed` where these are free words."""

    async def callback(update: Update, _: Context) -> None:
        if not await _takes(update, setting):
            return
        incoming = update.effective_message
        act = await _arrive(update, setting, incoming.message_id if incoming else 0)
        act = replace(act, incoming=incoming, text=text_of(incoming))
        await _answer(act, handler)
        if heed and setting.lexicon.alarms(act.text, act.language):
            await _offer_help(act)

    return callback


async def _offer_help(act: Act) -> None:
    """Say the one calm message, also to somebody who has not joined: of them nothing is kept but in memory."""
    if act.partner is not None:
        await offer_help(act.work, act.partner.id)
    elif act.setting.offered.first(act.visitor.chat, act.work.now):
        await act.say(K.CARE)


def on_press(handlers: Mapping[Verb, Handler], setting: Setting) -> PtbHandler:
    """Make a python-telegram-bot callback that gives a pressed button to its verb's handler."""

    async def callback(update: Update, _: Context) -> None:
        query = update.callback_query
        assert query is not None  # noqa: S101 (the route's own filter)
        # To nobody: a press is answered even if it makes whoever pressed a stranger.
        answer = Message(K.CALLBACK, query.from_user.id, details={"query": query.id})
        if not await _takes(update, setting):
            if setting.patience.answers_press(query.from_user.id):
                await DESK.get().unit.outbox.put(answer)
            return
        act = await _arrive(update, setting, query.message.message_id if query.message else 0)
        await act.work.outbox.put(answer)
        press = decode(query.data or "")
        handler = handlers.get(press.verb) if press and _ours(query, act) else None
        if press is None or handler is None:
            await act.say(K.REFUSAL, reason=Reason.NOT_YOURS.value)
            return
        await _answer(replace(act, pressed=press), handler)

    return callback


def _ours(query: CallbackQuery, act: Act) -> bool:
    """Tell whether a button stands in the presser's own private chat, not under a forwarded message."""
    return query.message is not None and query.message.chat.id == act.visitor.chat


def round_of(act: Act, place: int = 0) -> RoundId:
    """Read which round a button is of."""
    return RoundId(act.press.number(place))


def text_of(incoming: Incoming | None) -> str:
    """Give a message's own text or caption."""
    text = (incoming.text or incoming.caption) if incoming else None
    return text if isinstance(text, str) else ""
