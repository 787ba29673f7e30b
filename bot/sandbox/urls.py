"""Links as Telegram takes them: parsed, checked, and written again in one form."""

import ipaddress
import re
from typing import NamedTuple

from bot.sandbox.text import ascii_lower

_OWN = re.compile(r"(tg|tonsite|ton):(?://)?", re.IGNORECASE)
_PROTOCOL = re.compile(r"([^:/?#@\[\]]*)://")
_AUTHORITY = re.compile(r"[^/?#]*")
_ALLOWED = re.compile(r"(?:[0-9A-Za-z.\-_!$,~*'();&+=\x80-\U0010ffff]|%[0-9A-Fa-f]{2})*")
_ALLOWED_USER = re.compile(r"(?:[0-9A-Za-z.\-_!$,~*'();&+=:\x80-\U0010ffff]|%[0-9A-Fa-f]{2})*")
_OWN_HOST = re.compile(r"[0-9A-Za-z_-]*")
_OWN_SITE = re.compile(r"[0-9A-Za-z_.-]*")
_LINE_ENDS = " \t\r\n\0\v"
_BLANKS = re.compile("[\0- ]")
_PORT = re.compile("[1-9][0-9]{0,4}")
_MAX_PORT = 65535
_MAX_USER = 2**40
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,18}")
_MAX_NUMBER = 2**63


class UnusableUrlError(ValueError):
    """A link that Telegram doesn't take; the sentence says why."""


class _Address(NamedTuple):
    """A link in its parts; `query` is all from the path on, `port` 0 for none."""

    protocol: str
    user: str
    host: str
    port: int
    query: str


def checked_url(url: str) -> str:
    """Return a link as a message carries it; raises UnusableUrlError."""
    own = _OWN.match(url)
    rest = url[own.end() :] if own else url
    address = _parsed(rest)
    if own:
        return _own(own[1].lower(), rest, address)
    if "." not in address.host and not address.host.startswith("["):
        raise UnusableUrlError("Wrong HTTP URL")
    user = f"{address.user}@" if address.user else ""
    port = f":{address.port}" if address.port else ""
    return f"{address.protocol}://{user}{address.host}{port}{address.query}"


def _own(kind: str, rest: str, address: _Address) -> str:
    """Return a link of one of Telegram's own kinds."""
    foreign = ascii_lower(rest[:7]) == "http://" or address.protocol == "https"
    if foreign or address.user or address.port or address.host.startswith("["):
        raise UnusableUrlError("Wrong tg URL" if kind == "tg" else "Wrong ton URL")
    if not (_OWN_SITE if kind == "tonsite" else _OWN_HOST).fullmatch(address.host):
        raise UnusableUrlError("Unallowed characters in URL host")
    query = address.query
    return f"{kind}://{address.host}{query[1:] if query.startswith('/?') else query}"


def _parsed(url: str) -> _Address:
    """Split a web address into its parts."""
    protocol, start = "http", 0
    found = _PROTOCOL.match(url)
    if found:
        protocol, start = ascii_lower(found[1]), found.end()
        if protocol not in ("http", "https"):
            raise UnusableUrlError("Unsupported URL protocol")
    authority = _AUTHORITY.match(url, start)
    place = authority.group() if authority else ""
    query = url[start + len(place) :]
    place, port = _port(place)
    user, _, host = place.rpartition("@")
    _check_host(host, user)
    return _Address(protocol, user, ascii_lower(host), port, _query(query))


def _port(place: str) -> tuple[str, int]:
    """Cut a port off; 0 for none. The first character is never taken for the colon before one."""
    at = max(place.rfind(mark) for mark in ":]@")
    if at <= 0 or place[at] != ":":
        return place, 0
    digits = place[at + 1 :].lstrip("0")
    if not _PORT.fullmatch(digits) or int(digits) > _MAX_PORT:
        raise UnusableUrlError("Wrong port number specified in the URL")
    return place[:at], int(digits)


def _check_host(host: str, user: str) -> None:
    if host.startswith("[") and host.endswith("]"):
        try:
            if "%" not in host:  # a scope is nobody's address
                ipaddress.IPv6Address(host[1:-1])
                return
        except ValueError:
            pass
        raise UnusableUrlError("Wrong IPv6 address specified in the URL")
    if not host:
        raise UnusableUrlError("URL host is empty")
    if host == ".":
        raise UnusableUrlError("Host is invalid")
    for name, part, allowed in (("host", host, _ALLOWED), ("userinfo", user, _ALLOWED_USER)):
        found = allowed.match(part)
        end = found.end() if found else 0
        if end < len(part):
            what = "Wrong percent-encoded symbol" if part[end] == "%" else "Disallowed character"
            raise UnusableUrlError(f"{what} in URL {name}")


def _query(query: str) -> str:
    query = query.rstrip(_LINE_ENDS)
    if not query.startswith("/"):
        query = "/" + query
    return _BLANKS.sub(lambda found: f"%{ord(found.group()):02X}", query)


# Links of Telegram's own that name somebody or something


def user_of(url: str) -> int:
    """Return whom a link like tg://user?id=1 means; 0 for nobody."""
    for name, value in own_parameters(ascii_lower(url), "user"):
        if name == "id":
            number = whole_number(value)
            return number if number is not None and 0 < number < _MAX_USER else 0
    return 0


def own_parameters(url: str, host: str) -> list[tuple[str, str]]:
    """Return the parameters of a tg link to a host, in order; none for another link."""
    found = re.match(rf"tg:(?://)?{host}/?\?([^#]*)", url, re.IGNORECASE | re.DOTALL)
    if found is None:
        return []
    pairs = (pair.partition("=") for pair in found[1].split("&"))
    return [(name, value) for name, _, value in pairs]


def whole_number(text: str) -> int | None:
    """Read a number of 64 bits that is written as one writes numbers; None for anything else."""
    if not _NUMBER.fullmatch(text) or not -_MAX_NUMBER <= int(text) < _MAX_NUMBER:
        return None
    return int(text)
