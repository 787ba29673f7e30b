"""Vignettes: short moments for practising alone, told in the first person as if they were the bot's own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from prompts.fields import Fields, tables
from prompts.prompt import WAYS, Way, take_id
from prompts.source import FALLBACK, ROOT, Finding, Source, WordsError, languages, nearest, read_toml

FILE = "vignettes.toml"
DIFFICULTIES = (1, 2, 3)
# How an answer can land: `[reactions]` has some for each, and every vignette its own for the first three.
OWN = ("heard", "partly", "unheard")
LANDINGS = (*OWN, "fixed", "smaller", "turned", "pushed", "shut", "weighed_down", "stopped")


@dataclass(frozen=True, slots=True)
class Vignette:
    """One moment, the feeling under its words, how it answers, and two good answers to it.

    `reactions` are those that fit any moment, by how an answer landed.
    """

    id: str
    way: Way
    difficulty: int
    text: str
    feeling: str
    heard: str
    partly: str
    unheard: str
    answers: tuple[str, str]
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def reaction(self, landed: str, turn: int, *, near: bool = True) -> str:
        """Return what is answered to an answer that landed so; the next turn's is another one.

        Whoever isn't `near` the moment's own words is not told which of them they caught.
        """
        own = {"heard": self.heard, "partly": self.partly, "unheard": self.unheard}
        fits = landed in own and (near or landed == "unheard")
        several = (*([own[landed]] if fits else ()), *self.reactions.get(landed, ()))
        return several[turn % len(several)] if several else self.partly


def load_vignettes(language: str = FALLBACK, root: Path | None = None) -> Mapping[str, Vignette]:
    """Load a language's vignettes, English where it has none; raise WordsError with all findings."""
    root = root or ROOT
    folder = next(name for name in nearest(language, languages(root)) if (root / name / FILE).exists())
    source = read_toml(root / folder / FILE, root)
    findings: list[Finding] = []
    found: dict[str, Vignette] = {}
    for index, block in enumerate(tables(source, "vignette", findings)):
        fields = Fields(source, block, findings, ("vignette", index), "a vignette")
        vignette = _parse(fields)
        fields.finish()
        if vignette.id in found:
            fields.wrong(
                "id", f"The vignette “{vignette.id}” is here twice.", "Give this one an id of its own."
            )
        found[vignette.id] = vignette
    reactions = _reactions(source, findings)
    top = Fields(source, source.data, findings)
    top.ask("vignette", "reactions")
    top.finish()
    if findings:
        raise WordsError(sorted(findings))
    return MappingProxyType({name: replace(one, reactions=reactions) for name, one in found.items()})


def _reactions(source: Source, findings: list[Finding]) -> Mapping[str, tuple[str, ...]]:
    table = source.data.get("reactions", {})
    fields = Fields(source, table if isinstance(table, dict) else {}, findings, ("reactions", 0), "reactions")
    found = {landing: fields.texts(landing) for landing in LANDINGS}
    fields.finish()
    return MappingProxyType(found)


def _parse(fields: Fields) -> Vignette:
    return Vignette(
        id=take_id(fields),
        way=Way(fields.one_of("way", WAYS)),
        difficulty=fields.number("difficulty", DIFFICULTIES),
        text=fields.text("text"),
        feeling=fields.text("feeling"),
        heard=fields.text("heard"),
        partly=fields.text("partly"),
        unheard=fields.text("unheard"),
        answers=fields.two_texts("answers") or ("", ""),
    )


def pick(vignettes: Mapping[str, Vignette], seed: int, besides: Collection[str] = ()) -> Vignette:
    """Pick one by a seed; never one of `besides` where there is another."""
    others = [vignette for vignette in vignettes.values() if vignette.id not in besides]
    pool = sorted(others or vignettes.values(), key=lambda vignette: vignette.id)
    return pool[seed % len(pool)]
