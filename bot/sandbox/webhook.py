"""What the bot wished by setWebhook, and how deliveries fared."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.events import Bell
from bot.sandbox.wire import Json

MAX_CONNECTIONS = 100
DEFAULT_CONNECTIONS = 40


@dataclass(slots=True)
class Webhook:
    """A webhook; none while `url` is empty. `last_error_date` in Unix seconds."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    allowed_updates: list[str] = field(default_factory=list)
    ip_address: str = ""
    has_custom_certificate: bool = False
    last_error_date: int = 0
    last_error_message: str = ""
    changed: Bell = field(default_factory=Bell, repr=False)

    def set(self, **wishes: Any) -> None:
        """Take new wishes; what isn't named goes back to what it is without a webhook."""
        fresh = Webhook(**wishes)
        for name in _NAMES:
            setattr(self, name, getattr(fresh, name))
        self.changed.ring()

    def failed(self, at: int, why: str) -> None:
        """Remember the last delivery that failed."""
        self.last_error_date, self.last_error_message = at, why

    def to_info(self, pending: int) -> Json:
        """Return the Bot API's WebhookInfo."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": self.has_custom_certificate,
            "pending_update_count": pending,
        }
        if not self.url:
            return info
        info["max_connections"] = self.max_connections
        for name in ("ip_address", "last_error_date", "last_error_message", "allowed_updates"):
            if getattr(self, name):
                info[name] = getattr(self, name)
        return info

    def to_json(self) -> Json:
        """Return everything, for a snapshot."""
        return {name: getattr(self, name) for name in _NAMES}


_NAMES = (
    "url",
    "secret_token",
    "max_connections",
    "allowed_updates",
    "ip_address",
    "has_custom_certificate",
    "last_error_date",
    "last_error_message",
)
