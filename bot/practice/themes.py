"""Themes by consent: what each of two has opened, and the one that both would like this week.

A theme comes only where both have said yes, each asked alone. What is shown as opened by both stays shown to each
until they close it themselves, so that nobody can read a no off the page: not one that was always there, nor one
that came later. A wish is asked of the other, and no answer to it looks like a no.
"""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta

from bot.practice.partner import Pair, Partner
from bot.practice.refusals import Reason, Refusal

WISH_LASTS = timedelta(days=7)
"""How long a wish waits for the other's, and then holds; and until one can be asked for again."""


def opened(pair: Pair) -> AbstractSet[str]:
    """Name the themes that both have opened."""
    one, two = pair
    return one.themes & two.themes


def shown(me: Partner) -> AbstractSet[str]:
    """Name the themes that somebody is shown as opened by both: none of what the other has closed since shows."""
    return me.themes & me.shared


def open_theme(me: Partner, other: Partner, theme: str) -> Pair:
    """Say yes to a theme; where the other has, too, both are shown it from now on."""
    mine = replace(me, themes=me.themes | {theme})
    if theme not in other.themes:
        return mine, other
    return replace(mine, shared=mine.shared | {theme}), replace(other, shared=other.shared | {theme})


def close_theme(me: Partner, theme: str) -> Partner:
    """Take a yes back: no new card of the theme comes.

    That both had opened it is remembered: a second yes shows what the first did, whatever the other did meanwhile.
    """
    return replace(me, themes=me.themes - {theme})


def wish(me: Partner, theme: str, now: datetime) -> Partner:
    """Ask for a theme for this week. Raises Refusal WISHED_LATELY for a second one within a week."""
    if wish_of(me, now) is not None:
        raise Refusal(Reason.WISHED_LATELY)
    return replace(me, wish=theme, wished_at=now)


def join_wish(me: Partner, other: Partner, theme: str, now: datetime) -> Partner:
    """Want what the other has asked for. Raises Refusal WISH_OVER where they ask for it no more, or never did."""
    if wish_of(other, now) != theme:
        raise Refusal(Reason.WISH_OVER)
    return replace(me, wish=theme, wished_at=now)


def wish_of(partner: Partner, now: datetime) -> str | None:
    """Name the theme that somebody has asked for within a week."""
    since = partner.wished_at
    return partner.wish if since is not None and now - since < WISH_LASTS else None


def wished(pair: Pair, now: datetime) -> str | None:
    """Name the theme that both want: for a week from when the second of them said so."""
    first, second = sorted(pair, key=lambda partner: partner.wished_at or now)
    theme = wish_of(second, now)
    if theme is None or second.wished_at is None:
        return None
    return theme if wish_of(first, second.wished_at) == theme else None


def afresh(partner: Partner) -> Partner:
    """Take back every yes and wish: they were for one other person."""
    return replace(partner, themes=frozenset(), shared=frozenset(), wish=None, wished_at=None)
