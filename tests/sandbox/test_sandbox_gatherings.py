"""Groups, forums and channels, and what a bot that runs one can do there: both libraries read all of it."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import ChatMemberAdministrator, ChatPermissions, ReplyParameters
from sandbox_tools import PNG, Ask
from telegram import Bot
from telegram.error import BadRequest

from bot.sandbox import Phone, PhoneError, Server, World

ALL = ["message", "channel_post", "chat_member", "chat_join_request", "my_chat_member", "poll", "poll_answer"]


@pytest.fixture
async def aiogram_bot(telegram: Server) -> AsyncIterator[AiogramBot]:
    """Return aiogram's bot, and see afterwards that nothing strayed from the official table."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with AiogramBot(telegram.world.token, session=session) as bot:
        yield bot
    assert list(telegram.world.inspection.findings) == []


@pytest.fixture
async def bot(telegram: Server) -> AsyncIterator[Bot]:
    """Return python-telegram-bot's bot."""
    async with Bot(telegram.world.token, base_url=f"{telegram.url}/bot") as bot:
        yield bot


async def test_an_administrator_changes_what_a_chat_says_of_itself(
    aiogram_bot: AiogramBot, bot: Bot, world: World, phone: Phone
) -> None:
    """Title, description, picture, permissions: told by getChat."""
    group = world.group("Old", [phone], admin=True)
    assert await bot.set_chat_title(group.chat_id, "New")
    assert await bot.set_chat_description(group.chat_id, "About us")
    assert await bot.set_chat_photo(group.chat_id, PNG)
    assert await aiogram_bot.set_chat_permissions(group.chat_id, ChatPermissions(can_send_messages=True))
    told = await aiogram_bot.get_chat(group.chat_id)
    assert (told.title, told.description) == ("New", "About us")
    assert told.photo is not None
    assert told.permissions is not None
    assert told.permissions.can_send_messages
    assert not told.permissions.can_send_polls
    assert await bot.delete_chat_photo(group.chat_id)
    assert (await bot.get_chat(group.chat_id)).photo is None


async def test_a_plain_member_may_not(ask: Ask, world: World, phone: Phone) -> None:
    """Each right is asked for by its name."""
    group = world.group("Friends", [phone])
    for method, values, refusal in (
        ("setChatTitle", {"title": "x"}, "not enough rights to change chat title"),
        ("createChatInviteLink", {}, "not enough rights to manage chat invite link"),
        ("banChatMember", {"user_id": phone.user_id}, "not enough rights to restrict/unrestrict chat member"),
        ("createForumTopic", {"name": "x"}, "the chat is not a forum"),
    ):
        answer = await ask(method, chat_id=group.chat_id, **values)
        assert answer["description"] == f"Bad Request: {refusal}"


async def test_people_are_promoted_restricted_and_put_out(
    aiogram_bot: AiogramBot, bot: Bot, world: World, phone: Phone
) -> None:
    """How somebody stands is told by getChatMember; the creator stays."""
    ben = world.phone(first_name="Ben")
    group = world.group("Friends", [phone, ben], admin=True)
    with pytest.raises(BadRequest, match="Not enough rights"):
        await bot.promote_chat_member(group.chat_id, ben.user_id, can_pin_messages=True)
    group.standing[world.profile.bot_id]["can_promote_members"] = True
    assert await bot.promote_chat_member(group.chat_id, ben.user_id, can_pin_messages=True)
    member = await aiogram_bot.get_chat_member(group.chat_id, ben.user_id)
    assert isinstance(member, ChatMemberAdministrator)
    assert member.can_pin_messages
    assert not member.can_delete_messages
    runs = {member.user.id for member in await aiogram_bot.get_chat_administrators(group.chat_id)}
    assert runs == {phone.user_id, ben.user_id, world.profile.bot_id}
    assert await bot.promote_chat_member(group.chat_id, ben.user_id)
    quiet = ChatPermissions(can_send_messages=False)
    assert await aiogram_bot.restrict_chat_member(group.chat_id, ben.user_id, permissions=quiet)
    assert (await bot.get_chat_member(group.chat_id, ben.user_id)).status == "restricted"
    assert await bot.ban_chat_member(group.chat_id, ben.user_id)
    assert (await aiogram_bot.get_chat_member(group.chat_id, ben.user_id)).status == "kicked"
    assert await bot.unban_chat_member(group.chat_id, ben.user_id, only_if_banned=True)
    assert (await bot.get_chat_member(group.chat_id, ben.user_id)).status == "left"
    with pytest.raises(BadRequest, match="owner"):
        await bot.ban_chat_member(group.chat_id, phone.user_id)


