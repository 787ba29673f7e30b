"""Keeping: the journal, and taking one's words away."""

from bot.actions import export, journal
from bot.telegram.act import Act, round_of


async def show_journal(act: Act) -> None:
    """Show the newest page of one's own journal."""
    await journal.show_page(act.work, act.me, 0)


async def turn_page(act: Act) -> None:
    """Show another page, in place."""
    await journal.show_page(act.work, act.me, act.press.number(0), act.source)


async def ask_search(act: Act) -> None:
    """Ask what to look for."""
    await journal.ask_search(act.work, act.me)


async def show_entry(act: Act) -> None:
    """Show one round."""
    await journal.show_entry(act.work, act.me, round_of(act))


async def talked(act: Act) -> None:
    """Mark a round as talked about, or not."""
    await journal.toggle_talked(act.work, act.me, round_of(act), act.source)


async def ask_delete(act: Act) -> None:
    """Ask before deleting one's own words of a round."""
    await journal.ask_delete(act.work, act.me, round_of(act))


async def delete(act: Act) -> None:
    """Delete one's own words of a round."""
    await journal.delete(act.work, act.me, round_of(act))


async def take_away(act: Act) -> None:
    """Send a person their own keepsake."""
    await export.export(act.work, act.me)
