"""The export: one's own words and what was shown, as a page and as JSON, in the private chat alone."""

import io
import json
import zipfile

from people import Person, couple, next_round, settled

from bot.home.house import Home
from bot.screens.callbacks import Verb

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(60)


async def keepsake(home: Home, person: Person) -> tuple[str, dict[str, object], list[str]]:
    """Ask for an export; give its page, its JSON, and the names in it."""
    person.writes("/export")
    await person.sees("Your keepsake: open the page")
    sent = next(m for m in reversed(person.phone.from_bot) if m.media)
    assert sent.media is not None
    stored = home.world.files.get(sent.media.file_id)
    assert stored is not None
    with zipfile.ZipFile(io.BytesIO(stored.data)) as archive:
        page = archive.read("keepsake.html").decode()
        return page, json.loads(archive.read("keepsake.json")), archive.namelist()


async def test_a_keepsake_holds_ones_own_and_what_was_shown(home: Home) -> None:
    """While the couple lasts: own words, the other's revealed ones, voice and pictures inside the page."""
    ana, bo = await couple(home, "Ana", "Bo")
    ana.phone.send_photo(PICTURE, caption="the <lighthouse> & I")
    await ana.finds(lambda m: "A picture" in m.text and "Seal it" in m.labels)
    await ana.presses(Verb.SEAL)
    await bo.seals("bo-words")
    await ana.sees("one sentence that shows")
    await settled(home)
    await next_round(home, ana, bo)
    await ana.drafts("never sealed")
    page, data, names = await keepsake(home, ana)
    assert "the &lt;lighthouse&gt; &amp; I" in page
    assert "bo-words" in page
    assert "never sealed" in page
    assert 'src="data:image/jpeg;base64,' in page
    assert "http:" not in page
    assert "https:" not in page
    assert "media/0001.jpg" in names
    assert isinstance(data["rounds"], list)
    assert len(data["rounds"]) == 2


async def test_after_parting_a_keepsake_holds_only_ones_own(home: Home) -> None:
    """An ex's words are in no export any more, nor their name."""
    ana, bo = await couple(home, "Ana", "Boniface")
    await ana.seals("ana-words")
    await bo.seals("bo-words")
    await ana.sees("one sentence that shows")
    bo.writes("/leave")
    await bo.presses(Verb.LEAVE)
    await ana.sees("come to an end")
    page, data, _ = await keepsake(home, ana)
    assert "ana-words" in page
    for text in (page, json.dumps(data)):
        assert "bo-words" not in text
        assert "Boniface" not in text


async def test_a_sealed_word_of_the_other_is_in_no_keepsake(home: Home) -> None:
    """What the other has sealed but not revealed stays out."""
    ana, bo = await couple(home, "Ana", "Bo")
    await bo.seals("bo-sealed")
    await ana.drafts("ana-draft")
    page, data, _ = await keepsake(home, ana)
    assert "bo-sealed" not in page + json.dumps(data)


async def test_an_export_comes_once_an_hour(home: Home) -> None:
    """A second one within the hour is kindly refused; without words there is nothing to export."""
    ana, _ = await couple(home, "Ana", "Bo")
    ana.writes("/export")
    await ana.sees("nothing of yours")
    await ana.drafts("words")
    await keepsake(home, ana)
    ana.writes("/export")
    await ana.sees("within the last hour")
