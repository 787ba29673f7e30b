"""Choosing rounds for a page, and making it, with a phone: for the journeys and for what attacks them."""

from people import Person, later, settled

from bot.screens.callbacks import Verb


async def opens(who: Person, place: int = 0) -> None:
    """Open a round of the journal, counted from the newest, and the question about a page under it."""
    who.writes("/journal")
    journal = await who.sees("Your journal")
    data = [str(button.value) for row in journal.buttons for button in row]
    entries = [one for one in data if one.split(":")[0] == Verb.ENTRY.value]
    who.phone.press(journal, entries[place])
    await settled(who.home)
    await who.presses(Verb.PAGE_CHOICE)
    await settled(who.home)


async def page(who: Person) -> str:
    """Ask for the page, a minute after the last; give it."""
    await later(who.home, minutes=2)
    await who.presses(Verb.PAGE_MAKE)
    await who.sees("Your page: open it")
    sent = next(m for m in reversed(who.phone.from_bot) if m.media)
    assert sent.media is not None
    stored = who.home.world.files.get(sent.media.file_id)
    assert stored is not None
    assert stored.name == "attune-page.html"
    return stored.data.decode()
