"""Inviting: a link that works once, for two days, its picture, and what is kept of it."""

import struct
import zlib
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import segno
from labels import label
from memory import everything, traces
from people import Person, couple, invites, joins, later, link_in, person, settled

from bot.home.house import Home
from bot.sandbox import Message
from bot.screens.callbacks import Verb

QUIET_ZONE = 4  # modules around a QR code, as its standard asks
HEADER = 8


def code_in(link: str) -> str:
    """Give the secret part of a link."""
    return parse_qs(urlsplit(link).query)["start"][0]


def modules(picture: bytes) -> list[list[bool]]:
    """Read a QR code's modules from a PNG of one bit a pixel, whose rows below a module's first repeat it."""
    chunks, at = {}, HEADER
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        chunks[picture[at + 4 : at + 8]] = picture[at + 8 : at + 8 + length]
        at += length + 12
    (width,) = struct.unpack(">I", chunks[b"IHDR"][:4])
    stride = (width + 7) // 8 + 1
    raw = zlib.decompress(chunks[b"IDAT"])
    scale = next(size for size in range(width, 0, -1) if _fits(width, size))
    lines = [raw[y * stride : (y + 1) * stride] for y in range(0, width, scale)]
    assert {line[0] for line in lines} == {0}, "a filter that is not read here"
    return [[not line[1 + x // 8] >> (7 - x % 8) & 1 for x in range(0, width, scale)] for line in lines]


def _fits(width: int, scale: int) -> bool:
    """Tell whether so many pixels a module make a QR code of a size that there is."""
    side, rest = divmod(width, scale)
    return not rest and side >= 21 + 2 * QUIET_ZONE and (side - 2 * QUIET_ZONE - 21) % 4 == 0


async def invitation(inviter: Person) -> Message:
    """Start, consent, and give the invitation."""
    await invites(inviter)
    return inviter.phone.last


async def test_the_picture_is_the_link(home: Home) -> None:
    """The QR code under the invitation holds its link, with the quiet zone that readers need."""
    noa = person(home, "Noa")
    shown = await invitation(noa)
    assert shown.media is not None
    stored = home.world.files.get(shown.media.file_id)
    assert stored is not None
    whole = modules(stored.data)
    inside = [row[QUIET_ZONE:-QUIET_ZONE] for row in whole[QUIET_ZONE:-QUIET_ZONE]]
    assert inside == [
        [bool(module) for module in row] for row in segno.make(link_in(shown), error="m").matrix
    ]
    assert not any(module for row in whole[:QUIET_ZONE] for module in row)


async def test_a_button_sends_it_to_a_chosen_chat(home: Home) -> None:
    """The first button opens Telegram's share page with the link and a sentence, spaces spelled as %20."""
    noa = person(home, "Noa")
    shown = await invitation(noa)
    (share,) = (row[0] for row in shown.buttons)
    url = urlsplit(share.value)
    assert (share.text, share.kind) == (label("share"), "url")
    assert (url.scheme, url.netloc, url.path) == ("https", "t.me", "/share/url")
    assert parse_qs(url.query)["url"] == [link_in(shown)]
    assert "practise empathy together" in parse_qs(url.query)["text"][0]
    assert "+" not in url.query


async def test_a_code_holds_128_bits_or_more(home: Home) -> None:
    """A code fits a start payload, has at least 22 characters of 64, and no two are alike."""
    noa = person(home, "Noa")
    codes = {code_in(await invites(noa))}
    for _ in range(20):
        noa.writes("/invite")
        codes.add(code_in(link_in(await noa.sees("Who will you"))))
    assert len(codes) == 21
    assert all(22 <= len(code) <= 64 for code in codes)
    assert len(set("".join(codes))) > 50


async def test_a_code_stands_nowhere_in_clear(home: Home) -> None:
    """No row and no file of the bot's holds a code, when it is made, shown to a joiner, or used up."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    link = await invites(noa)
    await joins(sam, link)
    assert traces(home, code_in(link)) == []
    await noa.presses(Verb.CONFIRM)
    await sam.sees("together here")
    assert traces(home, code_in(link)) == []
    assert [row for row in everything(home) if code_in(link) in row] == []


async def test_it_works_for_two_days(home: Home) -> None:
    """A minute before the 48 hours are over a link works; when they are over it doesn't."""
    noa, sam, kim = (person(home, name) for name in ("Noa", "Sam", "Kim"))
    link = await invites(noa)
    home.clock.advance(timedelta(hours=48) - timedelta(minutes=1))
    sam.opens(link)
    await sam.presses(Verb.NOT_NOW, on=await sam.sees("would like to practise"))
    await later(home, minutes=1)
    kim.opens(link)
    assert "doesn't work any more" in (await kim.sees("invitation")).text


async def test_it_expires_between_reading_and_tapping(home: Home) -> None:
    """Who opens a link in time but consents too late is told so, and nothing is kept of them."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    sam.opens(await invites(noa))
    shown = await sam.sees("would like to practise")
    await later(home, hours=48)
    assert "doesn't work any more" in await sam.press_answer(Verb.JOIN, on=shown)
    assert [row for row in everything(home) if str(sam.phone.user_id) in row] == []


async def test_asking_again_replaces_it(home: Home) -> None:
    """A new link, by button or command, ends the one before, whose message loses its buttons."""
    noa, sam = person(home, "Noa"), person(home, "Sam")
    first = await invites(noa)
    shown = noa.phone.last
    await settled(home)
    second = link_in(await _new(noa))
    await settled(home)
    assert noa.phone.chat.messages[shown.message_id].labels == []
    noa.writes("/invite")
    third = link_in(await noa.sees("Who will you"))
    for link in (first, second):
        sam.opens(link)
        assert "doesn't work any more" in (await sam.sees("invitation")).text
    await joins(sam, third)


async def _new(inviter: Person) -> Message:
    inviter.writes("/invite")
    return await inviter.sees("Who will you")


async def test_it_works_once(home: Home) -> None:
    """Who comes second is told that it is used, and not by whom or whose it is."""
    noa, sam, kim = (person(home, name) for name in ("Noa", "Sam", "Kim"))
    link = await invites(noa)
    await joins(sam, link)
    kim.opens(link)
    refused = (await kim.sees("used already")).text
    assert "Noa" not in refused
    assert "Sam" not in refused


async def test_a_couple_has_no_invitation(home: Home) -> None:
    """In a couple, /invite says that one at a time is enough."""
    noa, _ = await couple(home)
    assert "one at a time" in await noa.answer("/invite")
