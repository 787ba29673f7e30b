"""What the bot says of itself: commands, descriptions, names and the menu button, per scope and language."""

from dataclasses import asdict, dataclass, field

from bot.sandbox.wire import Json


@dataclass(slots=True)
class Profile:
    """The bot's account.

    Keys of `commands` are "scope/language", of the texts a language ("" for all others).
    """

    bot_id: int
    username: str
    first_name: str
    privacy_mode: bool = True
    topics: bool = False  # whether private chats have topics: BotFather's "Threaded Mode"
    commands: dict[str, list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[str, Json] = field(default_factory=dict)
    default_rights: dict[str, Json] = field(default_factory=dict)
    photos: list[str] = field(default_factory=list)

    def to_user(self) -> Json:
        """Return the bot as a message's sender."""
        return {"id": self.bot_id, "is_bot": True, "first_name": self.first_name, "username": self.username}

    def to_me(self) -> Json:
        """Return the bot as getMe tells it."""
        return self.to_user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy_mode,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": self.topics,
            "allows_users_to_create_topics": self.topics,
        }

    def to_json(self) -> Json:
        """Return everything, for a snapshot."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: Json) -> "Profile":
        """Read a snapshot's part."""
        return cls(**raw)

    def commands_for(self, chat_id: int, language: str) -> list[Json]:
        """Return the commands that a person with this language sees in a private chat."""
        for scope in (f"chat:{chat_id}", "all_private_chats", "default"):
            for tongue in _tongues(language):
                found = self.commands.get(f"{scope}/{tongue}")
                if found:
                    return found
        return []

    def description_for(self, language: str) -> str:
        """Return what a person with this language reads in an empty chat; empty where nothing is set."""
        return next((found for tongue in _tongues(language) if (found := self.descriptions.get(tongue))), "")


def _tongues(language: str) -> tuple[str, ...]:
    """Return the languages that texts are looked for in: Telegram keeps them by two letters, "pt" for "pt-br" too."""
    short = language.partition("-")[0]
    return (short, "") if short else ("",)


def scope_key(scope: Json) -> str:
    """Name a checked BotCommandScope."""
    parts = [str(scope["type"])]
    parts += [str(scope[name]) for name in ("chat_id", "user_id") if name in scope]
    return ":".join(parts)
