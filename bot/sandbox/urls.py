"""Links as Telegram takes them: a bare host gets a protocol, a bare host a path."""

import re

_ADDRESS = re.compile(
    r"(?P<protocol>https?://|ftp://|tg://|ton://|tonsite://|mailto:|tel:)?(?P<host>[^\s/?#]+)(?P<rest>[/?#]\S*)?",
    re.IGNORECASE,
)
_WEB = frozenset({"", "http://", "https://"})


class UnusableUrlError(ValueError):
    """A link that Telegram doesn't take; the sentence says why."""


def checked_url(url: str) -> str:
    """Return a link as a message carries it; raises UnusableUrlError."""
    if not url:
        raise UnusableUrlError("URL host is empty")
    found = _ADDRESS.fullmatch(url)
    if found is None:
        raise UnusableUrlError("Wrong HTTP URL")
    protocol, host, rest = (found["protocol"] or "").lower(), found["host"], found["rest"] or ""
    if "://" in host or protocol == "ftp://":
        raise UnusableUrlError("Unsupported URL protocol")
    if protocol not in _WEB:
        return url
    if "." not in host.strip(".") and host.partition(":")[0] != "localhost":
        raise UnusableUrlError("Wrong HTTP URL")
    return f"{protocol or 'http://'}{host}{rest if rest.startswith('/') else '/' + rest}"
