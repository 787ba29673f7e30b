"""The control API: a page or another process holds the phones; nobody else may."""

import asyncio
import base64
from typing import Any

import pytest
from sandbox_tools import Asker

from bot.sandbox import Phone, World


class Page:
    """Control requests with the right token, unless told otherwise."""

    def __init__(self, ask: Asker) -> None:
        self.ask = ask
        self.headers = {"X-Sandbox-Token": ask.server.world.control_token}

    async def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Send a request; return the status and the JSON answer."""
        url = f"{self.ask.server.control_url}{path}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.ask.session.request(method, url, json=body, headers=self.headers | named) as response:
            return response.status, await response.json()


@pytest.fixture
def page(ask: Asker) -> Page:
    """Return control requests."""
    return Page(ask)


async def test_a_page_talks_with_the_bot(page: Page, ask: Asker) -> None:
    """Someone is made, starts the bot, gets an answer with a button, and presses it."""
    _, ada = await page("POST", "/people", {"first_name": "Ada", "language_code": "hu"})
    me = f"/people/{ada['user_id']}"
    status, said = await page("POST", f"{me}/open_link", {"url": "https://t.me/attune_bot?start=x"})
    assert (status, said["message"]["text"]) == (200, "/start x")
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    await ask("setMyCommands", commands=[{"command": "start", "description": "Start"}])
    await ask(
        "sendMessage", chat_id=ada["user_id"], text="<b>hi</b>", parse_mode="HTML", reply_markup=keyboard
    )
    _, screen = await page("GET", me)
    assert screen["person"]["language_code"] == "hu"
    assert screen["bot"]["commands"] == [{"command": "start", "description": "Start"}]
    assert [message["html"] for message in screen["messages"]] == ["/start x", "<b>hi</b>"]
    number = screen["messages"][1]["message"]["message_id"]
    _, press = await page("POST", f"{me}/press", {"message": number, "button": "Go"})
    assert (await ask("answerCallbackQuery", callback_query_id=press["query_id"], text="yes"))["ok"]
    _, events = await page("GET", f"/events?since={screen['next']}")
    kinds = [event["kind"] for event in events["events"]]
    assert kinds == ["update", "answer", "call"]
    assert events["events"][1]["body"]["text"] == "yes"


async def test_every_action_of_a_phone_is_there(page: Page, world: World, ask: Asker) -> None:
    """Files travel as base64; what a person can't do is 409."""
    phone = world.phone(first_name="Ada")
    me = f"/people/{phone.user_id}"
    data = base64.b64encode(b"data").decode()
    actions: list[tuple[str, dict[str, Any]]] = [
        ("send_text", {"text": "one"}),
        ("edit_text", {"message_id": 1, "text": "two"}),
        ("send_voice", {"data": data, "duration": 3}),
        ("send_video_note", {"data": data, "duration": 3}),
        ("send_photo", {"data": data, "caption": "c"}),
        ("send_document", {"data": data, "name": "a.txt"}),
        ("send_sticker", {}),
        ("send_location", {"latitude": 1.0, "longitude": 2.0}),
        ("react", {"message_id": 1, "emoji": ["👍"]}),
        ("query_inline", {"query": "x"}),
        ("delete", {"message_id": 1}),
        ("block", {}),
        ("unblock", {}),
    ]
    for action, body in actions:
        assert (await page("POST", f"{me}/{action}", body))[0] == 200, action
    voice = phone.messages[0].media
    assert voice is not None
    url = f"{ask.server.control_url}/files/{voice.file_id}"
    async with ask.session.get(url, headers=page.headers) as response:
        assert await response.read() == b"data"
    await page("POST", f"{me}/deactivate", {})
    status, refused = await page("POST", f"{me}/send_text", {"text": "x"})
    assert (status, refused) == (409, {"error": "this account is gone"})


async def test_what_can_not_be_understood_is_told(page: Page, phone: Phone) -> None:
    """400 for a wrong body, 404 for what isn't there."""
    me = f"/people/{phone.user_id}"
    for method, path, body, status in (
        ("POST", f"{me}/send_text", {}, 400),
        ("POST", f"{me}/send_text", {"wrong": 1}, 400),
        ("POST", f"{me}/send_text", [], 400),
        ("POST", f"{me}/send_voice", {"data": "?", "duration": 1}, 400),
        ("POST", f"{me}/dance", {}, 404),
        ("GET", "/people/999", None, 404),
        ("GET", f"{me}?chat_id=999", None, 404),
        ("GET", "/files/none", None, 404),
        ("POST", "/faults", {"effect": "none"}, 400),
        ("POST", "/limits", {}, 400),
        ("POST", "/clock", {"advance": -1}, 400),
        ("POST", "/groups", {"title": "x", "members": [999]}, 404),
        ("GET", "/events?since=x", None, 400),
    ):
        answer = await page(method, path, body)
        assert answer[0] == status, (path, answer)
        assert "error" in answer[1]