async def test_people_come_in_by_a_link_or_by_asking(
    aiogram_bot: AiogramBot, bot: Bot, world: World, phone: Phone
) -> None:
    """A link lets in at once, or the bot is asked; a revoked one leads nowhere."""
    await bot.get_updates(allowed_updates=ALL)
    ben, cat = world.phone(first_name="Ben"), world.phone(first_name="Cat")
    group = world.group("Friends", [phone], admin=True)
    link = await bot.create_chat_invite_link(group.chat_id, name="Friday", member_limit=3)
    ben.join(link.invite_link)
    asked = await aiogram_bot.create_chat_invite_link(group.chat_id, creates_join_request=True)
    cat.join(asked.invite_link)
    seen = [update.to_dict() for update in await bot.get_updates(allowed_updates=ALL)]
    joined = next(update["chat_member"] for update in seen if "chat_member" in update)
    assert joined["invite_link"]["name"] == "Friday"
    assert seen[-1]["chat_join_request"]["from"]["id"] == cat.user_id
    assert await bot.approve_chat_join_request(group.chat_id, cat.user_id)
    assert await bot.get_chat_member_count(group.chat_id) == 4
    assert (await bot.revoke_chat_invite_link(group.chat_id, link)).is_revoked
    with pytest.raises(PhoneError, match="leads nowhere"):
        world.phone().join(link.invite_link)


async def test_a_channel_has_posts_and_no_senders(bot: Bot, world: World, phone: Phone) -> None:
    """Its name leads to it; who writes there is the channel; a forwarded post says where it was."""
    ben = world.phone(first_name="Ben")
    channel = world.channel("News", [phone, ben], username="news_here")
    post = await bot.send_message("@news_here", "Today")
    assert post.sender_chat is not None
    assert post.sender_chat.id == channel.chat_id
    assert post.from_user is None
    phone.at(channel).send_text("Own words")
    update = (await bot.get_updates())[-1]
    assert update.channel_post is not None
    assert update.channel_post.text == "Own words"
    with pytest.raises(PhoneError, match="only a channel's administrators"):
        ben.at(channel).send_text("Mine?")
    passed = await bot.forward_message(phone.user_id, channel.chat_id, post.message_id)
    assert passed.forward_origin is not None
    assert passed.forward_origin.type == "channel"


async def test_a_forum_has_topics(aiogram_bot: AiogramBot, bot: Bot, world: World, phone: Phone) -> None:
    """Messages stand in one; a closed one takes none from people; a deleted one is gone with its messages."""
    forum = world.group("Forum", [phone], forum=True, admin=True)
    topic = await bot.create_forum_topic(forum.chat_id, "Plans")
    sent = await aiogram_bot.send_message(forum.chat_id, "When?", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message
    inside = phone.at(forum, topic.message_thread_id)
    words = inside.send_text("Friday")
    assert words.body["message_thread_id"] == topic.message_thread_id
    assert await bot.edit_forum_topic(forum.chat_id, topic.message_thread_id, name="Plans for Friday")
    assert await bot.close_forum_topic(forum.chat_id, topic.message_thread_id)
    assert await bot.delete_forum_topic(forum.chat_id, topic.message_thread_id)
    assert words.message_id not in forum.messages
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.chat_id, "x", message_thread_id=topic.message_thread_id)


