"""How updates travel: pushed to a webhook, or fetched."""

import ipaddress
import re
from urllib.parse import urlsplit

from bot.sandbox.arguments import Arguments
from bot.sandbox.webhook import DEFAULT_CONNECTIONS, MAX_CONNECTIONS
from bot.sandbox.wire import Json, bad_request
from bot.sandbox.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def set_webhook(world: World, arguments: Arguments) -> bool:
    """Push updates to an address from now on; plain HTTP is taken only on this machine."""
    url = arguments.text("url").strip()
    if not url:
        return delete_webhook(world, arguments)
    parts = urlsplit(url)
    if not parts.hostname:
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not _SECRET.fullmatch(arguments.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    _take(world, arguments, url)
    return True


def _take(world: World, arguments: Arguments, url: str) -> None:
    kinds = arguments.json("allowed_updates")
    kinds = kinds if isinstance(kinds, list) else world.webhook.allowed_updates
    connections = arguments.integer("max_connections", DEFAULT_CONNECTIONS)
    if arguments.flag("drop_pending_updates"):
        world.updates.drop()
    world.updates.allow(kinds)
    world.webhook.set(
        url=url,
        secret_token=arguments.text("secret_token"),
        max_connections=min(max(connections, 1), MAX_CONNECTIONS),
        allowed_updates=kinds,
        ip_address=arguments.text("ip_address") or _address(world, urlsplit(url).hostname or ""),
        has_custom_certificate="certificate" in arguments.files,
    )
    world.end_polls()


def _address(world: World, host: str) -> str:
    """Find a host's address, where it is one or the world knows it."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return world.hosts.get(host, "")


def delete_webhook(world: World, arguments: Arguments) -> bool:
    """Stop pushing; perhaps forget what waits."""
    if arguments.flag("drop_pending_updates"):
        world.updates.drop()
    world.webhook.set()
    world.updates.bell.ring()
    return True


def get_webhook_info(world: World, _: Arguments) -> Json:
    """Tell how updates travel."""
    world.updates.expire(world.now())
    return world.webhook.to_info(len(world.updates.waiting))
