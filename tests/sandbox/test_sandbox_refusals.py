"""Telegram's own refusals, in its own words; each was checked against what the real Bot API answers."""

from datetime import timedelta
from typing import Any

import pytest
from sandbox_tools import Ask, Asker

from bot.sandbox import Phone, SteerableClock, World

ME = "{me}"  # stands for the person's id


def _keys(button: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


def _entity(**fields: Any) -> list[dict[str, Any]]:
    return [{"type": "bold", "offset": 0, "length": 1} | fields]


CALLS = [
    # text
    ("sendMessage", {"chat_id": 0}, "message text is empty"),
    ("sendMessage", {"chat_id": ME, "text": ""}, "message text is empty"),
    ("sendMessage", {"chat_id": ME, "text": " \n "}, "text must be non-empty"),
    ("sendMessage", {"chat_id": ME, "text": "\u200b\u2800"}, "text must be non-empty"),
    ("sendMessage", {"chat_id": ME, "text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": ME, "text": "🌱" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": ME, "text": "\ud83d"}, "strings must be encoded in UTF-8"),
    ("sendMessage", {"chat_id": ME, "text": "x", "parse_mode": "bbcode"}, "unsupported parse_mode"),
    # chats
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": "", "text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 0, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": -1, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
    # options
    ("sendMessage", {"chat_id": ME, "text": "x", "message_thread_id": 9}, "message thread not found"),
    ("sendMessage", {"chat_id": ME, "text": "x", "message_effect_id": "9" * 19}, "EFFECT_ID_INVALID"),
    ("sendMessage", {"chat_id": ME, "text": "x", "allow_paid_broadcast": True}, "FLOODSKIP_NOT_ALLOWED"),
    (
        "sendMessage",
        {"chat_id": ME, "text": "x", "business_connection_id": "x"},
        "business connection not found",
    ),
    (
        "sendMessage",
        {"chat_id": ME, "text": "x", "reply_parameters": {"message_id": 999}},
        "message to be replied not found",
    ),
    (
        "sendMessage",
        {"chat_id": ME, "text": "x", "reply_parameters": {"quote": "x"}},
        'can\'t find field "message_id"',
    ),
    (
        "sendMessage",
        {"chat_id": ME, "text": "x", "link_preview_options": {"is_disabled": "yes"}},
        'field "is_disabled" must be of type Boolean',
    ),
    (
        "sendMessage",
        {"chat_id": ME, "text": "x", "link_preview_options": {"url": "not-a-url"}},
        "WEBPAGE_URL_INVALID",
    ),
    # files
    ("sendVideo", {"chat_id": ME}, "there is no video in the request"),
    ("sendVideoNote", {"chat_id": ME}, "there is no video note in the request"),
    ("sendPhoto", {"photo": "x"}, "chat_id is empty"),
    (
        "sendVoice",
        {"chat_id": ME, "voice": "invalid-file-id"},
        "wrong remote file identifier specified: Wrong padding in the string",
    ),
    ("sendVoice", {"chat_id": ME, "voice": "abcd"}, "wrong file identifier/HTTP URL specified"),
    ("sendVoice", {"chat_id": ME, "voice": "https://example.org/a"}, "failed to get HTTP URL content"),
    ("sendPhoto", {"chat_id": ME, "photo": "abcd", "caption": "x" * 1025}, "message caption is too long"),
    ("getFile", {"file_id": "abcd"}, "wrong file_id or the file is temporarily unavailable"),
    ("sendChatAction", {"chat_id": ME, "action": "dance"}, "wrong parameter action in request"),
    # editing and deleting
    ("editMessageText", {"chat_id": ME, "message_id": 999, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"chat_id": ME, "text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"chat_id": ME, "message_id": 1, "text": "x"}, "message can't be edited"),
    ("deleteMessage", {"chat_id": ME, "message_id": 999}, "message to delete not found"),
    ("deleteMessages", {"chat_id": ME, "message_ids": []}, "message identifiers are not specified"),
    ("forwardMessage", {"chat_id": ME, "message_id": 1}, 'parameter "from_chat_id" is required'),
    (
        "forwardMessage",
        {"chat_id": ME, "from_chat_id": ME, "message_id": 999},
        "message to forward not found",
    ),
    ("copyMessage", {"chat_id": ME, "from_chat_id": ME, "message_id": 999}, "message to copy not found"),
    ("setMessageReaction", {"chat_id": ME, "message_id": 999}, "message to react not found"),
    ("pinChatMessage", {"chat_id": ME}, "message to pin not found"),
    ("unpinChatMessage", {"chat_id": ME}, "message to unpin not found"),
    # the account
    ("setMyCommands", {"commands": [{"command": "bad command", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "", "description": "x"}]}, "command must be non-empty"),
    (
        "setMyCommands",
        {"commands": [{"command": "a", "description": ""}]},
        "command description must be non-empty",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "a", "description": "b"}], "scope": {"type": "chat"}},
        "can't parse BotCommandScope: Can't find field \"chat_id\"",
    ),
    ("deleteMyCommands", {"scope": {"type": "chat", "chat_id": 424242}}, "chat not found"),
    (
        "setMyCommands",
        {"commands": [{"command": "a", "description": "b"}], "scope": {"type": "invalid"}},
        "can't parse BotCommandScope: Unsupported type specified",
    ),
    # queries
    (
        "answerCallbackQuery",
        {"callback_query_id": "invalid"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    (
        "answerInlineQuery",
        {"inline_query_id": "invalid", "results": []},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [{}] * 51}, "RESULTS_TOO_MUCH"),
    # chats
    ("getChatMember", {"chat_id": ME, "user_id": 1}, "user not found"),
    ("getUserProfilePhotos", {"user_id": 1}, "user not found"),
    ("leaveChat", {"chat_id": ME}, "chat member status can't be changed in private chats"),
    (
        "setMessageReaction",
        {"chat_id": ME, "message_id": 1, "reaction": [{"type": "emoji"}]},
        "REACTION_INVALID",
    ),
    ("setMessageReaction", {"chat_id": ME, "message_id": 1, "reaction": [{}, {}]}, "REACTIONS_TOO_MANY"),
    ("sendContact", {"chat_id": ME, "first_name": "x"}, "contact phone number must be non-empty"),
    ("sendContact", {"chat_id": ME, "phone_number": "1"}, "contact first name must be non-empty"),
    ("sendDice", {"chat_id": ME, "emoji": "x"}, "DICE_EMOJI_INVALID"),
    ("sendMediaGroup", {"chat_id": ME, "media": {}}, "expected an Array of InputMedia"),
    ("editMessageMedia", {"chat_id": ME, "message_id": 1, "media": []}, "expected an InputMedia"),
    ("setMyCommands", {"commands": {}}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": [], "language_code": "english"}, "LANG_CODE_INVALID"),
    (
        "setMyCommands",
        {"commands": [{"command": "a", "description": "b" * 257}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "a", "description": "b"}] * 101},
        "BOT_COMMANDS_TOO_MUCH",
    ),
    # webhooks
    ("setWebhook", {"url": "https://"}, "bad webhook: Failed to resolve host: Name or service not known"),
    (
        "setWebhook",
        {"url": "http://example.org/hook"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        "setWebhook",
        {"url": "https://example.org/hook", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
]

UNALLOWED = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
MARKUPS = [
    (_keys({"text": "x", "callback_data": "x" * 65}), "BUTTON_DATA_INVALID"),
    (_keys({"text": "x", "callback_data": "é" * 33}), "BUTTON_DATA_INVALID"),
    (_keys({"text": "x", "callback_data": ""}), UNALLOWED),
    (_keys({"text": "x"}), UNALLOWED),
    (_keys({"callback_data": "x"}), "can't parse inline keyboard button: Can't find field \"text\""),
    (
        _keys({"text": 1, "callback_data": "x"}),
        'can\'t parse inline keyboard button: Field "text" must be of type String',
    ),
    (
        _keys({"text": "x", "url": "not-a-url"}),
        "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
    ),
    (
        _keys({"text": "x", "url": "ftp://example.com"}),
        "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
    ),
    (_keys({"text": "x", "copy_text": {"text": ""}}), "BUTTON_COPY_TEXT_INVALID"),
    (_keys({"text": "x", "copy_text": {"text": "x" * 257}}), "BUTTON_COPY_TEXT_INVALID"),
    (_keys({"text": "x", "pay": True}), "BUTTON_TYPE_INVALID"),
    (_keys({"text": "x", "callback_game": {}}), "BUTTON_TYPE_INVALID"),
    (
        _keys({"text": "x", "web_app": {"url": "http://example.com"}}),
        "inline keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed",
    ),
    (
        _keys({"text": "x", "switch_inline_query_chosen_chat": {"allow_user_chats": "yes"}}),
        'can\'t parse inline keyboard button: Field "allow_user_chats" must be of type Boolean',
    ),
    ({"inline_keyboard": "bad"}, 'field "inline_keyboard" must be of type Array'),
    ({"keyboard": "bad"}, 'field "keyboard" must be of type Array'),
    ({"keyboard": [["a"]], "selective": "yes"}, 'field "selective" must be of type Boolean'),
    ({"force_reply": "yes"}, 'field "force_reply" must be of type Boolean'),
    ({"remove_keyboard": "yes"}, 'field "remove_keyboard" must be of type Boolean'),
    (
        {"keyboard": [[{"text": "x", "request_users": {"request_id": 1, "max_quantity": 99}}]]},
        "BUTTON_QUANTITY_MAX_INVALID",
    ),
    (
        {"keyboard": [[{"text": "x", "request_chat": {"chat_is_channel": True}}]]},
        "can't parse keyboard button: Can't find field \"request_id\"",
    ),
    (
        {"keyboard": [[{"text": "x", "web_app": {"url": "http://example.com"}}]]},
        "keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed",
    ),
    ({"inline_keyboard": ["x"]}, 'field "inline_keyboard" must be an Array of Arrays'),
    ({"inline_keyboard": [["x"]]}, "can't parse inline keyboard button: expected an Object"),
    ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 101]}, "reply markup is too long"),
    (_keys({"text": " ", "callback_data": "x"}), "BUTTON_TEXT_INVALID"),
    (_keys({"text": "x", "callback_data": "x", "url": "e.org"}), "BUTTON_TYPE_INVALID"),
    (_keys({"text": "x", "login_url": {"url": "https://e.org"}}), "BOT_DOMAIN_INVALID"),
    (
        _keys({"text": "x", "callback_data": "x", "style": "shiny"}),
        "can't parse inline keyboard button: Invalid button style specified",
    ),
    (
        _keys({"text": "x", "callback_data": 5}),
        'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
    ),
    ({"force_reply": True, "input_field_placeholder": "x" * 65}, "INPUT_FIELD_PLACEHOLDER_INVALID"),
    (
        {"keyboard": [[{"text": "x", "request_contact": True, "request_location": True}]]},
        "BUTTON_TYPE_INVALID",
    ),
    ([], "object expected as reply markup"),
    ("{", "can't parse reply keyboard markup JSON object"),
]

ENTITIES = [
    (_entity(offset=100), "entity begins after the end of the text at UTF-16 offset 100"),
    (
        _entity(length=100),
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
    ),
    (_entity(offset=-1), "receive an entity with incorrect offset -1"),
    (_entity(type="invalid"), "can't parse MessageEntity: Unsupported type specified"),
    (_entity(type="text_link"), "can't parse MessageEntity: Can't find field \"url\""),
    (_entity(type="text_link", url="not-a-url"), "entity URL 'not-a-url' is invalid: Wrong HTTP URL"),
    (_entity(type="text_link", url=""), "entity URL '' is invalid: URL host is empty"),
    (_entity(type="text_mention"), "can't parse MessageEntity: Can't find field \"user\""),
    (_entity(type="text_mention", user={"id": 0}), "user not found"),
    (
        _entity(type="custom_emoji", custom_emoji_id="9999999999999999999"),
        'can\'t parse MessageEntity: Field "custom_emoji_id" must be a valid Number',
    ),
]

LONE_SURROGATE = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)
HTML = [
    ("<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<script>alert(1)</script>", 'Unsupported start tag "script" at byte offset 0'),
    ("é <br>", 'Unsupported start tag "br" at byte offset 3'),
    ("<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ('<a href="x', "Unclosed start tag at byte offset 0"),
    ("<a href = ", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ("<a ", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("&#xDFDF", LONE_SURROGATE),
    ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<tg-emoji emoji-id="9999999999999999999">x</tg-emoji>', "Invalid custom emoji identifier specified"),
]


@pytest.mark.parametrize(("method", "values", "refusal"), CALLS)
async def test_a_request_is_refused_in_telegrams_words(
    ask: Ask, phone: Phone, method: str, values: dict[str, Any], refusal: str
) -> None:
    """The same request brings the same sentence."""
    values = {name: phone.user_id if value == ME else value for name, value in values.items()}
    answer = await ask(method, **values)
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {refusal}"}


@pytest.mark.parametrize(("markup", "refusal"), MARKUPS)
async def test_a_keyboard_is_refused_in_telegrams_words(
    ask: Ask, phone: Phone, markup: Any, refusal: str
) -> None:
    """The same keyboard brings the same sentence."""
    answer = await ask("sendMessage", chat_id=phone.user_id, text="x", reply_markup=markup)
    assert answer["description"] == f"Bad Request: {refusal}"
    assert phone.from_bot == []


@pytest.mark.parametrize(("entities", "refusal"), ENTITIES)
async def test_entities_are_refused_in_telegrams_words(
    ask: Ask, phone: Phone, entities: Any, refusal: str
) -> None:
    """The same entities bring the same sentence."""
    answer = await ask("sendMessage", chat_id=phone.user_id, text="hello", entities=entities)
    assert answer["description"] == f"Bad Request: {refusal}"


@pytest.mark.parametrize(("html", "refusal"), HTML)
async def test_html_is_refused_in_telegrams_words(ask: Ask, phone: Phone, html: str, refusal: str) -> None:
    """The same HTML brings the same sentence, with byte offsets."""
    answer = await ask("sendMessage", chat_id=phone.user_id, text=html, parse_mode="HTML")
    assert answer["description"] == f"Bad Request: can't parse entities: {refusal}"


async def test_forbidden_chats(ask: Ask, world: World, phone: Phone) -> None:
    """A stranger, a block and a deleted account are three different refusals."""
    stranger = world.phone(first_name="Bob")
    refused = await ask("sendMessage", chat_id=stranger.user_id, text="x")
    assert refused["description"] == "Forbidden: bot can't initiate conversation with a user"
    phone.block()
    refused = await ask("sendMessage", chat_id=phone.user_id, text="x")
    assert refused["error_code"] == 403
    assert refused["description"] == "Forbidden: bot was blocked by the user"
    phone.unblock()
    phone.deactivate()
    refused = await ask("sendMessage", chat_id=phone.user_id, text="x")
    assert refused["description"] == "Forbidden: user is deactivated"


async def test_an_edit_that_changes_nothing_is_refused(ask: Ask, phone: Phone) -> None:
    """The same words and keyboard are no edit; the same words without the keyboard are one."""
    sent = await ask(
        "sendMessage",
        chat_id=phone.user_id,
        text="x",
        reply_markup=_keys({"text": "a", "callback_data": "a"}),
    )
    where = {"chat_id": phone.user_id, "message_id": sent["result"]["message_id"]}
    markup = sent["result"]["reply_markup"]
    refused = await ask("editMessageText", **where, text="<b></b>x", parse_mode="HTML", reply_markup=markup)
    assert refused["description"].startswith(
        "Bad Request: message is not modified: specified new message content"
    )
    assert (await ask("editMessageText", **where, text="x"))["ok"]
    assert phone.last.labels == []
    refused = await ask("editMessageReplyMarkup", **where)
    assert refused["description"].startswith("Bad Request: message is not modified")


async def test_words_and_captions_are_not_taken_for_each_other(ask: Ask, phone: Phone) -> None:
    """A text has no caption, media no text; a message with keys under the field can't be edited at all."""
    me = phone.user_id
    words = (await ask("sendMessage", chat_id=me, text="x"))["result"]["message_id"]
    refused = await ask("editMessageCaption", chat_id=me, message_id=words, caption="y")
    assert refused["description"] == "Bad Request: there is no caption in the message to edit"
    dice = (await ask("sendDice", chat_id=me))["result"]["message_id"]
    refused = await ask("editMessageText", chat_id=me, message_id=dice, text="y")
    assert refused["description"] == "Bad Request: there is no text in the message to edit"
    keyed = await ask("sendMessage", chat_id=me, text="x", reply_markup={"keyboard": [["a"]]})
    refused = await ask("editMessageText", chat_id=me, message_id=keyed["result"]["message_id"], text="y")
    assert refused["description"] == "Bad Request: message can't be edited"


async def test_a_pressed_button_waits_only_so_long(ask: Ask, phone: Phone, clock: SteerableClock) -> None:
    """An answer within the time is taken, a later one is refused."""
    markup = _keys({"text": "a", "callback_data": "a"})
    sent = await ask("sendMessage", chat_id=phone.user_id, text="x", reply_markup=markup)
    press = phone.press(sent["result"]["message_id"], "a")
    assert press.query is not None
    clock.advance(phone.world.callback_lifetime - timedelta(seconds=1))
    assert (await ask("answerCallbackQuery", callback_query_id=press.query.query_id))["ok"]
    clock.advance(timedelta(seconds=1))
    refused = await ask("answerCallbackQuery", callback_query_id=press.query.query_id)
    assert "query is too old" in refused["description"]


async def test_old_messages_can_not_be_deleted(ask: Ask, phone: Phone, clock: SteerableClock) -> None:
    """After 48 hours a message stays."""
    sent = await ask("sendMessage", chat_id=phone.user_id, text="x")
    clock.advance(timedelta(hours=48))
    refused = await ask("deleteMessage", chat_id=phone.user_id, message_id=sent["result"]["message_id"])
    assert refused["description"] == "Bad Request: message can't be deleted for everyone"


async def test_tokens_and_paths_that_lead_nowhere(ask: Asker) -> None:
    """A wrong token is 401, an unknown method 404 - also one that Telegram has and the sandbox hasn't."""
    root = ask.server.url
    for path, code, description in (
        ("/bot1:wrong/getMe", 401, "Unauthorized"),
        ("/botwrong/getMe", 401, "Unauthorized: invalid token specified"),
        (f"/bot{ask.server.world.token}/getYou", 404, "Not Found"),
        (f"/bot{ask.server.world.token}/sendInvoice", 404, "Not Found"),
        ("/elsewhere", 404, "Not Found"),
        (f"/file/bot{ask.server.world.token}/voice/none.oga", 404, "Not Found"),
        ("/file/bot1:wrong/voice/none.oga", 401, "Unauthorized"),
    ):
        async with ask.session.get(root + path) as response:
            body = await response.json()
        assert (body["error_code"], body["description"]) == (code, description)
    whats = [finding.what for finding in ask.server.world.inspection.findings]
    assert whats == ["there is no such method", "is in Bot API 10.3 but not in the sandbox; answered 404"]
