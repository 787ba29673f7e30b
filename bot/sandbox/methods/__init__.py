"""What the bot can ask: one table of methods. A name that isn't here answers 404, as Telegram does."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.methods import callbacks, commands, editing, sending
from bot.sandbox.world import World

Handler = Callable[[World, Arguments], Any]

# getUpdates is missing on purpose: it waits, so the server has it apart (bot.sandbox.polling).
METHODS: dict[str, Handler] = {
    "getMe": commands.get_me,
    # sending
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendVoice": sending.send_voice,
    "sendVideoNote": sending.send_video_note,
    "sendChatAction": sending.send_chat_action,
    # changing what was sent
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    # answering
    "answerCallbackQuery": callbacks.answer_callback_query,
    # the bot itself
    "setMyCommands": commands.set_commands,
    "getMyCommands": commands.get_commands,
    "deleteMyCommands": commands.delete_commands,
    "setMyName": commands.set_name,
    "getMyName": commands.get_name,
    "setMyDescription": commands.set_description,
    "getMyDescription": commands.get_description,
    "setMyShortDescription": commands.set_short_description,
    "getMyShortDescription": commands.get_short_description,
    "setChatMenuButton": commands.set_menu_button,
    "getChatMenuButton": commands.get_menu_button,
    # updates
    "deleteWebhook": callbacks.delete_webhook,
    "getWebhookInfo": callbacks.get_webhook_info,
}
BY_LOWER_NAME: dict[str, tuple[str, Handler]] = {
    name.lower(): (name, handler) for name, handler in METHODS.items()
}
