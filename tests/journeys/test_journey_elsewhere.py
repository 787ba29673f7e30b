"""What is no conversation between a person and the bot: one polite line, or nothing."""

from typing import Any

import pytest
from memory import stored
from people import Person, couple, later, one, person, settled

from bot.home.house import Home

LINE = "I can take words, voice messages, video messages and pictures. That one I can't keep."
GROUP = "I'm for two people, each in a private chat with me. Please write to me there."
POLL = {
    "id": "1",
    "question": "Who washes up?",
    "options": [{"text": "I", "voter_count": 0, "persistent_id": "a"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
CONTENTS: dict[str, dict[str, Any]] = {
    "poll": {"poll": POLL},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "location": {"location": {"latitude": 1.0, "longitude": 2.0}},
    "audio": {"audio": {"file_id": "a", "file_unique_id": "a", "duration": 3}},
    "video": {"video": {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}},
    "a gif by another bot": {
        "animation": {"file_id": "g", "file_unique_id": "g", "width": 1, "height": 1, "duration": 1},
        "via_bot": {"id": 7, "is_bot": True, "first_name": "gif", "username": "gif"},
    },
}
NOISE: dict[str, dict[str, Any]] = {
    "a pin": {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}},
    "a timer": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
    "a theme": {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "🏠"}}},
}


def sends(sender: Person, said: dict[str, Any], **about: Any) -> None:
    """Let a person send what no phone here can: a message of any content."""
    user, chat = sender.phone.person.to_user(), sender.phone.chat.to_chat()
    base = {"message_id": 9_000, "from": user, "chat": chat, "date": sender.home.world.timestamp()}
    sender.home.world.inject({"message": base | said | about})


@pytest.mark.parametrize("said", CONTENTS.values(), ids=CONTENTS)
async def test_what_cannot_be_kept_gets_one_line(home: Home, said: dict[str, Any]) -> None:
    """It says what can be taken, at the end of the chat and once; and nothing of it is kept."""
    noa, _ = await couple(home)
    for _ in range(5):
        sends(noa, said)
        await settled(home)
        assert [m.text for m in noa.phone.from_bot].count(LINE) == 1
        assert noa.phone.from_bot[-1].text == LINE
    await later(home, minutes=20)
    sends(noa, said)
    await settled(home)
    assert [m.text for m in noa.phone.from_bot].count(LINE) == 2  # what is long said stays
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]


async def test_stickers_documents_and_places_too(home: Home) -> None:
    """A burst of different things gets one line altogether."""
    noa, _ = await couple(home)
    noa.phone.send_sticker()
    noa.phone.send_document(b"%PDF", "taxes.pdf", caption="Can you look at this?")
    noa.phone.send_location(52.5, 13.4)
    assert await noa.hears() == [LINE]


async def test_to_a_stranger_nothing(home: Home) -> None:
    """Somebody who hasn't consented gets no answer to a sticker, and nothing of them is kept."""
    noa = person(home, "Noa")
    noa.phone.send_sticker()
    assert await noa.hears() == []
    assert stored(home, "SELECT count(*) FROM outbox") == [(0,)]


@pytest.mark.parametrize("said", NOISE.values(), ids=NOISE)
async def test_noise_is_not_answered(home: Home, said: dict[str, Any]) -> None:
    """A pin, a timer, a theme: nothing was said, so nothing is answered."""
    noa, _ = await couple(home)
    sends(noa, said)
    assert await noa.hears() == []


async def test_other_bots_get_nothing(home: Home) -> None:
    """A message of another bot is not answered, wherever it comes from."""
    noa, _ = await couple(home)
    other = {"id": 777, "is_bot": True, "first_name": "Another", "username": "another_bot"}
    chat = {"id": 777, "type": "private", "first_name": "Another"}
    command = {"text": "/start", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
    sends(noa, command, **{"from": other, "chat": chat})
    sends(noa, {"text": "Hello, fellow bot."}, **{"from": other, "chat": chat})
    sends(noa, command, **{"from": other, "chat": {"id": -1009, "type": "supergroup", "title": "Bots"}})
    await settled(home)
    assert stored(home, "SELECT count(*) FROM outbox WHERE chat_id IN (777, -1009)") == [(0,)]
    asked = [call.values.get("chat_id") for call in home.world.calls]
    assert {777, -1009}.isdisjoint(asked)


async def test_a_group_hears_one_line_a_day(home: Home) -> None:
    """Added to a group or called there, the bot says one line, at most once a day, and hears nothing else."""
    noa, _ = await couple(home)
    group = home.world.group("Our friends", [noa.phone])
    in_group = Person(home, noa.phone.at(group))
    assert one(await in_group.hears()) == GROUP
    for text in ("/start@attune_bot", "/help", "/leave", "hello everybody"):
        in_group.writes(text)
    assert await in_group.hears() == []
    await later(home, days=1)
    in_group.writes("/today@attune_bot")
    assert one(await in_group.hears()) == GROUP
    assert stored(home, "SELECT parted_at FROM couples") == [(None,)]


async def test_nothing_of_a_round_reaches_a_group(home: Home) -> None:
    """Commands in a group act on nobody, and words there are no reflection."""
    noa, _ = await couple(home)
    in_group = noa.phone.at(home.world.group("Our friends", [noa.phone]))
    for text in ("/pause", "/forget", "/invite", "I felt seen when you waited for me."):
        in_group.send_text(text)
    await settled(home)
    assert stored(home, "SELECT count(*) FROM pieces") == [(0,)]
    assert stored(home, "SELECT count(*) FROM partners WHERE resting = 1") == [(0,)]
    assert stored(home, "SELECT count(*) FROM invites WHERE state = 'open'") == [(0,)]


async def test_channels_are_not_heard(home: Home) -> None:
    """A channel's posts and a channel that writes in a group get nothing."""
    noa, _ = await couple(home)
    post = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": -100500, "type": "channel", "title": "News"},
        "text": "/start",
    }
    home.world.inject({"channel_post": post})
    assert home.world.updates.allowed == {"message", "edited_message", "callback_query", "my_chat_member"}
    sends(noa, {"text": "/start"}, chat={"id": -100500, "type": "channel", "title": "News"})
    await settled(home)
    assert stored(home, "SELECT count(*) FROM outbox WHERE chat_id = -100500") == [(0,)]
