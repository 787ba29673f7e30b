"""Render messages and buttons: every word a template says, with the facts it is given.

Templates are read once, checked and held: what a writer saves later reaches nobody before `reload`, and then
only when all of it holds. Each is compiled when it is first said: at a start nobody waits for two hundred. An
error names the template and the line, never a fact: facts are private.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import UndefinedError

from prompts.direction import isolated_name
from prompts.fields import Fields
from prompts.literals import KnownMessages
from prompts.names import as_plain_text
from prompts.overlay import Overlay
from prompts.prompt import OTHER, with_bare_name
from prompts.quoting import find_unquoted
from prompts.source import (
    FALLBACK,
    ROOT,
    Finding,
    WordsError,
    display_name,
    nearest,
    read_text,
    read_toml,
)
from prompts.template import MACROS, SHARED, SUFFIX, PlainSandbox, TemplateValues, Text, find_template_faults
from prompts.tongue import Tongue, load_tongues

BUTTONS = "buttons.toml"
LONGEST_LABEL = 256
"""Telegram's limit for what stands in the menu; on a button 28 look well."""

NAMES = ("me", "other")
"""The facts that are people's names."""

log = logging.getLogger(__name__)

Expected = Mapping[str, TemplateValues]


@dataclass(frozen=True, slots=True)
class _Words:
    """The messages and buttons of one language, complete through English."""

    messages: PlainSandbox
    ours: PlainSandbox
    """Without an overlay: what is said where an operator's own template fails on the facts it is given."""

    buttons: Mapping[str, str]


class Renderer:
    """Render what a partner reads, in their language or else in English.

    English is read at once, another language when it is first needed. One that is broken then is said in English,
    and the log names what is wrong with it.
    """

    def __init__(
        self, root: Path | None = None, expected: Expected | None = None, overlay: Overlay | None = None
    ) -> None:
        """Load English; raise WordsError where it is broken.

        `expected` names each message that must be there with its values; None leaves that open.
        """
        self._root = root or ROOT
        self._expected = expected
        self._overlay = overlay
        self._tongues = load_tongues(self._root)
        self._loaded = {FALLBACK: self._load(self._tongues[FALLBACK], None)}
        self._broken: frozenset[str] = frozenset()

    @property
    def languages(self) -> tuple[str, ...]:
        """List the languages that are offered, English first."""
        return tuple(tongue.code for tongue in self._tongues.values() if tongue.offered)

    def offered(self) -> Collection[Tongue]:
        """Return the languages that are offered, English first, but for those found broken; none is read for it."""
        return [one for one in self._tongues.values() if one.offered and one.code not in self._broken]

    def tongue(self, language: str) -> Tongue:
        """Return the language that is said for one that we may not have."""
        return self._tongues[self.nearest(language)]

    def nearest(self, language: str) -> str:
        """Return the code of the language that is said for one that we may not have."""
        return next(
            name for name in nearest(language, self.languages) if name == FALLBACK or self._words(name)
        )

    def message(self, name: str, language: str = FALLBACK, /, **facts: object) -> str:
        """Render a message to Telegram's HTML, all facts escaped; raise WordsError where it fails.

        The names of people, the facts `me` and `other`, stand as text: whatever they are, nobody can tap them.
        """
        words = self._said(language)
        environment = words.messages
        if name + SUFFIX not in environment.texts:
            file = f"{self._root.name}/{FALLBACK}/messages/{name}{SUFFIX}"
            raise WordsError([Finding(file, 1, "There is no such message.", "Write it.")])
        try:
            return _rendered(environment, name + SUFFIX, facts)
        except WordsError as failed:
            ours = words.ours
            if ours.texts[name + SUFFIX] == environment.texts[name + SUFFIX]:
                raise
            log.error("%s Ours is said instead.", failed)
            return _rendered(ours, name + SUFFIX, facts)

    def button(self, key: str, language: str = FALLBACK, /, **facts: str) -> str:
        """Give a button's label, plain text; `other` is the partner's name where the label needs it."""
        label = self._said(language).buttons.get(key)
        file = f"{self._root.name}/{FALLBACK}/{BUTTONS}"
        if label is None:
            raise WordsError([Finding(file, 1, f"There is no button `{key}`.", f'Add {key} = "…".')])
        if OTHER in label and "other" not in facts:
            raise WordsError([Finding(file, 1, f"The button `{key}` needs a name.", "Hand in `other`.")])
        return with_bare_name(label, facts.get("other", ""))

    def labels(self, language: str) -> Mapping[str, str]:
        """Give all labels of a language that is offered; where it isn't read yet, its messages need not be for that."""
        if language in self._loaded:
            return self._loaded[language].buttons
        findings: list[Finding] = []
        buttons = read_buttons(self._root / language, self._root, findings)
        if self._overlay:
            lay_buttons(self._overlay, language, buttons, findings)
        return {**self._loaded[FALLBACK].buttons, **({} if findings else buttons)}

    def known(self, language: str = FALLBACK) -> KnownMessages:
        """Return what tells a language's messages apart when they are read."""
        return KnownMessages(self._said(language).messages)

    def reload(self) -> list[Finding]:
        """Take the words as they are now, language by language; keep the last good ones of what is broken.

        Where English is broken, nothing changes. Returns what is wrong.
        """
        tongues, loaded, findings = load_tongues(self._root), dict(self._loaded), list[Finding]()
        for name in [code for code in self._loaded if code in tongues]:
            try:
                loaded[name] = self._load(tongues[name], None if name == FALLBACK else loaded[FALLBACK])
            except WordsError as broken:
                findings += broken.findings
                if name == FALLBACK:
                    return findings
        self._tongues, self._loaded, self._broken = tongues, loaded, frozenset()
        return findings

    def broken_english(self, findings: Iterable[Finding]) -> bool:
        """Tell whether what a reload has found is about English, without which nothing is taken."""
        return any(f"/{FALLBACK}/" in finding.file for finding in findings)

    def _said(self, language: str) -> _Words:
        return self._words(self.nearest(language)) or self._loaded[FALLBACK]

    def _words(self, name: str) -> _Words | None:
        """Return a language's words, read when they are first needed; None where they are broken."""
        if name not in self._loaded and name not in self._broken:
            try:
                self._loaded[name] = self._load(self._tongues[name], self._loaded[FALLBACK])
            except WordsError as broken:
                self._broken |= {name}
                log.error("%s is not said, English is: %s", name, broken)
        return self._loaded.get(name)

    def _load(self, tongue: Tongue, english: _Words | None) -> _Words:
        words, findings = _load(self._root, tongue, self._expected, self._overlay, english)
        if findings:
            raise WordsError(findings)
        return words


