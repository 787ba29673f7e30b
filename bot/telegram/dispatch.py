"""Dispatch: an update goes to the first route that fits, with the unit of work that it takes effect in.

`Application.process_update` would catch what a handler raises, and hand nothing over. So the routes are
called by python-telegram-bot's public parts, and a handler's failure is whoever asked's to deal with.
"""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any

from telegram import CallbackQuery, MessageEntity, Update, User
from telegram import Message as Incoming
from telegram.ext import CallbackContext

from bot.actions.people import Visitor
from bot.actions.reflect import Arrival
from bot.actions.store import Unit
from bot.messages import Message, MessageKind
from bot.practice.covers import OPEN, SHUT, unmarked
from bot.practice.draft import PieceKind
from bot.screens.callbacks import Verb
from bot.screens.request import Handler, Services
from bot.screens.serving import arrive, take_command, take_message, take_press
from bot.telegram.application import PtbApplication
from bot.telegram.throttle import Throttle, Verdict
from prompts.names import clean_name, without_controls

K = MessageKind
WAYS_OUT = frozenset(
    {
        MessageEntity.URL,
        MessageEntity.TEXT_LINK,
        MessageEntity.EMAIL,
        MessageEntity.PHONE_NUMBER,
        MessageEntity.MENTION,
        MessageEntity.TEXT_MENTION,
    }
)


class UpdateContext(CallbackContext[Any, Any, Any, Any]):
    """What python-telegram-bot hands a route, with the unit of work in which the update takes effect."""

    unit: Unit


PtbHandler = Callable[[Update, UpdateContext], Coroutine[Any, Any, None]]


async def dispatch(application: PtbApplication, update: Update, unit: Unit) -> None:
    """Give an update to the first route that fits. Raises what the route raises."""
    for route in application.handlers.get(0, ()):
        check = route.check_update(update)
        if check is not None and check is not False:
            context = UpdateContext.from_update(update, application)
            context.unit = unit
            await route.handle_update(update, application, check, context)
            return


def on_message(
    handler: Handler, services: Services, throttle: Throttle, *, heed: bool = False, command: bool = False
) -> PtbHandler:
    """Make a route's callback of a handler of private messages; `heed` where these are free words.

    A `command` is something else that was pressed: a question waits no longer for its answer.
    """

    async def callback(update: Update, context: UpdateContext) -> None:
        user, incoming = update.effective_user, update.effective_message
        assert user is not None  # noqa: S101 (routes take updates from people only)
        if not await _takes(context.unit, user, services, throttle):
            return
        source = incoming.message_id if incoming else 0
        request = await arrive(context.unit, services, visitor_of(user, services), source)
        request = replace(
            request,
            text=text_of(incoming),
            arrival=arrival_of(incoming),
            reply=_replied_to(incoming),
            leads_out=_leads_out(incoming),
            passed_on=_passed_on(incoming),
            point=point_of(incoming),
        )
        await (take_command(request, handler) if command else take_message(request, handler, heed=heed))

    return callback


def on_press(handlers: Mapping[Verb, Handler], services: Services, throttle: Throttle) -> PtbHandler:
    """Make a route's callback that gives a pressed button to its verb's handler."""

    async def callback(update: Update, context: UpdateContext) -> None:
        query = update.callback_query
        assert query is not None  # noqa: S101 (the route's own filter)
        user, unit = query.from_user, context.unit
        # To nobody: a press is answered even if it makes whoever pressed a stranger.
        answer = Message(K.CALLBACK, user.id, details={"query": query.id})
        if not await _takes(unit, user, services, throttle):
            if throttle.answers_press(user.id):
                await unit.outbox.put(answer)
            return
        source = query.message.message_id if query.message else 0
        request = await arrive(unit, services, visitor_of(user, services), source)
        await unit.outbox.put(answer)
        await take_press(request, query.data or "", handlers, ours=_ours(query))

    return callback


async def _takes(unit: Unit, user: User, services: Services, throttle: Throttle) -> bool:
    """Return whether an act is taken; whoever sends very much is told once that they are not read for now."""
    verdict = throttle.weigh(user.id, unit.now)
    if verdict is Verdict.TOLD:
        language = services.content.nearest(user.language_code or "en")
        await unit.outbox.put(Message(K.SLOW_DOWN, user.id, language=language))
    return verdict is Verdict.TAKEN