async def test_a_private_chat_has_topics_where_they_are_switched_on(
    bot: Bot, world: World, phone: Phone
) -> None:
    """An answer goes where the person wrote; without the switch there are none."""
    with pytest.raises(PhoneError, match="no topics"):
        phone.open_topic("Us")
    world.profile.topics = True
    number = phone.open_topic("Us")
    phone.at(phone.chat, number).send_text("Here")
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert update.message.message_thread_id == number
    sent = await bot.send_message(phone.user_id, "There", message_thread_id=number)
    assert sent.is_topic_message


async def test_people_vote(aiogram_bot: AiogramBot, bot: Bot, world: World, phone: Phone) -> None:
    """Votes are counted and told, taken back, and refused once the poll is over."""
    await bot.get_updates(allowed_updates=ALL)
    group = world.group("Friends", [phone], admin=True)
    sent = await bot.send_poll(group.chat_id, "Tea or coffee?", ["Tea", "Coffee"], is_anonymous=False)
    inside = phone.at(group)
    inside.vote(sent.message_id, 1)
    updates = await aiogram_bot.get_updates(allowed_updates=ALL)
    answer = next(update.poll_answer for update in updates if update.poll_answer)
    assert answer.user is not None
    assert (answer.user.id, answer.option_ids) == (phone.user_id, [1])
    inside.vote(sent.message_id)
    over = await bot.stop_poll(group.chat_id, sent.message_id)
    assert [option.voter_count for option in over.options] == [0, 0]
    with pytest.raises(PhoneError, match="closed"):
        inside.vote(sent.message_id, 0)
    with pytest.raises(BadRequest, match="already been closed"):
        await bot.stop_poll(group.chat_id, sent.message_id)


async def test_albums_go_both_ways(aiogram_bot: AiogramBot, phone: Phone, ask: Ask) -> None:
    """One mark holds the messages together; pictures and files do not mix."""
    pictures = phone.send_album([PNG, PNG, PNG], caption="Us")
    assert len({message.body["media_group_id"] for message in pictures}) == 1
    assert [message.text for message in pictures] == ["Us", "", ""]
    heard = [update.message for update in await aiogram_bot.get_updates()][-3:]
    assert all(message and message.media_group_id and message.photo for message in heard)
    photo = pictures[0].body["photo"][-1]["file_id"]
    document = phone.send_document(b"x", "a.txt").body["document"]["file_id"]
    mixed = [{"type": "photo", "media": photo}, {"type": "document", "media": document}]
    refused = await ask("sendMediaGroup", chat_id=phone.user_id, media=mixed)
    assert refused["description"] == "Bad Request: Document can't be mixed with other media types"
    reply = ReplyParameters(message_id=pictures[0].message_id)
    assert await aiogram_bot.send_message(phone.user_id, "Lovely", reply_parameters=reply)
    with pytest.raises(PhoneError, match="two to ten"):
        phone.send_album([PNG])


async def test_what_has_an_address_is_sent_by_it(bot: Bot, world: World, phone: Phone) -> None:
    """The sandbox asks nothing of the real web: what is there, a test says."""
    with pytest.raises(BadRequest, match="Failed to get http url content"):
        await bot.send_photo(phone.user_id, "https://example.org/a.png")
    world.put_on_web("https://example.org/a.png", PNG)
    sent = await bot.send_photo(phone.user_id, "https://example.org/a.png")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (320, 240)


async def test_gatherings_outlast_a_restart(bot: Bot, world: World, phone: Phone) -> None:
    """Topics, standing, links and votes are in a snapshot."""
    forum = world.group("Forum", [phone], forum=True, admin=True)
    topic = await bot.create_forum_topic(forum.chat_id, "Plans")
    link = await bot.create_chat_invite_link(forum.chat_id)
    poll = await bot.send_poll(forum.chat_id, "Tea?", ["Yes", "No"])
    phone.at(forum).vote(poll.message_id, 0)
    again = World.restore(world.snapshot(), clock=world.clock)
    kept = again.chats[forum.chat_id]
    assert kept.topics[topic.message_thread_id].name == "Plans"
    assert kept.standing[phone.user_id]["status"] == "creator"
    assert link.invite_link in kept.links
    assert again.snapshot() == world.snapshot()
