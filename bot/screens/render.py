"""A message's kind and ids become one call to make, with its words, at the moment when it is sent."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.actions.ports import Work
from bot.actions.put_away import still_to_go
from bot.content import Content
from bot.messages import InChat, Message, MessageKind
from bot.screens import keepsake, menu, month, pages
from bot.screens.call import Call
from bot.screens.context import Deployment, RenderContext, load
from bot.screens.moving import in_place, taken_away
from bot.screens.parcel import Parcel
from bot.screens.picture import Picture
from bot.screens.table import SCREENS, WORDLESS, Screens
from bot.screens.view import Attachment, Button, View

K = MessageKind
SEND_FILE = {"voice": "sendVoice", "video_note": "sendVideoNote", "photo": "sendPhoto"}
PARCELS: Mapping[K, Callable[[RenderContext], Awaitable[Parcel | None]]] = {
    K.EXPORT: keepsake.gather,
    K.PAGE: pages.gather,
    K.MONTH_BACK: month.gather,
}
DRAWN = frozenset({K.GROWTH, K.BOTH_LINES})
BESIDE = PARCELS.keys() | DRAWN  # what takes long: it is made and sent beside the other messages
NO_PREVIEW = {"is_disabled": True}


class MessageRenderer:
    """Makes calls of messages: values from storage, words from prompts/."""

    def __init__(self, content: Content, here: Deployment, screens: Screens = SCREENS) -> None:
        self._content = content
        self._here = here
        self._screens = screens

    async def render(self, work: Work, message: Message) -> Call | None:
        """Make the call for a message; None where there is nothing to say any more. Raises WordsError."""
        if message.kind is K.CALLBACK:
            return Call("answerCallbackQuery", {"callback_query_id": message.details["query"]})
        if message.kind in WORDLESS:
            return await self._wordless(work, message)
        placed = await in_place(work, message)
        context = await load(work, self._content, self._here, placed) if placed else None
        view = await self._screens.view(message.kind).load(context) if context else None
        return self._call(context, view) if context and view else None

    async def labels(self, work: Work, message: Message) -> list[str]:
        """List what the buttons say that stand under a message now."""
        context = await load(work, self._content, self._here, message)
        view = await self._screens.view(message.kind).load(context) if context else None
        markup = self._markup(context, view) if context and view else None
        rows = markup.get("inline_keyboard", ()) if markup else ()
        return [button["text"] for row in rows for button in row]

    async def _wordless(self, work: Work, message: Message) -> Call | None:
        """Make a call that says nothing."""
        match message.kind:
            case K.BUTTONS_OFF:
                return await self._buttons_off(work, message)
            case K.GONE:
                return await taken_away(work, message)
            case K.COMMANDS:
                return await menu.in_chat(work, self._content, message)
            case K.PUT_AWAY if await still_to_go(work, message):
                numbers = [int(number) for number in str(message.details["numbers"]).split(",")]
                return Call("deleteMessages", {"chat_id": message.chat, "message_ids": numbers})
            case _:
                return None

    async def _buttons_off(self, work: Work, message: Message) -> Call | None:
        """Take buttons off; a note over a seal keeps those that don't open it again."""
        found = None if message.edit else await _quoted(work, message)
        number = message.edit or (found.number if found else None)
        if number is None:
            return None
        left = None
        if found is not None and found.message.kind is K.SEALED:
            context = await load(work, self._content, self._here, found.message)
            view = await self._screens.view(K.SEALED).load(context) if context else None
            left = self._markup(context, view) if context and view else None
        return Call(
            "editMessageReplyMarkup", {"chat_id": message.chat, "message_id": number, "reply_markup": left}
        )

    async def gather(self, work: Work, message: Message) -> Parcel | None:
        """Gather what one of those `BESIDE` holds; None where there is nothing to send any more."""
        context = await load(work, self._content, self._here, message)
        if context is None or message.kind not in DRAWN:
            return await PARCELS[message.kind](context) if context else None
        view = await self._screens.view(message.kind).load(context)
        return Picture(self._text(context, view), view.drawing) if view else None

    def _call(self, context: RenderContext, view: View) -> Call:
        if view.buttons_alone:
            place = {"chat_id": context.message.chat, "message_id": context.message.edit}
            return Call("editMessageReplyMarkup", place | {"reply_markup": self._markup(context, view)})
        attached = view.attachment
        return self._text(context, view) if attached is None else self._captioned(context, view, attached)

    def _text(self, context: RenderContext, view: View) -> Call:
        message = context.message
        payload = {
            "chat_id": message.chat,
            "text": self._words(context, view),
            "parse_mode": "HTML",
            "link_preview_options": NO_PREVIEW,
            "reply_markup": self._markup(context, view),
        }
        if message.edit is not None:
            return Call("editMessageText", payload | {"message_id": message.edit})
        if view.protected:
            payload["protect_content"] = True
        return Call("sendMessage", payload)

    def _captioned(self, context: RenderContext, view: View, attached: Attachment) -> Call:
        if attached.more:
            return self._album(context, view, attached)
        payload: dict[str, Any] = {
            "chat_id": context.message.chat,
            attached.kind: attached.file,
            "protect_content": view.protected,
            "reply_markup": self._markup(context, view),
        }
        if attached.kind != "video_note":  # which has no caption
            payload |= {"caption": self._words(context, view), "parse_mode": "HTML"}
        if attached.kind == "photo":
            payload["has_spoiler"] = attached.cover
        return Call(SEND_FILE[attached.kind], payload)

    def _album(self, context: RenderContext, view: View, attached: Attachment) -> Call:
        """Make the call for several pictures; buttons can't stand under them."""
        pictures: list[dict[str, Any]] = [
            {"type": "photo", "media": file, "has_spoiler": attached.cover}
            for file in (attached.file, *attached.more)
        ]
        pictures[0] |= {"caption": self._words(context, view), "parse_mode": "HTML"}
        payload = {"chat_id": context.message.chat, "media": pictures, "protect_content": view.protected}
        return Call("sendMediaGroup", payload)

    def _words(self, context: RenderContext, view: View) -> str:
        given = context.names() | view.values()
        return self._content.renderer.message(view.template(context.message), context.language, **given)

    def _markup(self, context: RenderContext, view: View) -> Mapping[str, Any] | None:
        rows = [row for row in view.buttons(context.message) if row]
        if rows:
            return {"inline_keyboard": [[self._button(context, button) for button in row] for row in rows]}
        if view.asks and context.message.edit is None:
            return {"force_reply": True}
        return None

    def _button(self, context: RenderContext, button: Button) -> dict[str, Any]:
        label = button.label
        if not button.literal:
            label = self._content.renderer.button(label, context.language, other=context.other_name)
        if button.tick is not None:
            label = f"{'✓' if button.tick else '○'} {label}"
        if button.share:
            return {"text": label, "url": button.share}
        style = {"style": button.style} if button.style else {}
        return {"text": label, "callback_data": button.data, **style}


async def _quoted(work: Work, message: Message) -> InChat | None:
    """Find the newest message of some kinds that still has its buttons."""
    if message.to is None or message.round is None:
        return None
    kinds = [MessageKind(kind) for kind in str(message.details["of"]).split(",")]
    return await work.outbox.with_buttons(message.to, kinds, message.round)
