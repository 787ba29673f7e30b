"""The whole conversation as one ordered table: the first route that fits takes the update.

Only private chats with people are heard. A group hears one line when the bot is added to it or called
there; channels and other bots hear nothing.
"""

from telegram import ChatMember, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.actions.rest import lose, welcome_back
from bot.messages import Message, MessageKind
from bot.screens import city, draft, menu, text
from bot.screens.request import Handler, Services
from bot.screens.table import SCREENS, Screens
from bot.telegram.dispatch import PtbHandler, UpdateContext, on_message, on_press
from bot.telegram.throttle import Throttle


class _FromPerson(filters.UpdateFilter):
    """Somebody has acted, and not another bot or a channel."""

    def filter(self, update: Update) -> bool:
        """Return whether a person has."""
        return update.effective_user is not None and not update.effective_user.is_bot


PERSON = _FromPerson()
SAID = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & PERSON
NEW = SAID & ~filters.VIA_BOT  # what another bot has written is nobody's own words
EDITED = filters.UpdateType.EDITED_MESSAGE & ~filters.VIA_BOT
MEDIA = filters.VOICE | filters.VIDEO_NOTE | filters.PHOTO
SLASHED = filters.Regex(r"^/\w")  # a command in letters that Telegram knows none in
NOISE = filters.StatusUpdate.ALL  # pins, timers, shared users: nothing was said
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


def routes(
    services: Services, throttle: Throttle, screens: Screens = SCREENS
) -> list[BaseHandler[Update, UpdateContext, None]]:
    """List every route, in order."""

    def said(handler: Handler, *, heed: bool = False, command: bool = False) -> PtbHandler:
        return on_message(handler, services, throttle, heed=heed, command=command)

    commands = [
        CommandHandler(name, said(made, command=name != "cancel"), filters=NEW)
        for name, made in screens.commands.items()
    ]
    own_edits = EDITED & filters.ChatType.PRIVATE & PERSON
    return [
        ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
        CallbackQueryHandler(on_press(screens.presses, services, throttle)),
        *commands,
        MessageHandler(NEW & (filters.COMMAND | SLASHED), said(menu.in_own_words(screens.commands))),
        MessageHandler(SAID & (filters.TEXT | MEDIA | filters.CONTACT), said(text.words, heed=True)),
        MessageHandler(NEW & filters.LOCATION, said(city.pin)),
        MessageHandler(own_edits & (filters.TEXT | MEDIA), said(text.edited, heed=True)),
        MessageHandler(SAID & ~NOISE, said(draft.unsupported)),
        CommandHandler(list(screens.commands), group_line, filters=filters.ChatType.GROUPS & PERSON),
    ]


async def membership(update: Update, context: UpdateContext) -> None:
    """Note a block and its end; say one line in a group that the bot is added to."""
    change = update.my_chat_member
    if change is None or getattr(change, "new_chat_member", None) is None:
        return
    work = context.unit
    present = change.new_chat_member.status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR)
    if change.chat.type == change.chat.PRIVATE:
        partner = await work.partners.by_chat(change.chat.id)
        if partner is not None and not present:
            await lose(work, partner.id)
        elif partner is not None and not partner.reachable:
            await welcome_back(work, partner)
    elif present and change.chat.type in (change.chat.GROUP, change.chat.SUPERGROUP):
        await group_line(update, context)


async def group_line(update: Update, context: UpdateContext) -> None:
    """Say, at most once a day and group, that this is for two people in private."""
    chat = update.effective_chat
    if chat is not None:
        work = context.unit
        said = Message(MessageKind.GROUP, chat.id, language="en")
        await work.outbox.put(said.once(f"group:{chat.id}:{work.now.date()}"))
