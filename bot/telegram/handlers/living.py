"""Living with it: today, settings, rest, leaving, being forgotten, and the pages that explain."""

from bot.actions import forget, part, preferences, rest, rhythm
from bot.actions.people import expect, message, together
from bot.actions.today import today
from bot.messages import MessageKind
from bot.practice.ids import CoupleId
from bot.practice.partner import Expectation, Expecting
from bot.practice.refusals import Reason, Refusal
from bot.telegram.act import Act

K = MessageKind
SCREENS = {
    "hour": K.SETTINGS_HOUR,
    "days": K.SETTINGS_DAYS,
    "quiet": K.SETTINGS_QUIET,
    "depth": K.SETTINGS_DEPTH,
}


async def show_today(act: Act) -> None:
    """Tell where the round stands for this partner."""
    await today(act.work, act.me)


async def show_help(act: Act) -> None:
    """Explain in a few lines."""
    await act.say(K.HELP)


async def show_privacy(act: Act) -> None:
    """Say what is kept, and how to take it away."""
    await act.say(K.PRIVACY)


async def cancel(act: Act) -> None:
    """Stop waiting for an answer to a question."""
    asked = act.me.expectation.what is not Expecting.NOTHING
    await expect(act.work, act.me)
    await act.say(K.CANCELLED, what="question" if asked else "nothing")


async def settings(act: Act) -> None:
    """Show one's own settings, in place where a button asked for them."""
    await _screen(act, K.SETTINGS)


async def _screen(act: Act, kind: MessageKind) -> None:
    us = await together(act.work, act.me.id)
    shown = us.message(kind, us.me) if us else act.to_me(kind)
    await act.work.outbox.put(shown.editing(act.source if act.pressed else None))


async def screen(act: Act) -> None:
    """Show one page of the settings."""
    kind = SCREENS.get(act.press.text(0))
    if kind is None:
        raise Refusal(Reason.NOT_YOURS)
    await _screen(act, kind)


async def switch(act: Act) -> None:
    """Turn one of one's own switches."""
    await preferences.switch(act.work, act.me, act.press.text(0))
    await _screen(act, K.SETTINGS)


async def depth(act: Act) -> None:
    """Choose one's own depth."""
    await preferences.set_depth(act.work, act.me, act.press.number(0))
    await _screen(act, K.SETTINGS_DEPTH)


async def day(act: Act) -> None:
    """Add or take one of the couple's weekdays."""
    weekday = act.press.number(0)
    if weekday not in range(7):
        raise Refusal(Reason.NOT_YOURS)
    await rhythm.toggle_day(act.work, act.me, weekday)
    await _screen(act, K.SETTINGS_DAYS)


async def hour(act: Act) -> None:
    """Set the couple's hour."""
    await rhythm.set_hour(act.work, act.me, act.press.number(0))


async def other_hour(act: Act) -> None:
    """Ask for an hour in words."""
    await _ask(act, Expecting.HOUR, K.ASK_HOUR_TYPED)


async def city(act: Act) -> None:
    """Ask for a partner's city."""
    await rhythm.ask_city(act.work, act.me)


async def zone(act: Act) -> None:
    """Set a partner's zone from a choice of cities."""
    await rhythm.set_zone(act.work, act.me, act.press.text(0))


async def quiet(act: Act) -> None:
    """Set one's own quiet hours."""
    await preferences.set_quiet(act.work, act.me, act.press.number(0), act.press.number(1))
    await _screen(act, K.SETTINGS)


async def other_quiet(act: Act) -> None:
    """Ask for quiet hours in words."""
    await _ask(act, Expecting.QUIET, K.ASK_QUIET)


async def name(act: Act) -> None:
    """Ask what to call a partner."""
    await _ask(act, Expecting.NAME, K.ASK_NAME)


async def _ask(act: Act, what: Expecting, kind: MessageKind) -> None:
    await expect(act.work, act.me, Expectation(what))
    await act.say(kind)


async def pause(act: Act) -> None:
    """Begin one's own rest."""
    await rest.pause(act.work, act.me)


async def resume(act: Act) -> None:
    """End one's own rest."""
    await rest.resume(act.work, act.me)


async def slower(act: Act) -> None:
    """Keep three days a week."""
    await rhythm.slow_down(act.work, act.me)


async def keep(act: Act) -> None:
    """Keep the rhythm as it is."""
    await act.work.outbox.put(message(K.SLOWER_KEPT, act.me))


async def leave_arc(act: Act) -> None:
    """Leave the week's thread."""
    await rhythm.leave_arc(act.work, act.me)


async def show_ways(act: Act) -> None:
    """Tell again what each way is and why it helps."""
    await act.say(K.WAYS)


async def ask_leave(act: Act) -> None:
    """Ask once before leaving."""
    await part.ask_to_leave(act.work, act.me)


async def leave(act: Act) -> None:
    """Leave the couple that was asked about, at once."""
    await part.leave(act.work, act.me, CoupleId(act.press.number(0)))


async def stay(act: Act) -> None:
    """Change nothing."""
    await act.work.outbox.put(message(K.STAYED, act.me))


async def ask_forget(act: Act) -> None:
    """Ask once before forgetting."""
    await forget.ask_to_forget(act.work, act.me)


async def forget_me(act: Act) -> None:
    """Forget a person, at once; an old button means somebody who is forgotten already."""
    if act.press.number(0) != act.me.id:
        raise Refusal(Reason.NOT_YOURS)
    await forget.forget(act.work, act.me)
