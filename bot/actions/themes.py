"""Themes by consent: each opens and closes them alone, and asks the other for one this week."""

from bot.actions.announce import to_other
from bot.actions.people import Together, must_be_together
from bot.actions.ports import Work
from bot.messages import MessageKind
from bot.practice import themes as rules
from bot.practice.partner import Partner

K = MessageKind
OPENS = "opens"  # the reader's yes has opened the theme, which was closed for them


async def turn(work: Work, partner: Partner, theme: str) -> None:
    """Open a theme for oneself, or close it; the other hears of neither. Raises Refusal NO_COUPLE."""
    us = await must_be_together(work, partner.id)
    if theme in us.me.themes:
        await work.partners.save(rules.close_theme(us.me, theme))
    else:
        await _open(work, us, theme)


async def _open(work: Work, us: Together, theme: str) -> None:
    me, other = rules.open_theme(us.me, us.other, theme)
    await work.partners.save(me)
    if other != us.other:
        await work.partners.save(other)


async def ask(work: Work, partner: Partner, theme: str, shown_in: int) -> None:
    """Ask for a theme this week, of the other alone. Raises Refusal NO_COUPLE, WISHED_LATELY."""
    us = await must_be_together(work, partner.id)
    me = rules.wish(us.me, theme, work.now)
    await work.partners.save(me)
    if rules.wished((me, us.other), work.now):
        await _say_shared(work, us, shown_in)
        return
    await work.outbox.put(us.message(K.WISH_NOTED, me).editing(shown_in))
    if us.other.reachable and not us.other.resting:
        await work.outbox.put(*to_other(us, us.message(K.WISH_ASK, us.other), now=work.now))


async def ask_rested(work: Work, us: Together) -> None:
    """Ask somebody who is back from a rest or a block what the other asked for meanwhile, if that still holds."""
    theme, since = rules.wish_of(us.other, work.now), us.other.wished_at
    if us.me.resting or theme is None or since is None or rules.wish_of(us.me, work.now) is not None:
        return
    asked = await work.outbox.newest(us.me.id, (K.WISH_ASK,))
    if not any(shown.at >= since for shown in asked):
        await work.outbox.put(us.message(K.WISH_ASK, us.me))


async def want_too(work: Work, partner: Partner, theme: str, shown_in: int, *, by_consent: bool) -> None:
    """Want the theme that the other has asked for, which opens it. Raises Refusal NO_COUPLE, WISH_OVER."""
    us = await must_be_together(work, partner.id)
    if rules.wished(us.pair, work.now) == theme:
        await work.outbox.put(us.message(K.WISH_SHARED, us.me).editing(shown_in))
        return
    await work.partners.save(rules.join_wish(us.me, us.other, theme, work.now))
    if by_consent:
        await _open(work, await must_be_together(work, partner.id), theme)
    await _say_shared(work, us, shown_in, opens=by_consent and theme not in us.me.themes)


async def let_be(work: Work, partner: Partner, theme: str, shown_in: int) -> None:
    """Let a wish of the other's be, or show that both have it by now. Raises Refusal NO_COUPLE.

    Nothing is kept of it, and nobody is told.
    """
    us = await must_be_together(work, partner.id)
    holds = rules.wished(us.pair, work.now) == theme
    shown = us.message(K.WISH_SHARED if holds else K.WISH_LET_BE, us.me)
    await work.outbox.put(shown.editing(shown_in))


async def _say_shared(work: Work, us: Together, shown_in: int, *, opens: bool = False) -> None:
    """Tell both, and one of them in place of what has asked; whatever else has asked either of them asks no more."""
    mine = us.message(K.WISH_SHARED, us.me, details={OPENS: int(opens)})
    theirs = us.message(K.WISH_SHARED, us.other)
    await work.outbox.put(mine.editing(shown_in), *to_other(us, theirs, now=work.now))
    for partner in us.pair:
        await work.outbox.withdraw(to=partner.id, kinds=(K.WISH_ASK,))
        asked = {one.number for one in await work.outbox.standing(partner.id, (K.WISH_ASK,))} - {shown_in}
        off = (us.message(K.BUTTONS_OFF, partner).editing(number) for number in asked if number is not None)
        await work.outbox.put(*off)
