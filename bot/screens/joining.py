"""Joining: a welcome, an invitation with its link and picture, and the two yeses that make a couple."""

import io
import re
from collections.abc import Mapping
from typing import Self
from urllib.parse import quote, urlencode

from bot.actions import consent, invite, join
from bot.actions.today import today
from bot.messages import Message, MessageKind
from bot.practice.ids import InviteId
from bot.practice.invite import InviteState
from bot.practice.refusals import Reason, Refusal
from bot.screens.call import File
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.labels import letters
from bot.screens.request import Handler, Request
from bot.screens.view import Attachment, ButtonRows, Key, Unsaid, View

K = MessageKind
QR_SCALE = 8
_CODE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/\w+/?\?(?:\S*&)?start=(?P<code>[\w-]+)(?:&\S*)?"
    r"|tg:(?://)?resolve\?\S*?start=(?P<other>[\w-]+)(?:&\S*)?",
    re.IGNORECASE,
)
_AROUND = "<>()[].,;:!?\"'\u201c\u201d\u2018\u2019\u00ab\u00bb"  # what stands around a pasted link

AGREE = Key(Verb.CONSENT, "in")
ACCEPT = Key(Verb.JOIN, "in")
NOT_NOW = Key(Verb.NOT_NOW, "not_now")
SHARE = Key(None, "share")
CONFIRM = Key(Verb.CONFIRM, "yes_them")
DECLINE = Key(Verb.DECLINE, "no")
WITHDRAW = Key(Verb.WITHDRAW, "withdraw")


class Welcome(View, of=K.WELCOME):
    """Says what this is, and asks for consent."""

    far: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load whether the visitor's own language is not spoken here."""
        return cls(far=bool(context.message.details.get(join.FAR)))

    def buttons(self, message: Message) -> ButtonRows:
        """Place the yes and the no."""
        del message
        return [[AGREE(), NOT_NOW()]]


class WelcomeInvited(View, of=K.WELCOME_INVITED):
    """The same for somebody who was invited; gone with the invitation."""

    far: bool
    code: Unsaid[str]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the code that the answer carries back."""
        invitation = context.message.invite
        code = await context.work.invites.code(invitation) if invitation else None
        far = bool(context.message.details.get(join.FAR))
        return cls(far=far, code=code) if code else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place the yes and the no."""
        del message
        return [[ACCEPT(self.code), NOT_NOW()]]


class Invitation(View, of=K.INVITE):
    """The link, as long as it opens, and a picture of it."""

    link: str
    share: Unsaid[str]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Write the link."""
        invitation = context.message.invite
        found = await context.work.invites.get(invitation) if invitation else None
        if found is None or found.state is not InviteState.OPEN:
            return None
        code = await context.work.invites.code(found.id)
        link = f"https://t.me/{context.here.username}?start={code}"
        # Some clients show a plus sign as it is: spaces are spelled out.
        shared = urlencode({"url": link, "text": context.say("invitation")}, quote_via=quote)
        return cls(link=link, share=f"https://t.me/share/url?{shared}")

    @property
    def attachment(self) -> Attachment:
        """The link as a picture, to point a camera at."""
        return Attachment("photo", File("invitation.png", _qr(self.link)))

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to hand it on."""
        del message
        return [[SHARE.opening(self.share)]]


def _qr(link: str) -> bytes:
    picture = io.BytesIO()
    import segno  # noqa: PLC0415 (nobody waits at the start for what draws an invitation)

    segno.make(link, error="m").save(picture, kind="png", scale=QR_SCALE, border=4)
    return picture.getvalue()


class ConfirmJoiner(View, of=K.CONFIRM_JOINER):
    """Who has come, as long as the inviter's word is waited for."""

    username: str
    dropped: bool  # words of the inviter's came, and are not kept

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load who has come."""
        invitation = context.message.invite
        found = await context.work.invites.get(invitation) if invitation else None
        if found is None or found.state is not InviteState.CLAIMED:
            return None
        username = (context.other and context.other.username) or ""
        return cls(username=username, dropped=bool(context.message.details.get("dropped")))

    def buttons(self, message: Message) -> ButtonRows:
        """Place the inviter's yes and no."""
        invitation = message.invite or 0
        return [[CONFIRM(invitation), DECLINE(invitation)]]


