"""Voices, pictures, round clips and files: recorded, chosen, dropped, shown."""

import io
import zipfile
from pathlib import Path

import pytest
from aiohttp import ClientSession
from page_tools import EchoBot, Held, Json, OpenDesk, Stand, page_says
from playwright.async_api import expect

from bot.sandbox.files import image_size

pytestmark = pytest.mark.asyncio(loop_scope="session")

MB = 1024 * 1024


async def silent(_: EchoBot, __: Json) -> None:
    """Say nothing."""


async def begin(stand: Stand, open_desk: OpenDesk) -> Held:
    """Open Noa's phone, with a chat begun."""
    stand.bot.answer = silent
    stand.phones[0].send_text("/start")
    return (await open_desk(stand.url)).phone("Noa")


async def heard(stand: Stand) -> Json:
    """Return the last message that the bot has got."""
    await stand.world.drained()
    message: Json = stand.bot.heard[-1]["message"]
    return message


async def attach(phone: Held, item: str) -> None:
    """Choose from the attach menu."""
    await phone.place.get_by_role("button", name=page_says("attach"), exact=True).click()
    await phone.place.get_by_role("menuitem", name=item, exact=True).click()


async def test_a_voice_is_recorded_with_the_microphone_and_plays(stand: Stand, open_desk: OpenDesk) -> None:
    """The recording is one voice message; its button plays and pauses it."""
    phone = await begin(stand, open_desk)
    await phone.place.get_by_role("button", name=page_says("record")).click()
    recording = phone.place.get_by_role("group", name=page_says("recording"))
    await expect(recording).not_to_contain_text("0:00")
    await recording.get_by_role("button", name=page_says("send"), exact=True).click()
    play = phone.log.get_by_role("button", name=page_says("voice_play", length=""))
    await expect(play).to_be_visible()
    voice = (await heard(stand))["voice"]
    assert voice["duration"] >= 1
    stored = stand.world.files.get(voice["file_id"])
    assert stored is not None
    assert len(stored.data) > 500
    await play.click()
    await expect(phone.log.get_by_role("button", name=page_says("voice_pause", length=""))).to_be_visible()
    await expect(play).to_be_visible()


async def test_samples_stand_in_for_a_microphone_a_camera_and_a_file(
    stand: Stand, open_desk: OpenDesk
) -> None:
    """A hum, a round clip and a picture of our own can be sent, and play."""
    phone = await begin(stand, open_desk)
    await attach(phone, page_says("sample_voice"))
    await phone.log.get_by_role("button", name=page_says("voice_play", length="0:02")).click()
    await expect(
        phone.log.get_by_role("button", name=page_says("voice_pause", length="0:02"))
    ).to_be_visible()
    await attach(phone, page_says("sample_video"))
    clip = phone.log.get_by_role("button", name=page_says("video_play", length=""))
    await expect(clip).to_be_visible()
    await clip.click()
    await expect(phone.log.get_by_role("button", name=page_says("video_pause", length=""))).to_be_visible()
    assert (await heard(stand))["video_note"]["length"] > 0
    await attach(phone, page_says("sample_picture"))
    dialog = phone.desk.page.get_by_role("dialog")
    await dialog.get_by_role("textbox", name=page_says("caption")).fill("My evening")
    await phone.desk.choose(page_says("send"))
    await phone.sees("My evening")
    message = await heard(stand)
    assert message["caption"] == "My evening"
    assert message["photo"][-1]["width"] == 960


