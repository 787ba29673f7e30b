"""Meeting: start, consent, invite, join, confirm."""

from bot.actions import consent, invite, join
from bot.actions.today import today
from bot.messages import MessageKind
from bot.practice.ids import InviteId
from bot.practice.refusals import Reason, Refusal
from bot.telegram.act import Act

K = MessageKind


async def start(act: Act) -> None:
    """Welcome somebody new, show an invitation that a link carries, or tell a partner where they stand."""
    _, _, code = act.text.partition(" ")
    if code.strip():
        await join.look(act.work, act.visitor, code.strip())
    elif act.partner is not None:
        await today(act.work, act.partner)
    else:
        check_allowed(act)
        await act.say(K.WELCOME)


def check_allowed(act: Act) -> None:
    """Refuse those who may not start a couple here. Raises Refusal NOT_OPEN_HERE."""
    if not act.setting.config.may_start(act.visitor.chat):
        raise Refusal(Reason.NOT_OPEN_HERE)


async def agree(act: Act) -> None:
    """Take a person's consent and give them their invitation."""
    check_allowed(act)
    partner = await consent.consent(act.work, act.visitor)
    await invite.invite(act.work, partner)


async def not_now(act: Act) -> None:
    """Let a person go, kindly."""
    await act.say(K.NOT_NOW)


async def new_link(act: Act) -> None:
    """Replace a partner's link."""
    if act.partner is None:
        check_allowed(act)
        await act.say(K.WELCOME)
        return
    check_allowed(act)
    await invite.invite(act.work, act.partner)


async def accept(act: Act) -> None:
    """Take a joiner's consent."""
    await join.join(act.work, act.visitor, act.press.text(0))


async def confirm(act: Act) -> None:
    """Make the couple on the inviter's word."""
    await join.confirm(act.work, act.me, InviteId(act.press.number(0)), act.setting.house)


async def decline(act: Act) -> None:
    """Burn the invite on the inviter's word."""
    await join.decline(act.work, act.me, InviteId(act.press.number(0)))


async def withdraw(act: Act) -> None:
    """Take the joiner's word back."""
    await join.withdraw(act.work, act.me, InviteId(act.press.number(0)))