def _rendered(environment: PlainSandbox, template: str, facts: Mapping[str, object]) -> str:
    try:
        return environment.get_template(template).render(_stand(facts, rtl=environment.tongue.rtl)).strip()
    except Exception as error:  # noqa: BLE001 whatever a template raises may quote a fact, so none passes
        raise WordsError([_failure(error, environment, template)]) from None


def _stand(facts: Mapping[str, object], *, rtl: bool) -> dict[str, object]:
    named = ((fact, facts.get(fact)) for fact in NAMES)
    names = {fact: as_plain_text(name) for fact, name in named if isinstance(name, str)}
    return {**facts, **{fact: isolated_name(name, rtl=rtl) for fact, name in names.items()}}


def _load(
    root: Path, tongue: Tongue, expected: Expected | None, overlay: Overlay | None, english: _Words | None
) -> tuple[_Words, list[Finding]]:
    """Read a language; what it lacks is taken from English, which is None where English itself is read."""
    findings: list[Finding] = []
    texts = read_messages(root / tongue.code, root, findings, expected)
    buttons = read_buttons(root / tongue.code, root, findings)
    if english is None:
        findings += find_missing(root / FALLBACK, root, {*(expected or ())} - _messages(texts))
    ours = PlainSandbox({**(english.ours.texts if english else {}), **texts}, tongue)
    said = ours
    if overlay:
        lay_messages(overlay, tongue.code, texts, findings, expected)
        lay_buttons(overlay, tongue.code, buttons, findings)
        said = PlainSandbox({**(english.messages.texts if english else {}), **texts}, tongue)
    return _Words(said, ours, {**(english.buttons if english else {}), **buttons}), sorted(findings)


