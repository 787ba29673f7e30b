"""What is plainly a name, where somebody was asked what to call them: the other reads it at once.

A feeling, a "no" or a sentence typed at that question must not reach the other as a name. What isn't plainly a name
is no wrong one either: whoever typed it is asked, and a press makes it theirs.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LISTS = ("before", "back", "never", "within")
MOST_WORDS = 3
_NO_NAME = re.compile(r"[!?…,;:\"“”\n¿¡؟،]|\d")
_BETWEEN = re.compile(r"[\s,;:.!?\u2026\u060c\u061b\u061f\u00a1\u00bf]+")
_ENDS = " .!…"
_ANY = r"\w*"


class NameKind(StrEnum):
    """What words at the question for a name are."""

    NAME = "name"
    BACK = "back"  # a no, or a never mind: the name stays
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class NameWords:
    """What a language says around a name, and instead of one."""

    before: tuple[str, ...]  # "call me"; the longest first
    back: frozenset[str]
    never: re.Pattern[str]
    within: frozenset[str]  # written small in a name: "van"


def name_words(data: Mapping[str, Sequence[str]]) -> NameWords:
    """Make them of a file's lists; a star in `never` stands for any letters."""
    never = "|".join(re.escape(_plain(word)).replace(r"\*", _ANY) for word in data["never"])
    return NameWords(
        before=tuple(sorted(map(_plain, data["before"]), key=len, reverse=True)),
        back=frozenset(map(_plain, data["back"])),
        never=re.compile(never or r"(?!)"),
        within=frozenset(map(_plain, data["within"])),
    )


def without_lead(text: str, words: NameWords) -> str:
    """Leave out what leads to a name: "call me Noa" says Noa."""
    folded = _plain(text)
    for lead in words.before:
        if folded.startswith(f"{lead} ") and len(folded) == len(text.strip()):
            return text.strip()[len(lead) :].strip(" .:")
    return text


def says_back(text: str, words: NameWords) -> bool:
    """Tell whether a text is nothing but a no or a never mind, as to the question for a name."""
    return _plain(text).strip(_ENDS) in words.back


def says_no(
    text: str, words: NameWords, but: Callable[[str], bool], is_beside: Callable[[str], bool]
) -> bool:
    """Tell whether a text is nothing but one or several of a no, a never mind and a wait, `but` for what is a yes, too.

    What `is_beside` such words says nothing by itself: "actually, never mind".
    """
    said, place, no = [token for token in _BETWEEN.split(_plain(text)) if token], 0, False
    while place < len(said):
        phrases = [" ".join(said[place:end]) for end in range(len(said), place, -1)]
        found = next((phrase for phrase in phrases if phrase in words.back), None)
        beside = next((phrase for phrase in phrases if found is None and is_beside(phrase)), None)
        if beside is None and (found is None or but(found)):
            return False
        no |= found is not None
        place += len((found or beside or "").split())
    return no


def read_name(
    text: str, words: NameWords, others: Iterable[NameWords] = (), taken: Collection[str] = ()
) -> NameKind:
    """Tell what somebody has typed at the question for their name.

    `words` are their own language's, `others` those of the languages beside it; `taken` are the other's names.
    """
    said = _plain(text).strip(_ENDS)
    tokens = text.split()
    alone, known = len(tokens) == 1, [words, *others]
    if said in words.back:
        return NameKind.UNSURE if alone and tokens[0].istitle() else NameKind.BACK
    name = without_lead(text, words)
    if name != text:
        led = read_name(name, words, others, taken)
        small = name[:1].islower()
        return NameKind.NAME if led is NameKind.NAME and not small else NameKind.UNSURE
    parts = {part for token in said.split() for part in (token, token.split("'")[0])}
    lists = known[:1] if alone else known
    unsure = (
        len(tokens) > MOST_WORDS
        or _NO_NAME.search(text)
        or not any(map(str.isalpha, text))
        or not (alone or _is_written_as_one(tokens, known))
        or any(said in one.back for one in known)
        or any(one.never.fullmatch(part) for one in lists for part in parts)
        or parts & {part for name in taken for part in _plain(name).split()}
    )
    return NameKind.UNSURE if unsure else NameKind.NAME


def _is_written_as_one(tokens: Sequence[str], known: Iterable[NameWords]) -> bool:
    """Tell whether words begin as those of a name do; most scripts know no capitals."""
    within = frozenset[str]().union(*(one.within for one in known))
    letters = [next(filter(str.isalpha, token), "") for token in tokens]
    return not letters[0].islower() and not any(
        letter.islower() and _plain(token) not in within
        for letter, token in zip(letters, tokens, strict=True)
    )


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFC", text.strip()).casefold()
    return folded.replace("\u2019", "'").replace("\u0451", "\u0435")  # Russian yo, which is mostly written ye
