"""Pictures by which people and the bot are known."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.files import describe
from bot.sandbox.methods.media import read_file
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_MOST = 100


def get_profile_photos(world: World, arguments: Arguments) -> Json:
    """Tell someone's pictures, the newest first."""
    user_id = arguments.integer("user_id")
    if user_id == world.profile.bot_id:
        files = world.profile.photos
    elif user_id in world.people:
        files = world.people[user_id].photos
    else:
        raise bad_request("user not found")
    offset, limit = arguments.integer("offset"), arguments.integer("limit") or _MOST
    shown = [world.files.files[file_id] for file_id in files[offset : offset + limit]]
    return {"total_count": len(files), "photos": [describe(stored) for stored in shown]}


def get_profile_audios(world: World, arguments: Arguments) -> Json:
    """Tell the music of someone's profile; nobody here has any."""
    if world.user(arguments.integer("user_id")) is None:
        raise bad_request("user not found")
    return {"total_count": 0, "audios": []}


def set_my_photo(world: World, arguments: Arguments) -> bool:
    """Give the bot a picture."""
    given = arguments.json("photo")
    if not isinstance(given, dict) or given.get("type") not in ("static", "animated"):
        raise bad_request("can't parse InputProfilePhoto: type must be static or animated")
    kind = "photo" if given["type"] == "static" else "animation"
    stored = read_file(world, arguments, kind, given.get(kind))
    if kind == "photo":
        world.profile.photos.insert(0, stored.file_id)
    return True


def remove_my_photo(world: World, _: Arguments) -> bool:
    """Take the bot's picture away; the one before it shows again."""
    del world.profile.photos[:1]
    return True
