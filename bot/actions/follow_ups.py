"""What an outcome of a call leads to, by the kind of its message: in the transaction in which it is written down."""

from collections.abc import Awaitable, Callable, Mapping

from bot.actions import commands, put_away, quote
from bot.actions.ports import Work
from bot.messages import MessageKind, Outcome, Row

FOLLOW_UPS: Mapping[MessageKind, Callable[[Work, Row, Outcome], Awaitable[None]]] = {
    **dict.fromkeys(put_away.FOLLOWED, put_away.came_back),
    MessageKind.GONE: quote.moved,
    MessageKind.COMMANDS: commands.came_back,
}
