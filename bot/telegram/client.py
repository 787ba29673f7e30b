"""The Bot API client: one call, and Telegram's answer as a value.

Beside python-telegram-bot's `Bot` and not through it: `Bot.do_api_request` warns at every method that
`Bot` also has, turns a revoked token into "endpoint not found", copies a payload four times, and its
debug log prints payloads. An answer is read once, here.
"""

import asyncio
import io
import json
import logging
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
from telegram.error import NetworkError

from bot.config import TELEGRAM
from bot.messages import TokenRefused
from bot.screens.call import File
from bot.telegram.http import AioRequest

log = logging.getLogger(__name__)

LOCAL = (
    "The Bot API server keeps its files on its own disk, and they cannot be read there (%s): let the bot read that "
    "folder by the same path, run the server without --local, or set ATTUNE_FILE_URL to what serves it."
)
UNTYPED = "application/octet-stream"
LARGEST = 20 * 1024 * 1024  # bytes of a file that Telegram hands to a bot


class NotTelegram(NetworkError):  # noqa: N818 (it says who answered)
    """What answered is not the Bot API: a proxy's page, a gateway's error."""


@dataclass(frozen=True)
class Answer:
    """What the Bot API said; `description` may hold private words and is never logged."""

    status: int
    ok: bool
    result: Any
    description: str
    retry_after: float | None
    migrated: bool

    def __repr__(self) -> str:
        return f"Answer(status={self.status})"


class BotApi:
    """Calls to `<root><token>/<method>`, where root ends in `/bot`; files come from `files_root`."""

    def __init__(self, request: AioRequest, root: str, token: str, files_root: str = "") -> None:
        self._request = request
        self._base = f"{root}{token}"
        self._token = token
        self._files = f"{files_root or root.removesuffix('/bot') + '/file'}/bot{token}"
        self._own_server = not root.startswith(TELEGRAM)
        self._warned = False

    def __repr__(self) -> str:
        return "BotApi()"

    async def download(self, path: str) -> bytes | None:
        """Download a file by the path that getFile gave; None where it is not there.

        A server of one's own that runs with `--local` names a path of its own machine.
        """
        if path.startswith("/") and self._own_server:
            found = await self._read(path)
            if found is not None:
                return found
            path = path.rpartition(f"{self._token}/")[2]
        timeouts = self._request.timeouts(size=LARGEST)
        status, body = await self._request.exchange(f"{self._files}/{path}", None, timeouts, "GET")
        return body if status == HTTPStatus.OK else None

    async def _read(self, path: str) -> bytes | None:
        try:
            return await asyncio.to_thread(Path(path).read_bytes)
        except OSError as failure:
            if not self._warned:
                log.warning(LOCAL, type(failure).__name__)
                self._warned = True
            return None

    async def call(
        self, method: str, payload: Mapping[str, Any], *, read_timeout: float | None = None
    ) -> Answer:
        """Call a method; values are JSON's, or a `File` to upload. None is left out.

        Raises TokenRefused, NotSent (certainly not taken), or another NetworkError (perhaps taken).
        """
        status, body = await self._request.exchange(
            f"{self._base}/{method}",
            _encoded(payload),
            self._request.timeouts(read=read_timeout, size=_size(payload)),
        )
        answer = _decoded(status, body)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise TokenRefused("Telegram refuses this token")
        return answer


def _size(payload: Mapping[str, Any]) -> int:
    return sum(len(value.content) for value in payload.values() if isinstance(value, File))


def _encoded(payload: Mapping[str, Any]) -> aiohttp.FormData | bytes:
    if not any(isinstance(value, File) for value in payload.values()):
        given = {name: value for name, value in payload.items() if value is not None}
        return json.dumps(given, separators=(",", ":")).encode()
    form = aiohttp.FormData()
    for name, value in payload.items():
        if isinstance(value, File):
            mime, _ = mimetypes.guess_type(value.name)
            content = io.BytesIO(value.content)  # bytes would be written in one piece, however many they are
            form.add_field(name, content, filename=value.name, content_type=mime or UNTYPED)
        elif value is not None:
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    return form


def _decoded(status: int, body: bytes) -> Answer:
    try:
        answer = json.loads(body)
    except ValueError:
        raise NotTelegram(f"status {status}, not JSON") from None
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        raise NotTelegram(f"status {status}, not an answer")
    parameters = answer.get("parameters")
    if not isinstance(parameters, dict):
        parameters = {}
    after = parameters.get("retry_after")
    return Answer(
        status=status,
        ok=answer["ok"],
        result=answer.get("result"),
        description=str(answer.get("description", "")),
        retry_after=float(after) if isinstance(after, int | float) else None,
        migrated="migrate_to_chat_id" in parameters,
    )
