"""Files: their ids, their sizes, and how they come back."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox_tools import PNG, Ask, Asker

from bot.sandbox import Phone, World
from bot.sandbox.files import image_size

# The start, an application's segment, and the frame with its height and width.
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 600, 800) + b"rest"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (320, 240)),
        (JPEG, (800, 600)),
        (PNG[:20], None),
        (JPEG[:12], None),
        (b"\x89PNG\r\n\x1a\n" + bytes(16), None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_a_pictures_size_is_read_from_its_header(data: bytes, size: tuple[int, int] | None) -> None:
    """PNG and JPEG tell theirs; for anything else a usual one is assumed."""
    assert image_size(data) == size


@given(st.binary(max_size=64))
def test_any_bytes_may_be_sent_as_a_picture(data: bytes) -> None:
    """Broken headers break nothing."""
    image_size(b"\xff\xd8\xff" + data)
    image_size(b"\x89PNG\r\n\x1a\n" + data)


def test_ids_are_the_same_in_every_run_and_differ_between_bots() -> None:
    """A test may write an id down; another bot's token makes other ids."""

    def file_id(world: World) -> str:
        media = world.phone(first_name="Ada").send_voice(b"voice", 1).media
        assert media is not None
        return media.file_id

    assert file_id(World()) == file_id(World())
    assert file_id(World()) != file_id(World(token="5:other"))  # noqa: S106  opens nothing


async def test_a_file_is_no_file_of_another_kind(ask: Ask, phone: Phone) -> None:
    """A voice message's id can't be sent as a photo."""
    voice = phone.send_voice(b"voice", 1).media
    assert voice is not None
    refused = await ask("sendPhoto", chat_id=phone.user_id, photo=voice.file_id)
    assert refused["description"] == "Bad Request: can't use file of type VoiceNote as Photo"


async def test_an_empty_file_is_refused(ask: Asker, phone: Phone) -> None:
    """Nothing can't be sent."""
    form = {"chat_id": str(phone.user_id), "voice": "attach://it", "it": io.BytesIO()}
    async with ask.session.post(f"{ask.root}/sendVoice", data=form) as response:
        assert (await response.json())["description"] == "Bad Request: file must be non-empty"
    form |= {"it": io.BytesIO(b"voice")}
    async with ask.session.post(f"{ask.root}/sendVoice", data=form) as response:
        assert (await response.json())["result"]["voice"]["file_size"] == 5
    assert list(phone.world.inspection.findings) == []


async def test_only_twenty_megabytes_come_back(ask: Asker, phone: Phone) -> None:
    """A larger file is refused; a photo's smaller size leads to the same bytes."""
    large = phone.send_document(bytes(20 * 1024 * 1024 + 1), "large.bin").media
    assert large is not None
    refused = await ask("getFile", file_id=large.file_id)
    assert refused["description"] == "Bad Request: file is too big"
    small = phone.send_photo(PNG).body["photo"][0]["file_id"]
    found = (await ask("getFile", file_id=small))["result"]
    async with ask.session.get(
        f"{ask.server.url}/file/bot{phone.world.token}/{found['file_path']}"
    ) as response:
        assert await response.read() == PNG
