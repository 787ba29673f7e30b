"""The whole conversation as one ordered table: the first route that fits takes the update.

Only private chats with people are heard. A group hears one line when the bot is added to it or called
there; channels and other bots hear nothing.
"""

from collections.abc import Mapping
from typing import Any

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
from bot.telegram.act import Context, Handler, Setting, on_message, on_press
from bot.telegram.callbacks import Verb
from bot.telegram.desk import DESK
from bot.telegram.handlers import helping, keeping, living, meeting, responding, solo, writing

COMMANDS: Mapping[str, Handler] = {
    "start": meeting.start,
    "invite": meeting.new_link,
    "today": living.show_today,
    "settings": living.settings,
    "pause": living.pause,
    "resume": living.resume,
    "leave": living.ask_leave,
    "forget": living.ask_forget,
    "practice": solo.begin,
    "journal": keeping.show_journal,
    "export": keeping.take_away,
    "ways": living.show_ways,
    "privacy": living.show_privacy,
    "safety": helping.show,
    "help": living.show_help,
    "cancel": living.cancel,
}
MENU = (
    "today",
    "practice",
    "journal",
    "export",
    "settings",
    "ways",
    "invite",
    "pause",
    "resume",
    "leave",
    "forget",
    "privacy",
    "safety",
    "help",
)

PRESSES: Mapping[Verb, Handler] = {
    Verb.CONSENT: meeting.agree,
    Verb.NOT_NOW: meeting.not_now,
    Verb.NEW_LINK: meeting.new_link,
    Verb.JOIN: meeting.accept,
    Verb.CONFIRM: meeting.confirm,
    Verb.DECLINE: meeting.decline,
    Verb.WITHDRAW: meeting.withdraw,
    Verb.SEAL: writing.press_seal,
    Verb.START_OVER: writing.start_over,
    Verb.NOT_TODAY: writing.not_today,
    Verb.TAKE_BACK: writing.take_back,
    Verb.STARTER: responding.starter,
    Verb.OWN_WORDS: responding.own_words,
    Verb.SEND: responding.send,
    Verb.REWRITE: responding.rewrite,
    Verb.HEARD: responding.heard,
    Verb.LEAVE_THERE: responding.leave_there,
    Verb.HOUR: living.hour,
    Verb.OTHER_HOUR: living.other_hour,
    Verb.CITY: living.city,
    Verb.ZONE: living.zone,
    Verb.SETTINGS: living.settings,
    Verb.SCREEN: living.screen,
    Verb.DAY: living.day,
    Verb.QUIET: living.quiet,
    Verb.OTHER_QUIET: living.other_quiet,
    Verb.DEPTH: living.depth,
    Verb.SWITCH: living.switch,
    Verb.NAME: living.name,
    Verb.SLOWER: living.slower,
    Verb.REST: living.pause,
    Verb.KEEP: living.keep,
    Verb.LEAVE_ARC: living.leave_arc,
    Verb.SOLO: solo.begin,
    Verb.SOLO_AGAIN: solo.again,
    Verb.SOLO_ENOUGH: solo.enough,
    Verb.JOURNAL: keeping.turn_page,
    Verb.JOURNAL_SEARCH: keeping.ask_search,
    Verb.ENTRY: keeping.show_entry,
    Verb.TALKED: keeping.talked,
    Verb.DELETE_ASK: keeping.ask_delete,
    Verb.DELETE: keeping.delete,
    Verb.HELP: helping.turn_page,
    Verb.COUNTRY: helping.country,
    Verb.LEAVE: living.leave,
    Verb.STAY: living.stay,
    Verb.FORGET: living.forget_me,
}


class _FromPerson(filters.UpdateFilter):
    """Somebody has acted, and not another bot or a channel."""

    def filter(self, update: Update) -> bool:
        """Tell whether a person has."""
        return update.effective_user is not None and not update.effective_user.is_bot


PERSON = _FromPerson()
SAID = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & PERSON
NEW = SAID & ~filters.VIA_BOT  # what another bot has written is nobody's own words
EDITED = filters.UpdateType.EDITED_MESSAGE & ~filters.VIA_BOT
MEDIA = filters.VOICE | filters.VIDEO_NOTE | filters.PHOTO
NOISE = filters.StatusUpdate.ALL  # pins, timers, shared users: nothing was said
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


def routes(setting: Setting) -> list[BaseHandler[Update, Context, Any]]:
    """List every route, in order."""
    commands = [
        CommandHandler(name, on_message(handler, setting), filters=NEW) for name, handler in COMMANDS.items()
    ]
    return [
        ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
        CallbackQueryHandler(on_press(PRESSES, setting)),
        *commands,
        MessageHandler(NEW & filters.COMMAND, on_message(writing.unknown_command, setting)),
        MessageHandler(NEW & filters.TEXT, on_message(writing.words, setting, heed=True)),
        MessageHandler(NEW & MEDIA, on_message(writing.part, setting, heed=True)),
        MessageHandler(
            EDITED & filters.ChatType.PRIVATE & PERSON, on_message(writing.edited, setting, heed=True)
        ),
        MessageHandler(SAID & ~NOISE, on_message(writing.unsupported, setting)),
        CommandHandler(list(COMMANDS), group_line, filters=filters.ChatType.GROUPS & PERSON),
    ]


async def membership(update: Update, _: Context) -> None:
    """Note a block and its end; say one line in a group that the bot is added to."""
    change = update.my_chat_member
    if change is None or getattr(change, "new_chat_member", None) is None:
        return
    work = DESK.get().unit
    present = change.new_chat_member.status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR)
    if change.chat.type == change.chat.PRIVATE:
        partner = await work.partners.by_chat(change.chat.id)
        if partner is not None and not present:
            await lose(work, partner.id)
        elif partner is not None and not partner.reachable:
            await welcome_back(work, partner)
    elif present and change.chat.type in (change.chat.GROUP, change.chat.SUPERGROUP):
        await group_line(update, _)


async def group_line(update: Update, _: Context) -> None:
    """Say, at most once a day and group, that this is for two people in private."""
    chat = update.effective_chat
    if chat is not None:
        work = DESK.get().unit
        said = Message(MessageKind.GROUP, chat.id, language="en")
        await work.outbox.put(said.once(f"group:{chat.id}:{work.now.date()}"))
