"""No private word stands in a log or in a file: planted through a whole round, and looked for everywhere."""

import logging

import pytest
from people import couple, settled

from bot import logs
from bot.home.house import Home

PLANTED = (
    "marmaladeword",
    "umbrellaword",
    "captionword",
    "answerword",
    "secondword",
    "Noaphinename",
    "Samothracename",
)


async def test_planted_words_are_in_no_log_and_no_file(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """At debug level, through drafts, a caption, a reveal, responses, a clarification, and refused updates."""
    caplog.set_level(logging.DEBUG)
    logs.quieten()  # as `serve` does: third parties speak from INFO on
    noa, sam = await couple(home, "Noaphinename", "Samothracename")
    await noa.seals("It was the marmaladeword on the stairs.")
    sam.phone.send_photo(b"\x89PNG\r\n\x1a\n" + bytes(60), caption="a captionword")
    await sam.drafts("And the umbrellaword.")
    await settled(home)
    await sam.presses("Seal it")
    for person in (noa, sam):
        await person.sees("one sentence that shows")
    sam.writes("I hear an answerword.")
    await sam.presses("Send as it is")
    await noa.presses("Not yet")
    noa.writes("One secondword.")
    await noa.presses("Send as it is")
    home.world.inject({"message": {"text": "marmaladeword", "from": "umbrellaword", "self": "captionword"}})
    await settled(home)
    said = "\n".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)
    folder = home.app.database.path.parent.parent
    kept = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert len(kept) > 10_000
    assert [word for word in PLANTED if word in said] == []
    assert [word for word in PLANTED if word.encode() in kept] == []