class JoinWaiting(View, of=K.JOIN_WAITING):
    """To the joiner, until the inviter confirms."""

    dropped: bool  # words of theirs came, and are not kept

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Take it from the message."""
        return cls(dropped=bool(context.message.details.get("dropped")))

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back."""
        return [[WITHDRAW(message.invite or 0)]]


async def look(request: Request, code: str) -> None:
    """Show whose invitation a code is of. Raises Refusal as join.look."""
    await join.look(request.work, request.visitor, code)
    found = await request.work.invites.by_code(code)
    if found is not None:
        request.services.invited.note(request.visitor.chat, found.id)


async def _look_again(request: Request) -> bool:
    """Show somebody the invitation again that they haven't answered; False where none is open."""
    shown = request.services.invited.of(request.visitor.chat)
    found = await request.work.invites.get(shown) if shown else None
    if found is None or found.state is not InviteState.OPEN or request.work.now >= found.expires_at:
        return False
    code = await request.work.invites.code(found.id)
    if code:
        await join.look(request.work, request.visitor, code)
    return bool(code)


def is_typed_button(request: Request) -> bool:
    """Tell whether words are the very label of a button under a welcome."""
    said, button = letters(request.text), request.services.content.renderer.button
    return bool(said) and said in {letters(button(key.label, request.language)) for key in (ACCEPT, NOT_NOW)}


async def welcome(request: Request) -> None:
    """Say what this is to somebody new."""
    await request.say(K.WELCOME, **{join.FAR: int(request.visitor.far)})


async def start(request: Request) -> None:
    """Welcome somebody new, show an invitation that a link carries, or tell a partner where they stand."""
    _, _, given = request.text.partition(" ")
    if given.strip():
        await look(request, code_in(given) or given.strip())
    elif request.partner is not None:
        await today(request.work, request.partner)
    elif not await _look_again(request):
        check_allowed(request)
        await welcome(request)


def code_in(text: str, *, alone: bool = False) -> str:
    """Find an invitation's code in words: in a link to a bot, or by itself; `alone` where nothing else may stand."""
    words = text.split()
    found = [
        match["code"] or match["other"] for word in words if (match := _LINK.fullmatch(word.strip(_AROUND)))
    ]
    if found and (len(words) == 1 or not alone):
        return found[0]
    return words[0] if len(words) == 1 and _CODE.fullmatch(words[0]) else ""


def check_allowed(request: Request) -> None:
    """Refuse those who may not start a couple here. Raises Refusal NOT_OPEN_HERE."""
    if not request.services.config.may_start(request.visitor.chat):
        raise Refusal(Reason.NOT_OPEN_HERE)


async def agree(request: Request) -> None:
    """Take a person's consent and give them their invitation."""
    check_allowed(request)
    partner = await consent.consent(request.work, request.visitor)
    await invite.invite(request.work, partner)


async def not_now(request: Request) -> None:
    """Let a person go, kindly."""
    request.services.invited.forget(request.visitor.chat)
    await request.say(K.NOT_NOW)


async def new_link(request: Request) -> None:
    """Replace a partner's link."""
    if request.partner is None and await _look_again(request):
        return
    check_allowed(request)
    if request.partner is None:
        await welcome(request)
    else:
        await invite.invite(request.work, request.partner)


async def accept(request: Request) -> None:
    """Take a joiner's consent."""
    await join.join(request.work, request.visitor, request.press.text(0))


async def confirm(request: Request) -> None:
    """Make the couple on the inviter's word."""
    await join.confirm(request.work, request.me, _invite_of(request), request.services.house)


async def decline(request: Request) -> None:
    """Burn the invite on the inviter's word."""
    await join.decline(request.work, request.me, _invite_of(request))


async def withdraw(request: Request) -> None:
    """Take the joiner's word back."""
    await join.withdraw(request.work, request.me, _invite_of(request))


def _invite_of(request: Request) -> InviteId:
    return InviteId(request.press.number(0))


COMMANDS: Mapping[str, Handler] = {"start": start, "invite": new_link}
PRESSES: Mapping[Verb, Handler] = {
    Verb.CONSENT: agree,
    Verb.NOT_NOW: not_now,
    Verb.JOIN: accept,
    Verb.CONFIRM: confirm,
    Verb.DECLINE: decline,
    Verb.WITHDRAW: withdraw,
}
