"""What the bot can ask: one table of methods. A name that isn't here answers 404, as Telegram does."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.methods import (
    administration,
    answering,
    chats,
    commands,
    copying,
    deleting,
    editing,
    links,
    media,
    pictures,
    polls,
    sending,
    topics,
    webhooks,
)
from bot.sandbox.world import World

Handler = Callable[[World, Arguments], Any]

# getUpdates is missing on purpose: it waits, so it stands apart (bot.sandbox.polling).
METHODS: dict[str, Handler] = {
    # updates
    "setWebhook": webhooks.set_webhook,
    "deleteWebhook": webhooks.delete_webhook,
    "getWebhookInfo": webhooks.get_webhook_info,
    # sending
    "sendMessage": sending.send_message,
    "sendPhoto": media.sender("photo"),
    "sendVoice": media.sender("voice"),
    "sendVideoNote": media.sender("video_note"),
    "sendDocument": media.sender("document"),
    "sendVideo": media.sender("video"),
    "sendAudio": media.sender("audio"),
    "sendAnimation": media.sender("animation"),
    "sendSticker": media.sender("sticker"),
    "sendMediaGroup": media.send_media_group,
    "sendLivePhoto": media.send_live_photo,
    "sendLocation": sending.send_location,
    "sendVenue": sending.send_venue,
    "sendPoll": polls.send_poll,
    "sendContact": sending.send_contact,
    "sendDice": sending.send_dice,
    "sendChatAction": sending.send_chat_action,
    "copyMessage": copying.copy_message,
    "copyMessages": copying.copy_messages,
    "forwardMessage": copying.forward_message,
    "forwardMessages": copying.forward_messages,
    # changing what was sent
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageMedia": editing.edit_media,
    "editMessageReplyMarkup": editing.edit_reply_markup,
    "stopPoll": polls.stop_poll,
    "deleteMessage": deleting.delete_message,
    "deleteMessages": deleting.delete_messages,
    "setMessageReaction": chats.set_reaction,
    # answering
    "answerCallbackQuery": answering.answer_callback_query,
    "answerInlineQuery": answering.answer_inline_query,
    "savePreparedInlineMessage": answering.save_prepared_message,
    # files
    "getFile": media.get_file,
    # chats
    "getChat": chats.get_chat,
    "getChatMember": chats.get_member,
    "getChatMemberCount": chats.get_member_count,
    "getChatAdministrators": administration.get_administrators,
    "getUserProfilePhotos": pictures.get_profile_photos,
    "getUserProfileAudios": pictures.get_profile_audios,
    "leaveChat": chats.leave,
    "pinChatMessage": chats.pin,
    "unpinChatMessage": chats.unpin,
    "unpinAllChatMessages": chats.unpin_all,
    "setChatTitle": administration.set_title,
    "setChatDescription": administration.set_description,
    "setChatPhoto": administration.set_photo,
    "deleteChatPhoto": administration.delete_photo,
    "setChatPermissions": administration.set_permissions,
    "promoteChatMember": administration.promote_member,
    "setChatAdministratorCustomTitle": administration.set_custom_title,
    "restrictChatMember": administration.restrict_member,
    "banChatMember": administration.ban_member,
    "unbanChatMember": administration.unban_member,
    "exportChatInviteLink": links.export_link,
    "createChatInviteLink": links.create_link,
    "editChatInviteLink": links.edit_link,
    "revokeChatInviteLink": links.revoke_link,
    "createChatSubscriptionInviteLink": links.create_paid_link,
    "editChatSubscriptionInviteLink": links.edit_paid_link,
    "approveChatJoinRequest": links.approve_request,
    "declineChatJoinRequest": links.decline_request,
    # topics
    "createForumTopic": topics.create_topic,
    "editForumTopic": topics.edit_topic,
    "deleteForumTopic": topics.delete_topic,
    "closeForumTopic": topics.close_topic,
    "reopenForumTopic": topics.reopen_topic,
    "unpinAllForumTopicMessages": topics.unpin_topic,
    "unpinAllGeneralForumTopicMessages": topics.unpin_general,
    "editGeneralForumTopic": topics.edit_general,
    "closeGeneralForumTopic": topics.set_general(closed=True),
    "reopenGeneralForumTopic": topics.set_general(closed=False),
    "hideGeneralForumTopic": topics.set_general(hidden=True),
    "unhideGeneralForumTopic": topics.set_general(hidden=False),
    "getForumTopicIconStickers": topics.get_icons,
    # the bot itself
    "getMe": commands.get_me,
    "setMyProfilePhoto": pictures.set_my_photo,
    "removeMyProfilePhoto": pictures.remove_my_photo,
    "setMyDefaultAdministratorRights": administration.set_default_rights,
    "getMyDefaultAdministratorRights": administration.get_default_rights,
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
}
BY_LOWER_NAME: dict[str, tuple[str, Handler]] = {
    name.lower(): (name, handler) for name, handler in METHODS.items()
}
