"""Themes by consent: what a person has opened, what both have, and a theme for this week."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Self

from bot.actions import themes as actions
from bot.actions.named import CHOSEN
from bot.actions.people import must_be_together, together
from bot.messages import Message, MessageKind
from bot.practice import themes as rules
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.settings import BACK
from bot.screens.view import ButtonRows, Key, Unsaid, View
from prompts.themes import Theme

K = MessageKind
A_PAGE = 6  # themes: Telegram shows as many rows on any phone

THEME = Key(Verb.THEME)
WISH = Key(Verb.WISH)
WISHES = Key(Verb.WISH_PAGE, "theme_this_week")
MORE = Key(Verb.WISH_PAGE, "more")
TO_THEMES = Key(Verb.SCREEN, "back")
WANT_TOO = Key(Verb.WISH_TOO, "want_too")
NOT_THIS_TIME = Key(Verb.WISH_NOT, "not_this_time")


class ThemeChoices(View, of=K.SETTINGS_THEMES):
    """The themes that need a yes: one's own, and what both have opened."""

    themes: Sequence[Mapping[str, str]]
    both: Sequence[str]
    week: str  # the theme that both want now
    ticks: Unsaid[Sequence[tuple[str, str, bool]]]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load one's own choices, and what both have opened."""
        me, other = context.me, context.other
        if me is None or other is None:
            return None
        known, both = _themes(context), rules.shown(me)
        asked = [theme for theme in known.values() if theme.by_consent]
        week = rules.wished((me, other), context.work.now)
        return cls(
            themes=[{"title": theme.title, "text": theme.text, "depth": _depth(theme)} for theme in asked],
            both=[theme.title for theme in asked if theme.id in both],
            week=known[week].title if week and week in known else "",
            ticks=[(theme.id, theme.title, theme.id in me.themes) for theme in asked],
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place a switch for each theme, and the way to one for this week."""
        del message
        switches = [[THEME.saying(title, theme, tick=tick)] for theme, title, tick in self.ticks]
        return [*switches, [WISHES(0)], [BACK()]]


class WishChoices(View, of=K.WISH_CHOICES):
    """The themes that can be asked for: those that come to all, and those that both have opened."""

    themes: Unsaid[Sequence[tuple[str, str]]]
    page: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the themes."""
        if context.me is None:
            return None
        can = [(theme.id, theme.title) for theme in _askable(_themes(context).values(), context.me)]
        page = int(context.message.details["page"])
        return cls(themes=can, page=page if page * A_PAGE < len(can) else 0)

    def buttons(self, message: Message) -> ButtonRows:
        """Place a page of them."""
        del message
        start = self.page * A_PAGE
        rows = [[WISH.saying(title, theme)] for theme, title in self.themes[start : start + A_PAGE]]
        return [*rows, [MORE(self.page + 1), TO_THEMES("themes")]]


class WishNoted(View, of=K.WISH_NOTED):
    """The theme that somebody has asked for."""

    theme: str
    opens: Unsaid[bool]  # for the reader, whose yes to it this is

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load its title."""
        me = context.me
        theme = _themes(context).get((me.wish if me else None) or "")
        opens = bool(context.message.details.get(actions.OPENS))
        return cls(theme=theme.title, opens=opens) if theme else None


class WishShared(WishNoted, of=K.WISH_SHARED):
    """The theme that both have asked for."""

    theme: str
    opens: bool


class WishAsk(View, of=K.WISH_ASK):
    """Asks whether the reader would like the theme that the other has asked for; gone where it is over, or holds."""

    theme: str
    text: str
    closed: bool  # for the reader, whom a yes opens it for
    key: Unsaid[str]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the theme."""
        me, other, now = context.me, context.other, context.work.now
        theme = _themes(context).get((rules.wish_of(other, now) if other else None) or "")
        if theme is None or me is None or other is None:
            return None
        if rules.wished((me, other), now) == theme.id:
            return None
        closed = theme.by_consent and theme.id not in me.themes
        return cls(theme=theme.title, text=theme.text, closed=closed, key=theme.id)

    def buttons(self, message: Message) -> ButtonRows:
        """Place a yes, and what looks like no answer."""
        del message
        return [[WANT_TOO(self.key), NOT_THIS_TIME(self.key)]]


def _themes(context: RenderContext) -> Mapping[str, Theme]:
    return context.content.library(context.language).themes


def _depth(theme: Theme) -> str:
    return str(theme.from_depth) if theme.from_depth > 1 else ""


def _askable(themes: Iterable[Theme], me: Partner) -> Sequence[Theme]:
    both = rules.shown(me)
    return [theme for theme in themes if not theme.by_consent or theme.id in both]


def _named(request: Request) -> Theme:
    """Find the theme that a button names. Raises Refusal NOT_YOURS."""
    theme = request.services.content.library(request.language).themes.get(request.press.text(0))
    if theme is None:
        raise Refusal(Reason.NOT_YOURS)
    return theme


async def turn(request: Request) -> None:
    """Open or close a theme for oneself."""
    theme = _named(request)
    if not theme.by_consent:
        raise Refusal(Reason.NOT_YOURS)
    await actions.turn(request.work, request.me, theme.id)
    us = await must_be_together(request.work, request.me.id)
    shown = replace(us.message(K.SETTINGS_THEMES, us.me), details={CHOSEN: 1})
    await request.work.outbox.put(shown.editing(request.source))


async def wishes(request: Request) -> None:
    """Show a page of the themes that can be asked for."""
    us = await must_be_together(request.work, request.me.id)
    page = request.press.number(0)
    shown = us.message(K.WISH_CHOICES, us.me, details={"page": page})
    await request.work.outbox.put(shown.editing(request.source))


async def wish(request: Request) -> None:
    """Ask for a theme this week."""
    theme = _named(request)
    us = await together(request.work, request.me.id)
    if us is not None and theme not in _askable([theme], us.me):
        raise Refusal(Reason.NOT_YOURS)
    await actions.ask(request.work, request.me, theme.id, request.source)


async def want_too(request: Request) -> None:
    """Want what the other has asked for."""
    theme = _named(request)
    await actions.want_too(request.work, request.me, theme.id, request.source, by_consent=theme.by_consent)


async def let_be(request: Request) -> None:
    """Let the other's wish be."""
    await actions.let_be(request.work, request.me, _named(request).id, request.source)


PRESSES: Mapping[Verb, Handler] = {
    Verb.THEME: turn,
    Verb.WISH_PAGE: wishes,
    Verb.WISH: wish,
    Verb.WISH_TOO: want_too,
    Verb.WISH_NOT: let_be,
}