def _messages(texts: Collection[str]) -> set[str]:
    return {name.removesuffix(SUFFIX) for name in texts}


def values_of(message: str, expected: Expected | None) -> TemplateValues | None:
    """Return the values of a message; None for any: of the macros, and where nothing is expected."""
    if expected is None or message + SUFFIX in SHARED:
        return None
    return expected.get(message) or TemplateValues(frozenset())


def find_missing(folder: Path, root: Path, missing: Collection[str]) -> Iterator[Finding]:
    """Find templates of English that are not there; what another language lacks, `complete` tells."""
    if folder.name == FALLBACK:
        for message in sorted(missing):
            name = display_name(folder / "messages" / f"{message}{SUFFIX}", root)
            yield Finding(name, 1, "This message is missing.", "Write it.")


def read_messages(
    folder: Path, root: Path, findings: list[Finding], expected: Expected | None = None
) -> dict[str, Text]:
    """Read and check a language's templates: file name to text and display name."""
    texts: dict[str, Text] = {}
    for path in sorted((folder / "messages").glob(f"*{SUFFIX}")):
        name = display_name(path, root)
        try:
            text = read_text(path, root)
        except WordsError as error:
            findings += error.findings
            continue
        if path.name == MACROS and folder.name != FALLBACK:
            continue  # how a partner's words are quoted is the same in every language
        values = values_of(path.name.removesuffix(SUFFIX), expected)
        complete = folder.name == FALLBACK
        findings += find_template_faults(name, text, values, complete=complete, compiled=False)
        texts[path.name] = Text.of(text, name)
    return texts


def read_buttons(folder: Path, root: Path, findings: list[Finding]) -> dict[str, str]:
    """Read a language's button labels; none where it has no file of them."""
    path = folder / BUTTONS
    if not path.exists():
        return {}
    try:
        source = read_toml(path, root)
    except WordsError as error:
        findings += error.findings
        return {}
    fields = Fields(source, source.data, findings)
    return {key: fields.text(key) for key in source.data}


def lay_messages(
    overlay: Overlay, language: str, ours: dict[str, Text], findings: list[Finding], expected: Expected | None
) -> None:
    """Put an operator's own templates in the place of ours; what has no place is left to `find_strays`."""
    for path in overlay.templates(language):
        name = display_name(path, overlay.root)
        if path.name not in ours or path.name in SHARED:
            continue
        try:
            text = read_text(path, overlay.root)
        except WordsError as error:
            findings += error.findings
            continue
        message = path.name.removesuffix(SUFFIX)
        faults = find_template_faults(name, text, values_of(message, expected))
        findings += faults or find_unquoted(name, text, ours[path.name].text)
        ours[path.name] = Text.of(text, name)


def lay_buttons(overlay: Overlay, language: str, ours: dict[str, str], findings: list[Finding]) -> None:
    """Put an operator's own labels in the place of ours; what has no place is left to `find_strays`."""
    try:
        source = overlay.read(language, BUTTONS)
    except WordsError as error:
        findings += error.findings
        return
    if source is None:
        return
    fields = Fields(source, source.data, findings)
    for key in source.data.keys() & ours.keys():
        label = fields.text(key)
        if OTHER in label and OTHER not in ours[key]:
            fields.wrong(key, f"`{key}` is given no name.", f"Leave {OTHER} out of it.")
        if len(label) > LONGEST_LABEL:
            fields.wrong(key, f"`{key}` has {len(label)} characters.", f"Write {LONGEST_LABEL} at most.")
        ours[key] = label


def _failure(error: Exception, environment: PlainSandbox, message: str) -> Finding:
    names = {f"{text.folder}/{name}" for name, text in environment.texts.items()}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in names]
    file, line = (
        (frames[-1].filename, frames[-1].lineno or 1)
        if frames
        else (f"{environment.texts[message].folder}/{message}", 1)
    )
    if isinstance(error, UndefinedError):  # its sentence names the template's own variable, never a value
        return Finding(
            file, line, f"A value is missing: {error.message}.", "Hand it in, or ask for it with `if`."
        )
    return Finding(file, line, f"This failed with {type(error).__name__}.", "Look at the value used here.")