def visitor_of(user: User, services: Services) -> Visitor:
    """Return who writes, as Telegram names them; a name that shows nothing becomes a neutral one."""
    content = services.content
    code = user.language_code or "en"
    language = content.nearest(code)
    name = clean_name(user.first_name) or clean_name(user.username or "")
    return Visitor(
        user.id,
        name or content.renderer.button("somebody", language),
        language,
        user.username,
        far=not content.speaks(code) and len(content.spoken()) > 1,
    )


def _ours(query: CallbackQuery) -> bool:
    """Return whether a button stands in the presser's own private chat, not under a forwarded message."""
    return query.message is not None and query.message.chat.id == query.from_user.id


def text_of(incoming: Incoming | None) -> str:
    """Return a message's own text or caption."""
    text = (incoming.text or incoming.caption) if incoming else None
    return text if isinstance(text, str) else ""


def _replied_to(incoming: Incoming | None) -> int:
    """Name the message of the bot's that a message replies to or quotes; 0 for none."""
    replied = incoming.reply_to_message if incoming else None
    ours = replied is not None and replied.from_user is not None and replied.from_user.is_bot
    return replied.message_id if replied is not None and ours else 0


def _passed_on(incoming: Incoming | None) -> bool:
    """Tell whether a message is not its sender's own words."""
    return incoming is not None and bool(incoming.forward_origin or incoming.via_bot or incoming.contact)


def _leads_out(incoming: Incoming | None) -> bool:
    """Tell whether a tap on some words of a message leads elsewhere: Telegram marks those, and draws them so."""
    return incoming is not None and any(entity.type in WAYS_OUT for entity in _entities(incoming))


def _contact(incoming: Incoming) -> str:
    contact = incoming.contact
    if contact is None:
        return ""
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    return without_controls(f"{name}\n{contact.phone_number}")


def point_of(incoming: Incoming | None) -> tuple[float, float] | None:
    """Return the point of a shared place, as latitude and longitude."""
    where = incoming.location if incoming else None
    return (where.latitude, where.longitude) if where else None


def arrival_of(incoming: Incoming | None) -> Arrival | None:
    """Read what a message is made of, as a part of a draft; None for what can be none."""
    if incoming is None:
        return None
    (text, covers), source = unmarked(without_controls(with_marks(incoming))), incoming.message_id
    covered = bool(incoming.has_media_spoiler)
    if incoming.voice:
        return Arrival(PieceKind.VOICE, text, source, incoming.voice.file_id, covered=covered, covers=covers)
    if incoming.video_note:
        return Arrival(
            PieceKind.VIDEO_NOTE, text, source, incoming.video_note.file_id, covered=covered, covers=covers
        )
    if incoming.photo:
        album = incoming.media_group_id
        return Arrival(PieceKind.PHOTO, text, source, incoming.photo[-1].file_id, album, covered, covers)
    said = text if incoming.text else _contact(incoming)
    return Arrival(PieceKind.TEXT, said, source, covers=covers) if said else None


def _entities(incoming: Incoming) -> Sequence[MessageEntity]:
    return incoming.entities if incoming.text else incoming.caption_entities


def with_marks(incoming: Incoming) -> str:
    """Return a message's own text with marks around what is covered, and each link's address behind its words."""
    text = text_of(incoming).replace(OPEN, "\ufffd").replace(SHUT, "\ufffd")
    whole = text.encode("utf-16-le", "surrogatepass")  # what an entity counts in is two bytes
    put: list[tuple[int, int, str]] = []  # where, in which order, what
    linked = 0
    for entity in sorted(_entities(incoming), key=lambda entity: entity.offset):
        start, end = entity.offset, entity.offset + entity.length
        if entity.type == entity.SPOILER:
            put += [(start, 2, OPEN), (end, 1, SHUT)]
        elif entity.type == entity.TEXT_LINK and entity.url and end >= linked:
            put.append((end, 0, f" ({entity.url})"))
            linked = end
    if not put:
        return text
    parts, last = [], 0
    for at, _, said in sorted(put):
        parts += [whole[last : 2 * at], said.encode("utf-16-le", "surrogatepass")]
        last = 2 * at
    return b"".join((*parts, whole[last:])).decode("utf-16-le", "surrogatepass")
