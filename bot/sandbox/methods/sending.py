"""New messages of words and facts, and "is typing"."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.keyboards import parse_markup
from bot.sandbox.methods.content import read_options, read_text
from bot.sandbox.methods.targets import reachable_chat, reply_target
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_VENUE = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")
# How many faces a dice of each kind has.
_DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}


def send(world: World, arguments: Arguments, content: Json) -> Json:
    """Put checked content into the chat that a request names; returns the bot's view of the message."""
    markup = parse_markup(arguments.json("reply_markup"))
    chat = reachable_chat(world, arguments)
    world.limits.admit(chat.chat_id)
    content = content | reply_target(chat, arguments) | read_options(world, chat, arguments)
    inline = markup is not None and "inline_keyboard" in markup
    message = world.post(
        chat,
        content | ({"reply_markup": markup} if inline else {}),
        sender=world.profile.to_user(),
        reply_keyboard=None if inline else markup,
        silent=arguments.flag("disable_notification"),
    )
    return message.body


def send_message(world: World, arguments: Arguments) -> Json:
    """Send words."""
    return send(world, arguments, read_text(world, arguments))


def send_location(world: World, arguments: Arguments) -> Json:
    """Send a place."""
    place = {name: arguments.number(name) for name in ("latitude", "longitude")}
    return send(world, arguments, {"location": place})


def send_venue(world: World, arguments: Arguments) -> Json:
    """Send a place with a name."""
    place = {name: arguments.number(name) for name in ("latitude", "longitude")}
    venue: Json = {"location": place}
    for name in ("title", "address"):
        if not arguments.text(name):
            raise bad_request(f"venue {name} must be non-empty")
    for name in ("title", "address", *_VENUE):
        if arguments.has(name):
            venue[name] = arguments.text(name)
    return send(world, arguments, {"venue": venue, "location": place})


def send_contact(world: World, arguments: Arguments) -> Json:
    """Send a phone number with a name."""
    number, name = arguments.text("phone_number"), arguments.text("first_name")
    if not number:
        raise bad_request("contact phone number must be non-empty")
    if not name:
        raise bad_request("contact first name must be non-empty")
    contact: Json = {"phone_number": number, "first_name": name}
    for field in ("last_name", "vcard"):
        if arguments.has(field):
            contact[field] = arguments.text(field)
    return send(world, arguments, {"contact": contact})


def send_dice(world: World, arguments: Arguments) -> Json:
    """Throw a dice; the world's seed decides."""
    emoji = arguments.text("emoji") or "🎲"
    if emoji not in _DICE:
        raise bad_request("DICE_EMOJI_INVALID")
    return send(world, arguments, {"dice": {"emoji": emoji, "value": world.random.randint(1, _DICE[emoji])}})


def send_chat_action(world: World, arguments: Arguments) -> bool:
    """Show that the bot is at something."""
    action = arguments.text("action").lower()
    chat = reachable_chat(world, arguments)
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.record("action", chat.chat_id, {"action": action})
    return True
