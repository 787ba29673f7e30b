"""A month's page and a year's: with a look back, to both, of what both have seen and nothing else."""

from datetime import UTC, datetime

from memory import stored
from people import MakeHome, Person, later, screen
from test_journey_week import KEPT, SUNDAY, revealed_in_the_week

from bot.screens.callbacks import Verb


def pages(who: Person) -> list[tuple[str, str]]:
    """Give the name and the text of each page that has come to somebody."""
    found = []
    for message in who.phone.from_bot:
        media = message.media
        if media is not None and media.kind == "document":
            file = who.home.world.files.get(media.file_id)
            assert file is not None
            found.append((message.text, file.data.decode()))
    return found


async def looks_back_in(make_home: MakeHome, start: datetime) -> tuple[Person, Person]:
    """Let two reveal a round in one month, look back on Sundays, and go on to the first Sunday of the next."""
    home = await make_home(start)
    noa, sam = await revealed_in_the_week(home)
    last = home.clock.now()
    while home.clock.now().month == last.month:
        for who in (noa, sam):
            await who.hears()
        await later(home, days=1)
        if home.clock.now().weekday() == SUNDAY:
            await noa.seals("I'd keep the weir.")
            await sam.seals("I'd keep the bridge.")
    await later(home, days=7)
    return noa, sam


async def test_the_first_look_back_of_a_month_brings_its_page(make_home: MakeHome) -> None:
    """Once, to both; the other's sentence only where they allow their words in a keepsake; no other words."""
    noa, sam = await looks_back_in(make_home, datetime(2026, 3, 23, 9, tzinfo=UTC))
    ((caption, hers),), ((_, his),) = pages(noa), pages(sam)
    assert caption.startswith("March 2026, looked back on: a page for you and Sam")
    assert "One of Sam's that stayed with you" in hers
    assert "These words stay in the chat." in hers
    assert KEPT not in hers
    assert "One of yours that stayed with Noa" in his
    assert KEPT in his
    for page in (hers, his):
        assert "heron" not in page
        assert "weir" not in page
    (reveals,) = [title for (title,) in stored(noa.home, "SELECT month_back FROM couples")]
    assert reveals == "2026-03-01"


async def test_what_is_allowed_in_a_keepsake_stands_on_it(make_home: MakeHome) -> None:
    """And what was deleted since stands on none; in January it is the year's, of the months there were."""
    noa, sam = await looks_back_in(make_home, datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert [caption.partition(",")[0] for caption, _ in pages(noa)] == ["November 2026"]
    await screen(sam, (Verb.SWITCH, "protect"))
    await screen(sam, Verb.KEEPABLE)
    while noa.home.clock.now().year == 2026:
        await later(noa.home, days=1)
        if noa.home.clock.now().weekday() == SUNDAY:
            await noa.seals("I'd keep the weir.")
            await sam.seals("I'd keep the bridge.")
    await later(noa.home, days=7)
    (_, (caption, year)) = pages(noa)
    assert caption.startswith("2026, looked back on")
    assert year.index("<h2>November</h2>") < year.index("<h2>December</h2>")
    assert KEPT in year
