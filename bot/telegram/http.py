"""HTTP to Telegram on aiohttp, under python-telegram-bot's `BaseRequest`.

The law of this file: a URL holds the token and a body holds private words, so neither is ever in a
log line or in the text of an exception.

A failure says what is known of the call. `NotSent`: nothing left the machine (no such host, refused,
no connection in time). Any other `NetworkError` or `TimedOut`: Telegram may have taken it.
"""

import io
import json
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.supervise import heed_cancellation

CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 15.0  # seconds; a long poll brings its own
WRITE_TIMEOUT = 20.0
CONNECTIONS = 64
SLOWEST = 16 * 1024  # bytes a second of a line that is waited for: half of what an old mobile phone's takes
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
KEPT_OPEN = 60.0  # seconds: a call on a new connection comes late, and bunches with those behind it


class NotSent(NetworkError):  # noqa: N818 (it says what is known of the call)
    """The call did not leave this machine: Telegram cannot have taken it."""


class Untrusted(NotSent):
    """What answers cannot show that it is Telegram: its message says what to do about it."""

    def __init__(self) -> None:
        super().__init__(
            "its certificate is not trusted: install ca-certificates, or set SSL_CERT_FILE to your proxy's"
        )


def cause(failure: TelegramError) -> str:
    """Tell why a call failed: in our own words where it never left, else by the failure's type alone."""
    return failure.message if isinstance(failure, NotSent) else type(failure).__name__


def proxy_for(address: str) -> str | None:
    """Find the proxy of the environment by which an address is reached; none for this machine itself."""
    asked = urlsplit(address)
    if asked.hostname in HERE or proxy_bypass(asked.hostname or ""):
        return None
    return getproxies().get(asked.scheme)


class AioRequest(BaseRequest):
    """Requests over one aiohttp session; initialize and shutdown may be called more than once."""

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        connect_timeout: float = CONNECT_TIMEOUT,
        read_timeout: float = READ_TIMEOUT,
        write_timeout: float = WRITE_TIMEOUT,
    ) -> None:
        self._connections = connections
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._session: aiohttp.ClientSession | None = None
        self._proxy_for = cache(proxy_for)  # by root: read from the environment once

    @property
    def read_timeout(self) -> float | None:
        """The read timeout of a call that names none, in seconds."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEPT_OPEN),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def exchange(
        self,
        url: str,
        body: aiohttp.FormData | bytes | None,
        timeouts: aiohttp.ClientTimeout,
        method: str = "POST",
    ) -> tuple[int, bytes]:
        """Send one request; a body of bytes is JSON. Returns the status and the answer's bytes.

        Raises NotSent, TimedOut or NetworkError, none of which carries the URL or the body.
        """
        if self._session is None:
            raise NotSent("the session is not open")
        headers = {"Content-Type": "application/json"} if isinstance(body, bytes) else None
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=timeouts,
                allow_redirects=False,
                proxy=self._proxy_for("/".join(url.split("/", 3)[:3])),
            ) as answer:
                return answer.status, await answer.read()
        except aiohttp.ClientSSLError:
            raise Untrusted from None
        except aiohttp.ClientHttpProxyError as failure:
            raise NotSent(f"the proxy refuses, with status {failure.status}") from None
        except aiohttp.ClientProxyConnectionError:
            raise NotSent("the proxy of HTTPS_PROXY cannot be reached") from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as failure:
            raise NotSent(type(failure).__name__) from None
        except TimeoutError as failure:
            heed_cancellation()  # aiohttp takes a cancellation for its own timeout where both come at once
            raise TimedOut(type(failure).__name__) from None
        except (aiohttp.ClientError, OSError, ValueError) as failure:
            raise NetworkError(type(failure).__name__) from None

    def timeouts(
        self, *, read: Any = None, write: Any = None, connect: Any = None, size: int = 0
    ) -> aiohttp.ClientTimeout:
        """Make the timeouts of one call, in seconds; what is no number is this object's default.

        `size` is the bytes that are sent or fetched: on a slow line they need time of their own. What is
        handed to the kernel may wait there, so that the answer's silence is as long.
        """
        reading = (read if isinstance(read, int | float) else self._read_timeout) + size / SLOWEST
        writing = write if isinstance(write, int | float) else self._write_timeout
        connecting = connect if isinstance(connect, int | float) else self._connect_timeout
        return aiohttp.ClientTimeout(
            total=connecting + writing + reading,
            connect=connecting,
            sock_connect=connecting,
            sock_read=reading,
        )

    async def do_request(  # noqa: PLR0917 (the base class's signature)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 (aiohttp's connect timeout includes it)
    ) -> tuple[int, bytes]:
        """Send what python-telegram-bot asks for: JSON, or a form where there are files."""
        timeouts = self.timeouts(read=read_timeout, write=write_timeout, connect=connect_timeout)
        return await self.exchange(url, _body(request_data), timeouts, method)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Decode an answer. The inherited one logs what it cannot decode, private words included."""
        try:
            answer = json.loads(payload)
        except ValueError:
            raise TelegramError("not JSON") from None
        if not isinstance(answer, dict) or not ("result" in answer or "description" in answer):
            raise TelegramError("not an answer")
        return answer


def _body(data: RequestData | None) -> aiohttp.FormData | bytes | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_payload
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for part, (filename, content, mime) in data.multipart_data.items():
        piece = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(part, piece, filename=filename, content_type=mime)
    return form
