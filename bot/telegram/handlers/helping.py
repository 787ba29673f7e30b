"""Help and resources: lines by country. Nothing of it is noted; which country somebody looks at is never stored."""

from dataclasses import replace

from bot.messages import Message, MessageKind
from bot.telegram.act import Act

K = MessageKind


async def show(act: Act) -> None:
    """Say how to find help, with the first page of countries."""
    await _page(act, 0)


async def turn_page(act: Act) -> None:
    """Show another page of countries, in place."""
    await _page(act, act.press.number(0))


async def country(act: Act) -> None:
    """Show a country's lines in place, or for one that we don't have how to find them."""
    whisper = act.setting.whispers.keep(act.press.text(0))
    shown = _unnamed(act, act.to_me(K.SAFETY_LINES, whisper=whisper))
    await act.work.outbox.put(shown.editing(act.source))


async def _page(act: Act, page: int) -> None:
    shown = _unnamed(act, act.to_me(K.SAFETY, page=page))
    await act.work.outbox.put(shown.editing(act.source if act.pressed else None))


def _unnamed(act: Act, message: Message) -> Message:
    """Address a message to nobody by name: the outbox does not remember who asked for help."""
    return replace(message, to=None, language=act.language)
