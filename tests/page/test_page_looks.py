"""How the page looks: at three widths, by day and by night; and what axe finds wrong with it."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from page_acts import both_seal, together
from page_tools import Desk, OpenDesk, RunDemo, Stand, page_says, says
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")

WIDTHS = (360, 768, 1440)
SERIOUS = {"serious", "critical"}
RUN_AXE = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"


def axe() -> str:
    """Read axe-core, which a package for tests brings; skip, saying so, where it isn't."""
    found = find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        pytest.skip("axe isn't here: it comes with axe-playwright-python")
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


async def serious(desk: Desk) -> list[str]:
    """Run axe on what is shown; return its serious findings."""
    if await desk.page.evaluate("typeof axe") == "undefined":
        await desk.page.evaluate(axe())
    found: list[dict[str, Any]] = await desk.page.evaluate(RUN_AXE)
    return [
        f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}"
        for one in found
        if one["impact"] in SERIOUS
    ]


@pytest.mark.parametrize(("width", "height"), [(390, 844), (390, 664), (768, 1024), (1440, 900)])
async def test_the_first_button_and_the_field_stand_above_the_fold(
    run_demo: RunDemo, open_desk: OpenDesk, width: int, height: int
) -> None:
    """What is to be pressed first, who the two are, and the line to write in need no scrolling."""
    desk = await open_desk(await run_demo(), viewport={"width": width, "height": height})
    await expect(desk.page.get_by_text("Noa and Sam are a couple")).to_be_in_viewport(ratio=1)
    await expect(desk.button(page_says("play"))).to_be_in_viewport(ratio=1)
    start = desk.phone("Noa").place.get_by_role("button", name=page_says("start"), exact=True)
    await expect(start).to_be_in_viewport(ratio=1)
    await start.click()
    await desk.phone("Noa").sees(says("in"))
    await expect(desk.phone("Noa").field).to_be_in_viewport(ratio=1)
    assert await desk.page.evaluate("scrollY") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_every_width_and_axe_finds_nothing_serious(
    run_demo: RunDemo, open_desk: OpenDesk, tmp_path: Path, scheme: str
) -> None:
    """No sideways scrolling, phones beside each other where there is room; pictures of it in tmp_path."""
    desk = await open_desk(await run_demo(), color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    assert await serious(desk) == []
    noa, sam = await together(desk)
    await both_seal(noa, sam)
    assert await serious(desk) == []
    for width in WIDTHS:
        await desk.page.set_viewport_size({"width": width, "height": 900})
        inner = await desk.page.evaluate("document.documentElement.scrollWidth")
        assert inner == width
        first, second = [await phone.place.bounding_box() for phone in (noa, sam)]
        assert first is not None
        assert second is not None
        assert first["y"] == second["y"]
        both = second["x"] + second["width"] <= width
        assert both == (width > 360), "on a narrow screen the second is pushed into sight"
        await desk.page.screenshot(path=tmp_path / f"{width}-{scheme}.png")
    assert await serious(desk) == []


async def test_axe_finds_nothing_serious_in_menus_dialogs_and_all_kinds_of_messages(
    stand: Stand, open_desk: OpenDesk
) -> None:
    """Whatever can be opened is opened first."""
    noa = stand.phones[0]
    noa.send_text("/start")
    await stand.bot.ask("setMyCommands", commands=[{"command": "today", "description": "Today"}])
    html = "<b>b</b> <code>c</code> <tg-spoiler>s</tg-spoiler> <a href='https://e.org'>l</a> <pre>p</pre>"
    html += f"<blockquote expandable>{'long ' * 80}</blockquote>"
    await stand.bot.say(noa.user_id, html, protect_content=True)
    noa.send_voice(b"OggS", 3)
    noa.send_video_note(b"x", 3)
    noa.send_document(b"x", "x.txt")
    noa.send_text("reply", reply_to=1)
    await stand.bot.say(noa.user_id, "Keys?", reply_markup={"keyboard": [[{"text": "Yes"}]]})
    stand.stage.share(stand.phones[1], noa.user_id, "https://t.me/echo_bot?start=a", "Come")
    desk = await open_desk(stand.url, bypass_csp=True, reduced_motion="reduce")
    phone = desk.phone("Noa")
    await phone.sees("Keys?")
    await desk.page.get_by_text(page_says("passing")).click()
    await desk.page.get_by_role("listitem").first.locator("summary").click()
    assert await serious(desk) == []
    await phone.place.get_by_role("button", name=page_says("commands"), exact=True).click()
    assert await serious(desk) == []
    await phone.place.get_by_role("button", name=page_says("attach"), exact=True).click()
    await phone.place.get_by_role("menuitem", name=page_says("sample_picture")).click()
    await expect(desk.page.get_by_role("dialog")).to_be_visible()
    assert await serious(desk) == []


async def test_nothing_moves_for_who_wants_no_motion(stand: Stand, open_desk: OpenDesk) -> None:
    """With prefers-reduced-motion no animation runs, not even a waiting key's."""
    noa = stand.phones[0]
    noa.send_text("/start")
    stand.bot.task.cancel()
    rows = {"inline_keyboard": [[{"text": "Yes", "callback_data": "1"}]]}
    await stand.bot.say(noa.user_id, "<tg-spoiler>Covered</tg-spoiler>", reply_markup=rows)
    for motion, expected in (("reduce", 0), ("no-preference", 2)):
        desk = await open_desk(stand.url, reduced_motion=motion)
        phone = desk.phone("Noa")
        await phone.presses("Yes")
        await expect(phone.log.locator(".busy")).to_have_count(1)
        running = await desk.page.evaluate(
            "document.getAnimations().filter((found) => found instanceof CSSAnimation).length"
        )
        assert running >= expected if expected else running == 0
