"""Uploaded files, kept in memory. A file_id holds for this bot and this kind for good."""

import base64
import hashlib
import struct
from dataclasses import dataclass, field

from bot.sandbox.wire import Json

# What a file_id of each kind begins with, so that one can tell them apart at a glance.
_PREFIX = {
    "photo": "AgACAgI",
    "voice": "AwACAgI",
    "video": "BAACAgI",
    "document": "BQACAgI",
    "sticker": "CAACAgI",
    "audio": "CQACAgI",
    "animation": "CgACAgI",
    "video_note": "DQACAgI",
    "live_photo": "EQACAgI",
}
_EXTENSION = {
    "photo": "jpg",
    "voice": "oga",
    "video": "mp4",
    "sticker": "webp",
    "audio": "mp3",
    "animation": "mp4",
    "video_note": "mp4",
    "live_photo": "mp4",
}
_MIME = {
    "voice": "audio/ogg",
    "video": "video/mp4",
    "audio": "audio/mpeg",
    "animation": "video/mp4",
    "live_photo": "video/mp4",
}
_DEFAULT_PHOTO = (1280, 960)
_THUMB = 90
_WHOLE = 1280  # no side of a photo stays longer
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_SIZES = slice(16, 24)  # in the first chunk
_SEGMENT = 0xFF
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
VIDEO_NOTE_SIDE = 240
_STICKER: Json = {
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
    "emoji": "🙂",
}
# What may be said of a file of each kind.
_FACTS = {
    "audio": ("performer", "title", "thumbnail"),
    "video": ("width", "height", "thumbnail", "cover", "start_timestamp"),
    "animation": ("width", "height", "thumbnail"),
    "document": ("thumbnail",),
    "video_note": ("thumbnail",),
    "live_photo": ("photo",),
    "sticker": ("emoji",),
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as the sandbox keeps it; `duration` in seconds."""

    number: int
    kind: str
    data: bytes
    name: str
    mime_type: str
    duration: int
    file_id: str
    unique_id: str
    facts: Json = field(default_factory=dict)  # what was said of it: width, title, its thumbnail ...

    @property
    def path(self) -> str:
        """Return what getFile calls file_path."""
        folder = {"photo": "photos", "voice": "voice"}.get(self.kind, f"{self.kind}s")
        extension = self.name.rpartition(".")[2] if "." in self.name else _EXTENSION.get(self.kind, "bin")
        return f"{folder}/file_{self.number}.{extension}"


class FileStore:
    """Files by id."""

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self.files: dict[str, StoredFile] = {}
        self.paths: dict[str, StoredFile] = {}

    def add(
        self,
        kind: str,
        data: bytes,
        *,
        name: str = "",
        mime_type: str = "",
        duration: int = 0,
        facts: Json | None = None,
    ) -> StoredFile:
        """Keep a file and give it its ids."""
        number = len(self.files)
        digest = hashlib.sha256(f"{self._owner}/{kind}/{number}".encode()).digest()
        code = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        stored = StoredFile(
            number=number,
            kind=kind,
            data=data,
            name=name,
            mime_type=mime_type or _MIME.get(kind, "application/octet-stream"),
            duration=duration,
            file_id=_PREFIX[kind] + code + base64.urlsafe_b64encode(digest[:15]).decode(),
            unique_id="AgAD" + code[:11],
            facts=facts or {},
        )
        self.keep(stored)
        return stored

    def keep(self, stored: StoredFile) -> None:
        """Keep a file that has its ids already."""
        self.files[stored.file_id] = stored
        self.paths[stored.path] = stored

    def get(self, file_id: str) -> StoredFile | None:
        """Find a file by its id; a photo's smaller size leads to the same file."""
        return self.files.get(file_id.removesuffix("_s"))


def describe(file: StoredFile, kind: str = "") -> Json | list[Json]:
    """Return a file as a message carries it: a PhotoSize list, or one object of its kind (or another)."""
    body: Json = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": len(file.data)}
    return _photo_sizes(file, body) if file.kind == "photo" else body | _details(file, kind or file.kind)


def _details(file: StoredFile, kind: str) -> Json:
    width, height = _DEFAULT_PHOTO
    timed: Json = {"duration": file.duration, "mime_type": file.mime_type}
    named: Json = {"file_name": file.name} if file.name else {}
    details: dict[str, Json] = {
        "voice": timed,
        "audio": timed | named,
        "video": timed | named | {"width": width, "height": height},
        "animation": timed | named | {"width": width, "height": height},
        "live_photo": timed | {"width": width, "height": height},
        "video_note": {"duration": file.duration, "length": VIDEO_NOTE_SIDE},
        "sticker": _STICKER,
        "document": {"file_name": file.name or f"file_{file.number}", "mime_type": file.mime_type},
    }
    fitting = _FACTS.get(kind, ())
    return details[kind] | {name: value for name, value in file.facts.items() if name in fitting}


def _photo_sizes(file: StoredFile, body: Json) -> list[Json]:
    width, height = image_size(file.data) or _DEFAULT_PHOTO
    whole = body | _within(width, height, _WHOLE)
    if max(width, height) <= _THUMB:
        return [whole]
    ids = {"file_id": f"{file.file_id}_s", "file_unique_id": f"{file.unique_id}_s"}
    return [body | ids | _within(width, height, _THUMB), whole]


def _within(width: int, height: int, side: int) -> Json:
    """Return a size in pixels, made smaller where a side is longer than it may be."""
    scale = min(1.0, side / max(width, height))
    return {"width": max(1, round(width * scale)), "height": max(1, round(height * scale))}


def image_size(data: bytes) -> tuple[int, int] | None:
    """Read width and height in pixels from a PNG's or JPEG's header; None for anything else."""
    size: tuple[int, int] | None = None
    if data.startswith(_PNG) and len(data) >= _PNG_SIZES.stop:
        size = struct.unpack(">II", data[_PNG_SIZES])
    elif data.startswith(b"\xff\xd8"):
        size = _jpeg_size(data)
    return size if size and all(size) else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk through a JPEG's segments to the one that starts the frame."""
    at = 2
    while at + 9 <= len(data) and data[at] == _SEGMENT:
        if data[at + 1] in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None