async def test_a_picture_is_shown_and_looked_at(stand: Stand, open_desk: OpenDesk) -> None:
    """What the bot sends is drawn in its proportions; a covered one opens on a tap."""
    phone = await begin(stand, open_desk)
    await attach(phone, page_says("sample_picture"))
    await phone.desk.choose(page_says("send"))
    await expect(phone.log.locator("img")).to_be_visible()
    file_id = (await heard(stand))["photo"][-1]["file_id"]
    chat = stand.phones[0].user_id
    await stand.bot.ask("sendPhoto", chat_id=chat, photo=file_id, has_spoiler=True, caption="Guess")
    bubble = await phone.sees("Guess")
    await bubble.get_by_role("button", name=page_says("picture_covered")).click()
    await bubble.get_by_role("button", name=page_says("picture_words")).click()
    whole = phone.desk.page.get_by_role("dialog").get_by_role("img")
    await expect(whole).to_have_js_property("naturalWidth", 960)
    await phone.desk.choose(page_says("close"))
    await expect(phone.desk.page.get_by_role("dialog")).to_have_count(0)


async def test_a_file_is_chosen_and_one_is_dropped(stand: Stand, open_desk: OpenDesk, tmp_path: Path) -> None:
    """A picture goes as a picture after a look at it; anything else as a file."""
    phone = await begin(stand, open_desk)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear you")
    await phone.place.get_by_label(page_says("choose_file")).set_input_files(letter)
    await phone.sees("letter.txt")
    assert (await heard(stand))["document"]["file_name"] == "letter.txt"
    page = phone.desk.page
    moved = await page.evaluate_handle(
        """async () => {
            const canvas = new OffscreenCanvas(300, 200);
            canvas.getContext("2d").fillRect(0, 0, 150, 100);
            const blob = await canvas.convertToBlob();
            const moved = new DataTransfer();
            moved.items.add(new File([blob], "drawn.png", { type: "image/png" }));
            return moved;
        }"""
    )
    await phone.place.locator(".screen").dispatch_event("drop", {"dataTransfer": moved})
    await phone.desk.choose(page_says("send"))
    await expect(phone.log.locator("img")).to_be_visible()
    stored = stand.world.files.get((await heard(stand))["photo"][-1]["file_id"])
    assert stored is not None
    assert image_size(stored.data) == (300, 200)


async def test_a_picture_of_fifty_megabytes_is_refused_in_a_sentence(
    stand: Stand, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Nothing is sent, the page goes on."""
    phone = await begin(stand, open_desk)
    huge = tmp_path / "huge.jpg"
    with huge.open("wb") as file:
        file.truncate(50 * MB)
    await phone.place.get_by_label(page_says("choose_file")).set_input_files(huge)
    dialog = phone.desk.page.get_by_role("dialog")
    await expect(dialog).to_contain_text(
        page_says("too_large_picture", most="10", name="huge.jpg", size="50.0 MB")
    )
    await phone.desk.choose(page_says("ok"))
    await phone.writes("Still here")
    await phone.sees("Still here")


async def test_a_page_in_a_file_is_shown_once_and_nothing_in_it_runs(
    stand: Stand, open_desk: OpenDesk
) -> None:
    """Its script is dead, its address leads there a single time, and a file without a page says so."""
    phone = await begin(stand, open_desk)
    page = b"<!doctype html><p id=a>Kept</p><script>document.getElementById('a').textContent = 'Ran'</script>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("notes.txt", "nothing")
        archive.writestr("kept.html", page)
    stand.phones[0].send_document(made.getvalue(), "kept.zip")
    phone.desk.expected.append("Blocked script execution")
    await phone.log.get_by_role("button", name="kept.zip").click()
    dialog = phone.desk.page.get_by_role("dialog")
    await expect(dialog.frame_locator("iframe").get_by_text("Kept")).to_be_visible()
    path = await dialog.locator("iframe").get_attribute("src")
    async with ClientSession(f"http://127.0.0.1:{stand.page.port}") as session:
        for where in (path or "", "/shown/x"):
            async with session.get(where) as response:
                assert response.status == 404
    await phone.desk.choose(page_says("close"))
    stand.phones[0].send_document(b"no archive", "other.zip")
    await phone.log.get_by_role("button", name="other.zip").click()
    await expect(phone.place.get_by_role("status")).to_contain_text(page_says("no_page"))
