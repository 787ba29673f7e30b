"""The live stream without a browser: nothing is lost between a look and the next wait."""

import asyncio
import json

import pytest
from aiohttp import ClientSession
from page_tools import EchoBot, Json, Stand

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def silent(_: EchoBot, __: Json) -> None:
    """Say nothing."""


async def test_every_event_comes_once_whenever_it_happens(stand: Stand) -> None:
    """Events that come at any moment of the telling are told, each once, without another to wake it."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    async with ClientSession() as session, session.ws_connect(f"{stand.page.root}live") as live:
        await live.send_json({"token": stand.stage.token})
        state = json.loads((await live.receive(10)).data)
        assert state["type"] == "state"
        told: list[str] = []
        for number in range(150):
            await asyncio.sleep(number % 30 / 1000)  # at another moment of the telling each time
            noa.send_text(f"Number {number}")
            while f"Number {number}" not in told:
                frame = json.loads((await live.receive(10)).data)
                events = frame.get("events", [])
                told += [e["body"]["message"]["text"] for e in events if e["kind"] == "message"]
        assert told == [f"Number {number}" for number in range(150)]


async def test_a_page_that_comes_back_hears_only_what_it_missed(stand: Stand) -> None:
    """The run and the last number are enough; another run, or a number from the future, brings the state."""
    stand.bot.answer = silent
    noa = stand.phones[0]
    noa.send_text("One")
    async with ClientSession() as session:
        first = await _first_frame(session, stand, {})
        noa.send_text("Two")
        known = {"run": first["run"], "since": first["next"]}
        missed = await _first_frame(session, stand, known)
        texts = [e["body"]["message"]["text"] for e in missed["events"] if e["kind"] == "message"]
        assert texts == ["Two"]
        for strange in ({"run": "another"}, {"since": 10**9}, {"since": "one"}):
            assert (await _first_frame(session, stand, known | strange))["type"] in {"state", "events"}
        assert (await _first_frame(session, stand, known | {"run": "another"}))["type"] == "state"
        assert (await _first_frame(session, stand, known | {"since": 10**9}))["type"] == "state"


async def _first_frame(session: ClientSession, stand: Stand, words: Json) -> Json:
    async with session.ws_connect(f"{stand.page.root}live") as live:
        await live.send_json({"token": stand.stage.token} | words)
        frame: Json = json.loads((await live.receive(10)).data)
        return frame
