"""What Telegram says becomes a value, and none of its words goes further."""

from datetime import timedelta
from typing import Any

import pytest

from bot.messages import Outcome, Refused, Sent, TokenRefused, TryLater, Unreachable, Withdrawn
from bot.sandbox import Fault, Phone, World, serve
from bot.screens.call import Call
from bot.telegram.client import Answer, BotApi
from bot.telegram.http import AioRequest
from bot.telegram.sender import REASONS, Sender, judge

CALL = Call("editMessageText", {"chat_id": 1, "message_id": 9, "text": "their words"})


def an_answer(
    status: int, description: str = "", *, result: Any = None, after: float | None = None, moved: bool = False
) -> Answer:
    """Make what Telegram might say."""
    return Answer(status, status == 200, result, description, after, moved)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (an_answer(200, result={"message_id": 5}), Sent(5)),
        (an_answer(200, result=True), Sent(None)),
        (an_answer(200, result=[{"message_id": 5}, {"message_id": 6}]), Sent(5)),
        (an_answer(200, result=[]), Sent(None)),
        (an_answer(429, after=7), TryLater(timedelta(seconds=7))),
        (an_answer(429, after=86_400), TryLater(timedelta(days=1))),
        (an_answer(429), TryLater(timedelta(seconds=1))),
        (an_answer(409, "Conflict: terminated by other getUpdates request"), TryLater(doubtful=True)),
        (an_answer(500, "Internal Server Error"), TryLater(doubtful=True)),
        (an_answer(502, "Bad Gateway"), TryLater(doubtful=True)),
        (an_answer(403, "Forbidden: bot was blocked by the user"), Unreachable()),
        (an_answer(403, "Forbidden: user is deactivated"), Unreachable()),
        (an_answer(403, "Forbidden: bot can't initiate conversation with a user"), Unreachable()),
        (an_answer(400, "Bad Request: chat not found"), Unreachable()),
        (an_answer(400, "Bad Request: message is not modified: specified new ..."), Sent(9)),
        (an_answer(400, "Bad Request: query is too old and response timeout expired"), Withdrawn()),
        (an_answer(400, "Bad Request: message to edit not found"), Withdrawn()),
        (an_answer(400, "Bad Request: message can't be edited"), Withdrawn()),
        (an_answer(400, "Bad Request: message to delete not found"), Withdrawn()),
        (an_answer(400, "Bad Request: message is too long"), Refused("text too long")),
        (
            an_answer(400, "Bad Request: can't parse entities: Unclosed <b>"),
            Refused("markup cannot be parsed"),
        ),
        (an_answer(400, "Bad Request: BUTTON_DATA_INVALID"), Refused("button data invalid")),
        (an_answer(400, "Bad Request: group chat was upgraded", moved=True), Refused("the group has moved")),
        (an_answer(404, "Not Found"), Refused("status 404")),
        (an_answer(413, "Request Entity Too Large"), Refused("status 413")),
    ],
)
def test_each_answer_has_its_outcome(answer: Answer, outcome: Outcome) -> None:
    """The table at the top of the sender."""
    assert judge(answer, CALL) == outcome


def test_a_refusals_reason_is_one_of_ours() -> None:
    """Telegram's descriptions can quote what was sent."""
    said = judge(an_answer(400, "Bad Request: something new about 'their words'"), CALL)
    assert said == Refused("bad request")
    assert "words" not in repr(CALL)
    assert all("'" not in reason for reason in REASONS.values())


class At:
    """A sender at a sandbox."""

    def __init__(self, world: World, phone: Phone, sender: Sender) -> None:
        self.world, self.phone, self.sender = world, phone, sender

    async def say(self, text: str = "Hello", **more: Any) -> Outcome:
        """Send a text."""
        return await self.sender.send(
            Call("sendMessage", {"chat_id": self.phone.user_id, "text": text, **more})
        )


async def test_the_sandbox_is_understood() -> None:
    """Real answers over real HTTP: good calls, edits, blocks, limits, faults and a lost line."""
    world = World()
    phone = world.phone(first_name="Ada")
    phone.send_text("/start")
    request = AioRequest(read_timeout=0.5)
    async with request:
        async with serve(world) as server:
            at = At(world, phone, Sender(BotApi(request, f"{server.url}/bot", world.token)))
            first = await at.say()
            assert isinstance(first, Sent)
            assert first.message_id is not None
            edit = Call(
                "editMessageText", {"chat_id": phone.user_id, "message_id": first.message_id, "text": "Bye"}
            )
            assert await at.sender.send(edit) == first
            assert await at.sender.send(edit) == first, "a repeated edit is as good as the first"
            assert isinstance(await at.say("<b>", parse_mode="HTML"), Refused)
            old = Call("answerCallbackQuery", {"callback_query_id": "77"})
            assert await at.sender.send(old) == Withdrawn()
            await _faults(at)
            phone.block()
            assert await at.say() == Unreachable()
            wrong = Sender(BotApi(request, f"{server.url}/bot", "1:wrong"))
            with pytest.raises(TokenRefused):
                await wrong.send(edit)
        await at.say()  # may still find the old connection
        assert await at.say() == TryLater(everyone=True)


async def _faults(at: At) -> None:
    faults = at.world.faults
    faults.add(Fault("error", code=429, retry_after=9, count=1))
    assert await at.say() == TryLater(timedelta(seconds=9))
    for effect, more in (("error", {"code": 502}), ("error", {"code": 500}), ("reset", {}), ("hang", {})):
        faults.add(Fault(effect, count=1, **more))  # type: ignore[arg-type]
        assert await at.say() == TryLater(doubtful=True)
        faults.clear()
    faults.add(Fault("deactivated", count=1))
    assert await at.say() == Unreachable()
