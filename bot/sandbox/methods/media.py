"""Files: uploaded, sent again by their id, described, and given back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.arguments import Arguments
from bot.sandbox.files import StoredFile, describe
from bot.sandbox.methods.content import read_caption, read_options
from bot.sandbox.methods.sending import send
from bot.sandbox.methods.targets import reachable_chat, reply_target
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

MAX_DOWNLOAD = 20 * 1024 * 1024
_MAX_ALBUM = 10
_MIN_ALBUM = 2
_ALBUM_KINDS = frozenset({"photo", "video", "audio", "document", "live_photo"})
_ALONE = frozenset({"audio", "document"})  # in albums of their own
POLL_KINDS = frozenset({"photo", "video", "audio", "document", "animation", "sticker", "location", "venue"})
_WITH_SPOILER = frozenset({"photo", "video", "animation", "live_photo"})
_WITHOUT_CAPTION = frozenset({"video_note", "sticker"})
_BASE64_GROUP = 4
_TYPE_NAMES = {
    "photo": "Photo",
    "voice": "VoiceNote",
    "video_note": "VideoNote",
    "document": "Document",
    "sticker": "Sticker",
    "video": "Video",
    "audio": "Audio",
    "animation": "Animation",
    "live_photo": "LivePhoto",
}


def sender(kind: str) -> Callable[[World, Arguments], Json]:
    """Make the method that sends files of one kind."""

    def send_media(world: World, arguments: Arguments) -> Json:
        content = {} if kind in _WITHOUT_CAPTION else read_caption(world, arguments)
        if not arguments.has("chat_id"):
            raise bad_request("chat_id is empty")
        stored = read_file(world, arguments, kind, arguments.values.get(kind), field=kind)
        return send(world, arguments, content | _described(stored, arguments))

    return send_media


def _described(stored: StoredFile, arguments: Arguments) -> Json:
    content: Json = {stored.kind: describe(stored)}
    if stored.kind == "animation":
        content["document"] = describe(stored, "document")  # an animation is also a document, as in Telegram
    if stored.kind in _WITH_SPOILER and arguments.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return content


def read_file(world: World, arguments: Arguments, kind: str, given: Any, *, field: str = "") -> StoredFile:
    """Find or keep the file that a request names: an upload, "attach://name", or a file_id."""
    upload = arguments.files.get(field)
    if upload is None and isinstance(given, str) and given.startswith("attach://"):
        upload = arguments.files.get(given.removeprefix("attach://"))
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        return world.files.add(
            kind,
            upload.data,
            name=upload.name,
            mime_type=upload.mime_type,
            duration=arguments.integer("duration"),
            facts=_facts(world, arguments),
        )
    if not isinstance(given, str) or not given:
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    if given.startswith(("http://", "https://")):
        return _fetched(world, given, kind)
    return _known_file(world, given, kind)


def _facts(world: World, arguments: Arguments) -> Json:
    """Read what a bot says of the file that it uploads."""
    numbers = {name: arguments.integer(name) for name in ("width", "height", "start_timestamp")}
    words = {name: arguments.text(name) for name in ("performer", "title", "emoji")}
    pictures = {
        "thumbnail": _picture(world, arguments, "thumbnail"),
        "cover": _picture(world, arguments, "cover"),
    }
    found: Json = numbers | words | pictures
    if found["thumbnail"]:
        found["thumbnail"] = found["thumbnail"][0]
    return {name: value for name, value in found.items() if value}


def _picture(world: World, arguments: Arguments, name: str) -> Any:
    """Return the sizes of a picture that comes with a file, new or known; nothing without one."""
    given = arguments.values.get(name)
    named = given if isinstance(given, str) else ""
    upload = arguments.files.get(name) or arguments.files.get(named.removeprefix("attach://"))
    if upload is not None:
        return describe(world.files.add("photo", upload.data))
    known = world.files.get(named)
    return describe(known) if known and known.kind == "photo" else None


def _fetched(world: World, url: str, kind: str) -> StoredFile:
    """Fetch a file from where `World.web` has it; from the real web the sandbox fetches nothing."""
    upload = world.web.get(url)
    if upload is None:
        raise bad_request("failed to get HTTP URL content")
    name = upload.name or PurePosixPath(urlsplit(url).path).name
    return world.files.add(kind, upload.data, name=name, mime_type=upload.mime_type)


def _known_file(world: World, file_id: str, kind: str) -> StoredFile:
    stored = world.files.get(file_id)
    if stored is None and len(file_id) % _BASE64_GROUP:
        raise bad_request("wrong remote file identifier specified: Wrong padding in the string")
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind and (stored.kind, kind) != ("video", "live_photo"):
        raise bad_request(f"can't use file of type {_TYPE_NAMES[stored.kind]} as {_TYPE_NAMES[kind]}")
    return stored if stored.kind == kind else replace(stored, kind=kind)


def send_media_group(world: World, arguments: Arguments) -> list[Json]:
    """Send an album: one message a file, tied together."""
    items = arguments.json("media")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_request("expected an Array of InputMedia")
    if not _MIN_ALBUM <= len(items) <= _MAX_ALBUM:
        raise bad_request("wrong number of media in the album")  # the sandbox's own words
    contents = [read_media(world, arguments, item, _ALBUM_KINDS) for item in items]
    kinds = {str(item["type"]) for item in items}
    if len(kinds) > 1 and kinds & _ALONE:
        raise bad_request(f"{_TYPE_NAMES[min(kinds & _ALONE)]} can't be mixed with other media types")
    chat = reachable_chat(world, arguments)
    world.limits.admit(chat.chat_id, len(contents))
    common = reply_target(chat, arguments) | read_options(world, chat, arguments)
    common["media_group_id"] = world.new_album_id()
    user, silent = world.profile.to_user(), arguments.flag("disable_notification")
    return [world.post(chat, content | common, sender=user, silent=silent).body for content in contents]


def read_media(world: World, arguments: Arguments, item: Json, kinds: frozenset[str]) -> Json:
    """Read an InputMedia with its caption; raises ApiError for a kind that doesn't fit here."""
    kind = item.get("type")
    if kind not in kinds:
        raise bad_request("can't parse InputMedia: type of the media can't be used here")
    own = Arguments(arguments.method, item, arguments.files)
    if kind in ("location", "venue"):
        return _place(own, str(kind))
    stored = read_file(world, own, str(kind), item.get("media"))
    return read_caption(world, own) | _described(stored, own)


def _place(own: Arguments, kind: str) -> Json:
    place = {name: own.number(name) for name in ("latitude", "longitude")}
    if kind == "location":
        return {"location": place}
    return {"venue": {"location": place, "title": own.text("title"), "address": own.text("address")}}


def send_live_photo(world: World, arguments: Arguments) -> Json:
    """Send a picture that moves for a moment: a short film and the picture that stands for it."""
    content = read_caption(world, arguments)
    if not arguments.has("chat_id"):
        raise bad_request("chat_id is empty")
    stored = read_file(world, arguments, "live_photo", arguments.values.get("live_photo"), field="live_photo")
    return send(world, arguments, content | _described(stored, arguments))


def get_file(world: World, arguments: Arguments) -> Json:
    """Tell where a file can be downloaded."""
    stored = world.files.get(arguments.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": arguments.text("file_id"),
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }
