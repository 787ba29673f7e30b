"""Who may come in: nobody but this machine's own page, token in hand."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, WSMsgType, web
from page_tools import OpenDesk, Stand, page_says
from playwright.async_api import expect

from bot.sandbox.stage import serve_page

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATHS = ("/", "/js/main.js", "/live", "/api/phones", "/enter/x", "/nothing")

ATTEMPTS = """async ([root, token, noa]) => {
    const attempt = (act) => act().then(String, (error) => error.name);
    const post = (options) => fetch(root + `api/phones/${noa}/send_text`,
        { method: "POST", body: '{"text": "Hello"}', ...options }).then((answer) => answer.text());
    const follow = () => new Promise((resolve) => {
        const live = new WebSocket(root.replace("http", "ws") + "live");
        live.onopen = () => resolve("open");
        live.onerror = () => resolve("refused");
    });
    const frame = () => new Promise((resolve) => {
        const inside = document.createElement("iframe");
        inside.src = root + "#" + token;
        inside.onload = () => resolve(attempt(async () => inside.contentWindow.document.title));
        document.body.append(inside);
    });
    return {
        "read": await attempt(() => fetch(root).then((answer) => answer.text())),
        "drive": await attempt(() => post({ headers: { "X-Sandbox-Token": token } })),
        "drive blindly": await attempt(() => post({ mode: "no-cors" })),
        "run our script": await attempt(() => import(root + "js/main.js")),
        "follow": await follow(),
        "frame": await frame(),
    };
}"""


async def test_a_wrong_host_and_a_foreign_origin_get_nothing(stand: Stand) -> None:
    """A name that points here, and another site's page, are refused everywhere."""
    async with ClientSession() as session:
        for path in PATHS:
            for wrong in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
                async with session.get(
                    f"http://127.0.0.1:{stand.page.port}{path}", headers=wrong
                ) as response:
                    assert response.status == 403, (path, wrong)


async def test_without_the_token_nothing_is_done_or_told(stand: Stand) -> None:
    """The page's files are open to this machine; what happens and what can be done is not."""
    noa = stand.phones[0].user_id
    async with ClientSession(f"http://127.0.0.1:{stand.page.port}") as session:
        for headers in ({}, {"X-Sandbox-Token": "wrong"}, {"X-Sandbox-Token": "ü"}):
            for path in (f"/api/phones/{noa}/send_text", "/api/clock", "/api/story/over", "/api/cards"):
                async with session.post(path, json={"text": "Hello"}, headers=headers) as response:
                    assert response.status in {400, 403}
            async with session.get("/api/files/x", headers=headers) as response:
                assert response.status in {400, 403}
        for words in ('{"token": "wrong"}', "no json", "[]"):
            async with session.ws_connect("/live") as socket_:
                await socket_.send_str(words)
                answer = await socket_.receive(5)
                assert answer.type is WSMsgType.CLOSE
                assert answer.data == 4403
    assert stand.phones[0].messages == []


async def test_another_site_in_the_same_browser_can_neither_read_nor_drive(
    stand: Stand, open_desk: OpenDesk
) -> None:
    """Fetch, script, WebSocket and frame from another origin all fail, even with the token known."""
    async with another_site() as site:
        desk = await open_desk(site)
        desk.expected.append("")  # a browser tells of each refusal
        known = [stand.page.root, stand.stage.token, stand.phones[0].user_id]
        tried = await desk.page.evaluate(ATTEMPTS, known)
        assert tried == {
            "read": "TypeError",
            "drive": "TypeError",
            "drive blindly": "TypeError",
            "run our script": "TypeError",
            "follow": "refused",
            "frame": "SecurityError",
        }
        desk.problems.clear()
    assert stand.phones[0].messages == []


@asynccontextmanager
async def another_site() -> AsyncIterator[str]:
    """Serve an empty page under another origin."""

    async def empty(_: web.Request) -> web.Response:
        return web.Response(text="<!doctype html><title>Elsewhere</title>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/{any:.*}", empty)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://localhost:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def test_every_answer_carries_the_strict_headers(stand: Stand) -> None:
    """No inline script, no other host, no frame, no guessing of types; on refusals and errors, too."""
    async with ClientSession(f"http://127.0.0.1:{stand.page.port}") as session:
        for path in PATHS:
            async with session.get(path, allow_redirects=False) as response:
                policy = response.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "frame-ancestors 'none'" in policy
                assert "unsafe" not in policy
                assert response.headers["X-Content-Type-Options"] == "nosniff"
                assert response.headers["Referrer-Policy"] == "no-referrer"
                assert "Access-Control-Allow-Origin" not in response.headers


async def test_only_this_machine_is_listened_to(stand: Stand) -> None:
    """The socket is bound to the loopback address."""
    addresses = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in addresses - {"127.0.0.1"}:
        with pytest.raises(OSError, match=r".+"):
            await asyncio.wait_for(asyncio.open_connection(address, stand.page.port), 2)


async def test_the_address_for_a_command_line_leads_in_once(stand: Stand, open_desk: OpenDesk) -> None:
    """Others on this machine may see a command line; what they see there is used up."""
    once = stand.page.once()
    desk = await open_desk(once)
    await expect(desk.phone("Noa").place).to_be_visible()
    async with ClientSession() as session, session.get(once, allow_redirects=False) as response:
        assert response.status == 403


async def test_a_page_without_the_right_token_says_what_to_do(stand: Stand, open_desk: OpenDesk) -> None:
    """One sentence, and no endless trying."""
    desk = await open_desk(f"{stand.page.root}#stale")
    await expect(desk.page.get_by_text("Open the whole address that the terminal shows.")).to_be_visible()
    await expect(desk.page.get_by_role("region", name=page_says("phone_of", name="Noa"))).to_have_count(0)


async def test_a_taken_port_is_an_os_error(stand: Stand) -> None:
    """Two pages never share a port."""
    with pytest.raises(OSError, match="in use"):
        async with serve_page(stand.stage, port=stand.page.port):
            pass