async def test_only_this_machine_with_the_token_may_steer(page: Page, ask: Asker) -> None:
    """No token, a wrong one, a foreign Host and a foreign Origin are each refused."""
    host = ask.server.url.removeprefix("http://")
    port = host.rpartition(":")[2]
    assert (await page("GET", "/state"))[0] == 200
    assert (await page("GET", "/state", Origin=ask.server.url))[0] == 200
    assert (await page("GET", "/state", Host=f"localhost:{port}"))[0] == 200
    for headers in (
        {"X_Sandbox_Token": ""},
        {"X_Sandbox_Token": "wrong"},
        {"X_Sandbox_Token": ask.server.world.token},
        {"Host": f"sandbox.example.org:{port}"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ):
        status, refused = await page("GET", "/state", **headers)
        assert status == 403, headers
        assert "only" in refused["error"] or "token" in refused["error"]


async def test_events_are_neither_lost_nor_doubled(page: Page, phone: Phone, ask: Asker) -> None:
    """A reader goes on from its number; a wait ends with the next event."""
    _, before = await page("GET", "/events?since=0")
    assert [event["number"] for event in before["events"]] == list(range(1, before["next"] + 1))
    waiting = asyncio.ensure_future(page("GET", f"/events?since={before['next']}&timeout=20"))
    async with asyncio.timeout(5):
        while not phone.world.events.bell.waiting:  # noqa: ASYNC110  each turn lets the server take a step
            await asyncio.sleep(0)
    await ask("sendChatAction", chat_id=phone.user_id, action="typing")
    _, after = await asyncio.wait_for(waiting, 5)
    assert after["events"][0] == {
        "number": before["next"] + 1,
        "kind": "action",
        "chat_id": phone.user_id,
        "body": {"action": "typing"},
    }
    assert not after["reset"]
    _, ahead = await page("GET", "/events?since=99999")
    assert ahead["reset"]


async def test_the_clock_is_steered(page: Page, phone: Phone, world: World) -> None:
    """Advancing a day lets updates vanish; the bot can read the time."""
    assert phone.messages
    _, before = await page("GET", "/clock")
    assert before == {"now": world.now().isoformat(), "steerable": True}
    assert (await page("POST", "/clock", {"advance": 86_400}))[0] == 200
    _, state = await page("GET", "/state")
    assert state["waiting_updates"] == 1
    assert world.updates.batch(1, world.now()) == []
    _, now = await page("POST", "/clock", {"set": "2030-01-01T00:00:00+02:00"})
    assert now["now"] == "2029-12-31T22:00:00+00:00"
    assert world.events.since(world.events.last - 1).events[0].kind == "clock"


async def test_a_clock_of_someone_elses_stays_where_it_is(ask: Asker) -> None:
    """A world under the machine's clock can't be steered."""
    ask.server.world.clock = World().clock
    status, refused = await Page(ask)("POST", "/clock", {"advance": 1})
    assert (status, refused["error"]) == (409, "this world's clock can't be steered")


async def test_faults_limits_updates_groups_and_calls(page: Page, ask: Asker, phone: Phone) -> None:
    """Everything that Python steers is steered from outside, too."""
    _, fault = await page(
        "POST", "/faults", {"effect": "error", "methods": ["getMe"], "code": 500, "count": 1}
    )
    assert fault["number"] == 1
    assert (await ask("getMe"))["error_code"] == 500
    await page("POST", "/faults", {"effect": "error"})
    assert len((await page("GET", "/faults"))[1]["faults"]) == 1
    assert (await page("DELETE", "/faults"))[1] == {"faults": []}
    assert (await page("POST", "/limits", {"enabled": True}))[1] == {"enabled": True}
    assert (await page("POST", "/updates", {"poll": {"odd": True}}))[1]["update_id"]
    _, group = await page("POST", "/groups", {"title": "Friends", "members": [phone.user_id]})
    body = {"chat_id": group["id"], "text": "/hello"}
    assert (await page("POST", f"/people/{phone.user_id}/send_text", body))[0] == 200
    _, screen = await page("GET", f"/people/{phone.user_id}?chat_id={group['id']}")
    assert screen["messages"][0]["html"] == "/hello"
    _, calls = await page("GET", "/calls")
    assert [(call["method"], call["code"]) for call in calls["calls"]] == [("getMe", 500)]
    assert len((await page("GET", "/people"))[1]["people"]) == 1
    assert (await page("GET", "/snapshot"))[1]["format"] == 1
