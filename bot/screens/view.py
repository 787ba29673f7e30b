"""What a screen is made of: a view, whose fields are its values, and the buttons under it.

    class End(View, of=MessageKind.JOURNAL_END):
        talked: bool            # the template may say it, and does
        mine: Unsaid[bool]      # the buttons alone need it

A view is a frozen dataclass without being told so: its fields are one, but Python writes and compiles three functions
for each, 7 in 100 of the start, and these are alike. `table.py` holds its fields against its template.
"""

from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from typing import Annotated, Any, ClassVar, NoReturn, Self, TypeVar, dataclass_transform

from bot.messages import Message, MessageKind
from bot.screens.call import File
from bot.screens.callbacks import Verb, encode
from bot.screens.context import RenderContext
from bot.screens.picture import Drawing

T = TypeVar("T")
UNSAID = "unsaid"
Unsaid = Annotated[T, UNSAID]
"""A value for the buttons or the call alone: the template can't say it."""


@dataclass(frozen=True)
class Button:
    """One button: what it says, and what it carries or opens."""

    label: str  # a key of buttons.toml, unless `literal`
    data: str = ""
    literal: bool = False
    share: str = ""  # a page of Telegram's, on which the person picks a chat
    tick: bool | None = None  # a switch or a choice: on or off
    style: str = ""  # a colour of Telegram's, for the one act that matters


ButtonRows = list[list[Button]]


@dataclass(frozen=True)
class Key:
    """A button as a screen has it: what it asks for, and the key of its label in buttons.toml, if it has one."""

    verb: Verb | None
    label: str = ""
    style: str = ""  # "primary", or "danger" for what can't come back

    def __call__(self, *arguments: int | str, tick: bool | None = None) -> Button:
        """Make the button, with what it is about."""
        return Button(self.label, self._carried(*arguments), tick=tick, style=self.style)

    def saying(self, text: str, *arguments: int | str, tick: bool | None = None) -> Button:
        """Make the button with a label that the words or the world give: a starter, a place."""
        return Button(text, self._carried(*arguments), literal=True, tick=tick)

    def opening(self, page: str) -> Button:
        """Make a button that opens a page of Telegram's."""
        return Button(self.label, share=page)

    def _carried(self, *arguments: int | str) -> str:
        if self.verb is None:
            raise ValueError(f"the button {self.label} asks for nothing")
        return encode(self.verb, *arguments)


@dataclass(frozen=True)
class Attachment:
    """A file whose caption a view's words are: one that Telegram has, by its id, or one to upload."""

    kind: str  # voice, video_note or photo
    file: str | File
    cover: bool = False
    more: tuple[str, ...] = ()  # pictures that make an album with it


@dataclass_transform(frozen_default=True, kw_only_default=True)
class View:
    """What a message of some kinds says besides its fixed words. This one says nothing but names.

    It is made when the message is sent, so deletion reaches what is queued. A partner's words come through
    `words.read`, which keeps the seal. Its repr shows none of them.
    """

    kinds: ClassVar[tuple[MessageKind, ...]] = ()
    buttons_alone: ClassVar[bool] = False  # of a message that stands: its words stay as they are
    asks: ClassVar[bool] = False  # an answer in words is waited for
    said: ClassVar[frozenset[str]] = frozenset()  # the fields that the template may use
    fields: ClassVar[frozenset[str]] = frozenset()
    needed: ClassVar[frozenset[str]] = frozenset()  # the fields that have no default

    def __init_subclass__(
        cls, *, of: MessageKind | tuple[MessageKind, ...] = (), asks: bool = False, **besides: Any
    ) -> None:
        """Make a dataclass of the view; `of` names the kinds that it shows."""
        super().__init_subclass__(**besides)
        cls.kinds = (of,) if isinstance(of, MessageKind) else of
        cls.asks = asks
        dataclass(init=False, repr=False, eq=False)(cls)
        declared = fields(cls)  # type: ignore[arg-type]  # the line above has made it one
        cls.fields = frozenset(f.name for f in declared)
        cls.needed = frozenset(f.name for f in declared if f.default is MISSING)
        cls.said = frozenset(f.name for f in declared if UNSAID not in getattr(f.type, "__metadata__", ()))

    def __init__(self, **values: Any) -> None:
        """Take the fields by name. Raises TypeError where one lacks, or is none of this view's."""
        if not self.needed <= values.keys() <= self.fields:
            wrong = ", ".join(sorted((self.needed - values.keys()) | (values.keys() - self.fields)))
            raise TypeError(f"{type(self).__name__} lacks, or has not: {wrong}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"{type(self).__name__}.{name} stays as it was loaded")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"{type(self).__name__}.{name} stays as it was loaded")

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the values; None where there is nothing to say any more, and the message is withdrawn."""
        del context
        return cls()

    @classmethod
    def templates(cls) -> tuple[str, ...]:
        """Return the names of the templates that may say this view."""
        return tuple(kind.value for kind in cls.kinds)

    def template(self, message: Message) -> str:
        """Return the name of the template that says it."""
        return message.kind.value

    def buttons(self, message: Message) -> ButtonRows:
        """Place the buttons: at most four and two rows, but for settings. None for most."""
        del message
        return []

    @property
    def attachment(self) -> Attachment | None:
        """The file that goes along; None for words alone."""
        return None

    @property
    def drawing(self) -> Drawing | None:
        """The picture whose caption the words are; None where the words stand alone."""
        return None

    @property
    def protected(self) -> bool:
        """Whether Telegram is asked to let nobody forward or save it."""
        return False

    def values(self) -> dict[str, Any]:
        """Return what the template may use."""
        return {name: getattr(self, name) for name in self.said}


def round_of(message: Message) -> int:
    """Return the id of the round that a message is about."""
    return message.round or 0


def version_of(message: Message) -> int:
    """Return which version of a draft a message quotes."""
    return int(message.details["version"])
