"""What an author has put into their words stays in them: addresses and covers. A command in them is words alone."""

from typing import Any

import pytest
from people import Person, couple, screen, settled

from bot.home.house import Home
from bot.sandbox import Message
from bot.screens.callbacks import Verb

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(60)


def sends(sender: Person, number: int, update: str = "message", **said: Any) -> None:
    """Send what the phones here have no keys for."""
    user, chat = sender.phone.person.to_user(), sender.phone.chat.to_chat()
    base = {"message_id": number, "from": user, "chat": chat, "date": sender.home.world.timestamp()}
    sender.home.world.inject({update: base | said})


def entity(kind: str, text: str, of: str, **more: str) -> dict[str, Any]:
    """Mark some words of a text, as Telegram counts."""
    offset = len(text[: text.index(of)].encode("utf-16-le")) // 2
    return {"type": kind, "offset": offset, "length": len(of.encode("utf-16-le")) // 2, **more}


async def read_without_cover(reader: Person) -> None:
    """Turn the reader's own cover off."""
    await screen(reader, (Verb.SWITCH, "cover"))


def kinds(message: Message) -> set[str]:
    """Tell what stands in a message besides letters."""
    return {str(found["type"]) for found in message.body.get("entities", [])}


async def reveal(noa: Person, sam: Person) -> Message:
    """Let Noa seal what they have written, and Sam; give what Sam reads."""
    await settled(noa.home)
    await noa.presses(Verb.SEAL)
    await sam.seals("the soup")
    return await sam.finds("Noa wrote:")


async def test_an_address_under_a_word_is_kept(home: Home) -> None:
    """Behind the words that it lay under, whatever signs stand before them."""
    noa, sam = await couple(home)
    text = "\N{SEEDLING} our song, here, and there"
    links = [
        entity("text_link", text, "here", url="https://example.org/song?a=1&b=2"),
        entity("text_link", text, "there", url="https://example.org/x"),
        entity("bold", text, "our"),
    ]
    sends(noa, 9_000, text=text, entities=links)
    shown = await reveal(noa, sam)
    assert (
        "our song, here (https://example.org/song?a=1&b=2), and there (https://example.org/x)" in shown.text
    )


async def test_a_cover_that_its_author_has_set_stays(home: Home) -> None:
    """Whatever the reader has chosen; the author sees that it does, and an edit takes it off again."""
    noa, sam = await couple(home)
    await read_without_cover(sam)
    text = "I burnt the cake before you came"
    sends(noa, 9_000, text=text, entities=[entity("spoiler", text, "burnt the cake")])
    assert "spoiler" in kinds(await noa.finds("That's yours for now"))
    assert "spoiler" in kinds(await reveal(noa, sam))


async def test_a_cover_that_was_taken_off_is_gone(home: Home) -> None:
    """An edit that changes nothing but that."""
    noa, sam = await couple(home)
    await read_without_cover(sam)
    text = "I burnt the cake before you came"
    sends(noa, 9_000, text=text, entities=[entity("spoiler", text, "cake")])
    await settled(home)
    sends(noa, 9_000, "edited_message", text=text, edit_date=home.world.timestamp())
    assert "spoiler" not in kinds(await reveal(noa, sam))


@pytest.mark.parametrize("covered", [True, False])
async def test_a_covered_picture_stays_covered(home: Home, *, covered: bool) -> None:
    """As its author has sent it."""
    noa, sam = await couple(home)
    await read_without_cover(sam)
    sent = noa.phone.send_photo(PICTURE)
    await settled(home)
    if covered:
        sends(
            noa,
            sent.message_id,
            "edited_message",
            photo=sent.body["photo"],
            has_media_spoiler=True,
            edit_date=1,
        )
        await settled(home)
    await noa.presses(Verb.SEAL)
    await sam.seals("the soup")
    shown = await sam.finds(lambda m: bool(m.body.get("photo")))
    assert bool(shown.body.get("has_media_spoiler")) is covered


async def test_a_command_in_quoted_words_is_nothing_to_tap(home: Home) -> None:
    """The reader's thumb pauses nothing; the letters are all there."""
    noa, sam = await couple(home)
    noa.writes("maybe we need a /pause, or to /forget it? (/export) example.org/pause")
    drafted = await noa.finds("That's yours for now")
    shown = await reveal(noa, sam)
    for message in (drafted, shown):
        assert "bot_command" not in kinds(message)
        assert "url" in kinds(message)
        assert "need a /pause, or to /forget it? (/export) example.org/pause" in message.text.replace(
            "\u2060", ""
        )


def covered_words(message: Message) -> list[str]:
    """Give the words under each spoiler of a message; Telegram cuts one where a link begins or ends."""
    units = message.text.encode("utf-16-le")
    covers: list[tuple[int, int]] = []
    for found in (e for e in message.body.get("entities", []) if e["type"] == "spoiler"):
        start, end = found["offset"], found["offset"] + found["length"]
        start = covers.pop()[0] if covers and covers[-1][1] == start else start
        covers.append((start, end))
    return [units[2 * start : 2 * end].decode("utf-16-le") for start, end in covers]


async def test_just_what_its_author_has_covered_stays_covered(home: Home) -> None:
    """In the draft, at the reveal, in the journals of both, and with a link inside, whose address is covered too."""
    noa, sam = await couple(home)
    await read_without_cover(sam)
    text = "\N{SEEDLING} I burnt the cake, blamed /pause, and hid it here. Sorry."
    marks = [
        entity("spoiler", text, "burnt the cake"),
        entity("spoiler", text, "hid it here"),
        entity("text_link", text, "here", url="https://example.org/x"),
    ]
    sends(noa, 9_000, text=text, entities=marks)
    hidden = ["burnt the cake", "hid it here (https://example.org/x)"]
    assert covered_words(await noa.finds("That's yours for now")) == hidden
    assert covered_words(await reveal(noa, sam)) == hidden
    await settled(home)
    for reader in (sam, noa):
        reader.writes("/journal")
        page = await reader.sees("Your journal")
        reader.phone.press(page, page.labels[0])
        entry = await reader.finds(lambda m: "wrote:" in m.text and "Did you two talk" in m.text)
        assert covered_words(entry) == hidden


async def test_a_cover_moves_with_the_words_before_it(home: Home) -> None:
    """An edit that puts words before it, and one that covers others."""
    noa, sam = await couple(home)
    await read_without_cover(sam)
    first, then = "I hid the cake", "Last night I hid the cake"
    sends(noa, 9_000, text=first, entities=[entity("spoiler", first, "hid")])
    await settled(home)
    marks = [entity("spoiler", then, "hid the cake")]
    sends(noa, 9_000, "edited_message", text=then, entities=marks, edit_date=home.world.timestamp())
    assert covered_words(await reveal(noa, sam)) == ["hid the cake"]


async def test_a_reader_who_covers_all_sees_one_cover(home: Home) -> None:
    """Their own wish goes before what the author has covered of it."""
    noa, sam = await couple(home)
    text = "I burnt the cake"
    sends(noa, 9_000, text=text, entities=[entity("spoiler", text, "burnt")])
    assert covered_words(await reveal(noa, sam)) == [text]


async def test_a_caption_is_covered_and_its_picture_is_not(home: Home) -> None:
    """Where its author has covered words under it alone."""
    noa, sam = await couple(home)
    await read_without_cover(sam)
    text = "the sea, and the tent that I forgot"
    sent = noa.phone.send_photo(PICTURE, caption=text)
    await settled(home)
    marks = [entity("spoiler", text, "that I forgot")]
    edited = {"photo": sent.body["photo"], "caption": text, "caption_entities": marks, "edit_date": 1}
    sends(noa, sent.message_id, "edited_message", **edited)
    await settled(home)
    await noa.presses(Verb.SEAL)
    await sam.seals("the soup")
    shown = await sam.finds(lambda m: bool(m.body.get("photo")))
    assert not shown.body.get("has_media_spoiler")
    assert "spoiler" in {e["type"] for e in shown.body["caption_entities"]}
