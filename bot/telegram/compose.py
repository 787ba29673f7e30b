"""A message's kind and ids become one Telegram call, with its words, at the moment when it is sent."""

import io
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import segno
from telegram import InputFile

from bot.actions.ports import Work
from bot.messages import Message, MessageKind, Outcome, Refused, Row, Withdrawn
from bot.telegram import facts as facts_of
from bot.telegram import keepsake
from bot.telegram.keyboards import rows
from bot.telegram.keyboards.parts import Button
from bot.telegram.lexicon import Lexicon
from bot.telegram.ports import Store
from bot.telegram.scene import Facts, Installation, Scene, load
from bot.telegram.sender import Call, Sender
from prompts.source import WordsError

K = MessageKind
log = logging.getLogger(__name__)

MEDIA = frozenset(
    {K.JOURNAL_MEDIA, K.REVEAL_MEDIA, K.RESPONSE_MEDIA, K.CLARIFICATION_MEDIA, K.SECOND_RESPONSE_MEDIA}
)
SEND_FILE = {"voice": "sendVoice", "video_note": "sendVideoNote", "photo": "sendPhoto"}
FORCES_REPLY = frozenset(
    {K.STARTER, K.CLARIFY_ASK, K.RESPONSE_REWRITE, K.ASK_CITY, K.ASK_HOUR_TYPED, K.ASK_NAME, K.ASK_QUIET}
)
QR_SCALE = 8
NO_PREVIEW = {"is_disabled": True}


class Composer:
    """Makes calls of messages: facts from storage, words from prompts/."""

    def __init__(self, lexicon: Lexicon, here: Installation) -> None:
        self._lexicon = lexicon
        self._here = here

    async def compose(self, work: Work, message: Message) -> Call | None:
        """Make the call for a message; None where there is nothing to say any more. Raises WordsError."""
        if message.kind is K.CALLBACK:
            return Call("answerCallbackQuery", {"callback_query_id": message.details["query"]})
        if message.kind is K.BUTTONS_OFF:
            shown_in = message.edit or await _quoted(work, message)
            off = {"chat_id": message.chat, "message_id": shown_in}
            return Call("editMessageReplyMarkup", off) if shown_in else None
        scene = await load(work, self._lexicon, self._here, message)
        found = await facts_of.facts(scene) if scene else None
        if scene is None or found is None:
            return None
        if message.kind is K.INVITE:
            return self._invite(scene, found)
        if message.kind in MEDIA:
            return self._media(scene, found)
        return self._text(scene, found)

    async def gather(self, work: Work, message: Message) -> keepsake.Keepsake | None:
        """Gather a person's keepsake; None for somebody who is no more."""
        scene = await load(work, self._lexicon, self._here, message)
        return await keepsake.gather(scene) if scene else None

    def _text(self, scene: Scene, found: Facts) -> Call:
        message = scene.message
        payload = {
            "chat_id": message.chat,
            "text": self._render(scene, found),
            "parse_mode": "HTML",
            "link_preview_options": NO_PREVIEW,
            "reply_markup": self._markup(scene, found),
        }
        if message.edit is not None:
            return Call("editMessageText", payload | {"message_id": message.edit})
        if found.get("protect"):
            payload["protect_content"] = True
        return Call("sendMessage", payload)

    def _render(self, scene: Scene, found: Facts) -> str:
        name = scene.message.kind.value
        if scene.message.kind is K.REFUSAL:
            name = f"refusal_{found['reason']}"
        return self._lexicon.renderer.message(name, scene.language, **found)

    def _media(self, scene: Scene, found: Facts) -> Call:
        kind = str(found["kind"])
        payload: dict[str, Any] = {
            "chat_id": scene.message.chat,
            kind: found["file"],
            "protect_content": bool(found["protect"]),
            "reply_markup": self._markup(scene, found),
        }
        if kind != "video_note":  # which has no caption
            payload |= {"caption": self._render(scene, found), "parse_mode": "HTML"}
        if kind == "photo":
            payload["has_spoiler"] = bool(found["cover"])
        return Call(SEND_FILE[kind], payload)

    def _invite(self, scene: Scene, found: Facts) -> Call:
        link = str(found["link"])
        invitation = self._lexicon.renderer.button("invitation", scene.language, other="")
        # Some clients show a plus sign as it is: spaces are spelled out.
        shared = urlencode({"url": link, "text": invitation}, quote_via=quote)
        found["share"] = f"https://t.me/share/url?{shared}"
        return Call(
            "sendPhoto",
            {
                "chat_id": scene.message.chat,
                "photo": InputFile(_qr(link), filename="invitation.png"),
                "caption": self._render(scene, found),
                "parse_mode": "HTML",
                "reply_markup": self._markup(scene, found),
            },
        )

    def _markup(self, scene: Scene, found: Facts) -> Mapping[str, Any] | None:
        keyboard = [[self._button(scene, button) for button in row] for row in rows(scene.message, found)]
        if keyboard:
            return {"inline_keyboard": keyboard}
        if scene.message.kind in FORCES_REPLY and scene.message.edit is None:
            return {"force_reply": True}
        return None

    def _button(self, scene: Scene, button: Button) -> dict[str, Any]:
        name = scene.other.name if scene.other else ""
        label = button.label
        if not button.literal:
            label = self._lexicon.renderer.button(button.label, scene.language, other=name)
        if button.tick is not None:
            label = f"{'✓' if button.tick else '○'} {label}"
        if button.share:
            return {"text": label, "url": button.share}
        return {"text": label, "callback_data": button.data}


async def _quoted(work: Work, message: Message) -> int | None:
    """Find the newest message of some kinds that still has its buttons."""
    if message.to is None or message.round is None:
        return None
    kinds = [MessageKind(kind) for kind in str(message.details["of"]).split(",")]
    return await work.outbox.with_buttons(message.to, kinds, message.round)


def _qr(link: str) -> bytes:
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=QR_SCALE, border=4)
    return picture.getvalue()


def preparer(
    store: Store, composer: Composer, sender: Sender, fetch: keepsake.Fetch, now: Callable[[], datetime]
) -> Callable[[Row], Awaitable[Outcome | Callable[[], Awaitable[Outcome]]]]:
    """Make the function that renders a leased row: into the call to make, or an outcome without one."""

    async def prepare(row: Row) -> Outcome | Callable[[], Awaitable[Outcome]]:
        try:
            async with store.unit(now()) as work:
                if row.message.kind is K.EXPORT:
                    kept = await composer.gather(work, row.message)
                    return partial(keepsake.send, kept, fetch, sender) if kept else Withdrawn()
                call = await composer.compose(work, row.message)
        except WordsError as broken:
            log.error("there are no words for %s (row %s): %s", row.message.kind.value, row.id, broken)
            return Refused("no words")
        return partial(sender.send, call) if call else Withdrawn()

    return prepare
