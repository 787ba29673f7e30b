"""What the coach has read in a response; nothing of it prints the person's words."""

from dataclasses import dataclass, field

# From here on there is a sign that something was heard; a text of fewer words is too short to miss it in.
HEARD_AT_ALL, ENOUGH = 0.2, 5
NUMBERS = ("reflects", "names_feeling", "makes_sense", "asks", "warmth")


@dataclass(frozen=True, slots=True)
class Found:
    """Something noticed, pointed at by the words as they were written, `start` to `end` in the text."""

    kind: str
    words: str = field(repr=False)
    start: int
    end: int
    sure: bool = True
    """Whether it needs less support of the model than others."""
    plain: bool = False
    """Whether it counts whatever the model makes of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Five numbers from 0 (absent) to 1 (clearly expressed), and what gets in the way.

    `reflects`, `names_feeling` and `makes_sense` are an expressed understanding of the partner, `asks` is an
    opening to say more, `warmth` an expressed feeling or care for the partner.
    """

    reflects: float = 0.0
    names_feeling: float = 0.0
    makes_sense: float = 0.0
    asks: float = 0.0
    warmth: float = 0.0
    gets_in_the_way: tuple[Found, ...] = ()
    noticed: tuple[Found, ...] = ()
    text: str = field(default="", repr=False)
    sentences: tuple[tuple[int, int], ...] = ()
    """Where each sentence of the text begins and ends, its closing marks included."""
    legible: bool = False
    """Whether there was something to read in a language that the coach knows."""
    unsaid: bool = False
    """Whether something is in the way that no phrase names, and only the model notices."""
    likely: str = ""
    """The kind that the model takes it for; empty where the model notices nothing."""
    clearly: bool = True
    """Whether that kind is clearly ahead of any other."""
    takes_up: float = 0.0
    """How many of the partner's words of weight it takes up; in a sentence about oneself they count by half."""
    tells: str = ""
    """What the partner's words tell that wants care: a name of `gravity`, or nothing known."""
    beside: str = ""
    """What kind of moment the partner's words are: a name of `beside`."""
    mirrors: bool = False
    """Whether it is nothing but what the partner felt or needed, with no claim beside it."""
    worth_keeping: str | None = field(default=None, repr=False)
    """The writer's own words without what gets in the way, where those could be sent by themselves."""
    doubted: bool = False
    """Whether a phrase found something in the way that the model doesn't believe, or the model has some doubt."""

    kindly: bool = False
    """Whether no phrase found anything in the way, and the model is as sure as it can be that nothing is."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of what gets in the way, each once, in the order of the text."""
        return tuple(dict.fromkeys(found.kind for found in self.gets_in_the_way))

    @property
    def troubled(self) -> bool:
        """Whether anything gets in the way, named or not."""
        return bool(self.gets_in_the_way) or self.unsaid

    @property
    def missing(self) -> bool:
        """Whether nothing is in the way, and nothing says yet what the writer heard."""
        heard = max(self.reflects, self.names_feeling, self.makes_sense, self.asks)
        return (
            self.legible and not self.troubled and heard < HEARD_AT_ALL and len(self.text.split()) >= ENOUGH
        )
