"""Who may come in: this machine's own programs and pages, with the right token.

Another site that is open in the same browser can reach a loopback port, so the port alone guards nothing:

- the peer must be this machine;
- Host must be a loopback name, because a site elsewhere may let its own name point here;
- Origin, where a browser sends one, must be the very page that this server gave;
- the token travels in a header (or a WebSocket's first message), which no other site's page can add, and
  never in a cookie: cookies don't know ports, so any other server on this machine would be handed it.
"""

import hmac
import ipaddress
from urllib.parse import urlsplit

from aiohttp import web

TOKEN_HEADER = "X-Sandbox-Token"  # noqa: S105  a header's name


def check_place(request: web.Request) -> None:
    """Raise PermissionError unless a request comes from this machine, to this machine, by its own page."""
    if not _is_loopback(request.remote or ""):
        raise PermissionError("only from this machine")
    if not _is_loopback(urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""):
        raise PermissionError("only under a loopback name")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("Host"):
        raise PermissionError("only from the sandbox's own page")


def check_token(given: str, token: str) -> None:
    """Raise PermissionError for a wrong token."""
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise PermissionError(f"the control token is missing or wrong; send it as {TOKEN_HEADER}")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
