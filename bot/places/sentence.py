"""Who is where in a sentence, clause by clause: what is somebody else's, past, wished or denied is no place of theirs.

What is left is only ever offered: a sentence may be read wrongly where its places are read rightly.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from bot.places.clauses import Word
from bot.places.telling import Telling

LONGEST = 5  # words of a place's name, with what it lies in
SPOKEN = 4  # words between "in" and its place: "in the old town of"
FEW = 4  # words before "from"
SEVERAL = 6  # words before "to" and "of"
ASIDE = 2  # words
OWNERS = frozenset({"my", "our", "his", "her"})
AWAY = frozenset({"trip", "vacation", "holiday", "holidays", "visiting"})
NOWADAYS = frozenset({"now", "currently", "nowadays", "presently"})
PAST = 5  # letters of a word that ends as the past does


class Bearing(IntEnum):
    """What a place is to whoever names it."""

    NOT = 0
    MAYBE = 1  # a place, and no more said of it
    THERE = 2
    NOW = 3  # they have come there


# What words may name, given whether something like "in" stands before them, and whether they may be typed wrong.
WordLook = Callable[[Sequence[Word], bool, bool], Any]


@dataclass(frozen=True)
class _Named:
    start: int
    end: int
    what: Any


class WhereTold:
    """One text, its places, and what each is to its writer."""

    def __init__(self, text: str, telling: Telling, known: WordLook) -> None:
        self._telling, self._known = telling, known
        self._words = telling.clauses(text)
        self._named = list(self._find(slips=False)) or list(self._find(slips=True))
        self._inside = {at for named in self._named for at in range(named.start, named.end)}

    @property
    def foreign(self) -> bool:
        """Tell whether it has none of the words that this language cannot do without."""
        return not any(word in self._telling["english"] for one in self._words for word in one.meant)

    @property
    def held(self) -> bool:
        """Tell whether it names any place at all."""
        return bool(self._named)

    def places(self) -> list[Any]:
        """List what may be where the writer is: where they have come to first, then where they are."""
        found: list[tuple[Bearing, Any]] = []
        before: _Named | None = None
        bearing = Bearing.NOT
        for named in self._named:
            follows = before is not None and self._follows(before, named)
            bearing = bearing if follows and bearing else self._bearing(named)
            found.append((bearing, named.what))
            before = named
        if any(bearing >= Bearing.THERE for bearing, _ in found):
            found = [(bearing, what) for bearing, what in found if bearing >= Bearing.THERE]
        kept = [what for bearing, what in sorted(found, key=lambda entry: -entry[0]) if bearing]
        if not kept and found and self._telling.says("back_there", self._meant(0, len(self._words))):
            last = self._named[-1]
            start, _ = self._clause(last)
            if not self._is_anothers(last) and not self._is_denied(self._meant(start, last.start), ()):
                return [last.what]
        return kept

    def _find(self, *, slips: bool) -> Iterator[_Named]:
        at = 0
        while at < len(self._words):
            found = next(
                filter(None, (self._at(at, length, slips=slips) for length in range(LONGEST, 0, -1))), None
            )
            if found:
                yield found
                at = found.end
            else:
                at += 1

    def _at(self, start: int, length: int, *, slips: bool) -> _Named | None:
        words = self._words[start : start + length]
        if len(words) < length or words[-1].clause - words[0].clause > 1:
            return None
        whole = (
            start > 0 and self._words[start - 1].meant[-1] == "the"
        )  # "the Bay" is not the town of that name
        what = self._known(words, bool(self._led(start)) and not whole, slips)
        return _Named(start, start + length, what) if what else None

    def _meant(self, start: int, end: int) -> list[str]:
        return [word for one in self._words[start:end] for word in one.meant]

    def _around(self, start: int, end: int) -> list[str]:
        """Give the words beside places."""
        return [word for at in range(start, end) if at not in self._inside for word in self._words[at].meant]

    def _clause(self, named: _Named) -> tuple[int, int]:
        """Find where a place's clause begins and ends."""
        start, end = named.start, named.end
        while start > 0 and not self._words[start].first:
            start -= 1
        while end < len(self._words) and not self._words[end].first:
            end += 1
        return start, end

    def _led(self, at: int) -> str:
        """Give the word that leads to a place: "in", "near", and "to", "from", "of" as they come."""
        back = self._meant(max(0, at - SPOKEN - 1), at)
        while back and back[-1] in self._telling["kinds"] and back[-1] != "of":
            if len(back) > 1 and back[-2] in self._telling["at"] | {
                "to",
                "from",
                "of",
                *self._telling["kinds"],
            }:
                back.pop()
            else:
                break
        last = back[-1] if back else ""
        if last == "is" and self._telling.says("nearby", back):
            return last
        return (
            last
            if last in self._telling["at"] | self._telling["naming"] | {"to", "from", "of", "for"}
            else ""
        )

    def _follows(self, one: _Named, other: _Named) -> bool:
        """Tell whether nothing but "and", "or" or a comma stands between two places."""
        between = set(self._meant(one.end, other.start))
        return between <= {"and", "or", "sometimes", "maybe"} and not self._words[other.start].arrow

    def _bearing(self, named: _Named) -> Bearing:
        start, end = self._clause(named)
        before, after = self._around(start, named.start), self._around(named.end, end)
        if self._is_denied(before, after) or self._is_asked(named, start) or self._is_anothers(named):
            return Bearing.NOT
        if self._words[named.start].arrow:
            return Bearing.NOW
        led, clause = self._led(named.start), [*before, *after]
        if self._telling.says("given_up", before) and not self._telling.says("yet", before):
            return Bearing.NOW if led == "for" else Bearing.NOT
        if self._telling.says("wished", before):
            return Bearing.NOT if set(before) & self._telling["acting"] else self._mere(clause)
        if self._is_former(named, before, clause):
            return Bearing.NOT
        return self._by_lead(named, led, before, after)

    def _is_former(self, named: _Named, before: Sequence[str], clause: Sequence[str]) -> bool:
        telling = self._telling
        first = self._words[self._clause(named)[0]]
        opens = first.meant[0] in telling["opening"] and not self._words[named.start].first
        past = opens or telling.says("former", clause)
        return past and not telling.says("still", clause) and not telling.says("moved", before)

    def _by_lead(self, named: _Named, led: str, before: Sequence[str], after: Sequence[str]) -> Bearing:
        """Judge a place by the word that leads to it."""
        clause = [*before, *after]
        match led:
            case "to":
                return self._to(before, after)
            case "from":
                return self._from(before, clause)
            case "of":
                return self._near(before, ("part_of", "far_from"), clause)
            case "":
                return self._unled(named, before, after)
            case _ if led in self._telling["naming"] | {"for", "is"}:
                return Bearing.NOW if led == "is" and "home" in before else self._mere(clause)
        mine = set(before) & self._telling["first"]
        felt = self._is_felt(before[:-1]) or (not mine and self._is_felt(after))
        there = (
            Bearing.MAYBE if set(before) & AWAY else Bearing.THERE
        )  # "on holiday in Cancun, home is Milwaukee"
        return Bearing.NOT if felt else there

    def _to(self, before: Sequence[str], after: Sequence[str]) -> Bearing:
        """Judge "we moved to", "close to", "moving to Austin next month"."""
        if self._telling.says("wished", after):
            return Bearing.NOT
        came = self._telling.says("moved", before)
        return Bearing.NOW if came else self._near(before, ("near_to",), [*before, *after])

    def _unled(self, named: _Named, before: Sequence[str], after: Sequence[str]) -> Bearing:
        """Judge a place that nothing leads to."""
        telling, clause = self._telling, [*before, *after]
        if self._words[self._clause(named)[0]].meant[0] == "so" and self._mere(clause):
            return Bearing.NOW
        if after and (after[0] in telling["verbs"] or self._is_felt(after)):
            return Bearing.NOT
        if before and before[-1] in NOWADAYS:  # "from Manila, now Calgary"
            return Bearing.NOW
        return self._mere(clause, after=bool(after) and after[0] not in telling.around - {"is", "are"})

    def _from(self, before: Sequence[str], clause: Sequence[str]) -> Bearing:
        """Judge "an hour from", "moved from", "greetings from", "I am from"."""
        telling = self._telling
        whole = self._meant(0, len(self._words))
        if telling.says("far_from", before[-FEW:]):
            return Bearing.THERE
        if telling.says("moved", whole) and not {"come", "back"} & set(before) - {"came"}:
            return Bearing.NOT
        sent = not before or telling.says("sent", before) or bool({"i", "we"} & set(before))
        return Bearing.MAYBE if sent and not self._is_felt(before) else self._mere(clause)

    def _near(self, before: Sequence[str], names: Sequence[str], clause: Sequence[str]) -> Bearing:
        said = any(self._telling.says(name, before[-SEVERAL:]) for name in names)
        return Bearing.THERE if said and not self._is_felt(before) else self._mere(clause)

    def _mere(self, clause: Sequence[str], *, after: bool = True) -> Bearing:
        """Judge a place beside nothing but what people say of where they are, or one word more before it."""
        telling = self._telling
        known = telling.around | telling["first"] | ({"you"} if telling.says("asks_for", clause) else set())
        strange = [word for word in clause if word not in known and not word.isdecimal()]
        bare = len(strange) == 1 and not after
        if strange and (not bare or self._is_felt(clause) or telling.says("former", clause)):
            return Bearing.NOT
        wished = [word for word in clause if word not in {"will", "would", "could", "should"}]
        return Bearing.NOT if telling.says("wished", wished) else Bearing.MAYBE

    def _is_denied(self, before: Sequence[str], after: Sequence[str]) -> bool:
        telling = self._telling
        if telling.says("no_after", after):
            return True
        return telling.says("no", before) and not telling.says("yet", before)

    def _is_asked(self, named: _Named, start: int) -> bool:
        words = self._words
        if not words[named.start].asked:
            return False
        return self._words[start].meant[0] in self._telling["asks"] and not self._telling.says(
            "asks_for", self._meant(start, named.start)
        )

    def _is_anothers(self, named: _Named) -> bool:
        """Tell whether the clause says it of somebody else, and not of the writer too."""
        telling = self._telling
        start, end = self._clause(named)
        aside = set(self._aside(named))
        if aside & telling["first"]:
            return False
        if aside & (telling["others"] | {"my", "our"}) and not aside & {"is", "are", "live", "lives"}:
            return True
        if telling.says("too", self._meant(0, len(self._words))):
            return False
        before = self._meant(start, named.start)
        acting = [at for at, word in enumerate(before) if word in telling["acting"]]
        if before and before[0] in telling["people"] and not set(before) & (telling["first"] | {"from"}):
            return True  # "husband in Riyadh, me in Lahore"
        every = telling["first"] | telling["others"]
        if telling.says("sent", before):
            every -= {"you"}  # "texting you from Skopje"
        persons = acting or [at for at, word in enumerate(before) if word in every]
        if persons:
            return not self._is_mine(before, persons[-1]) and not telling.says("asks_for", before)
        return not set(self._meant(start, end)) & telling["first"] and self._is_of_people(before)

    def _is_mine(self, before: Sequence[str], last: int) -> bool:
        first = self._telling["first"]
        joined = last > 0 and before[last - 1] in {"and", "or", "with", "plus"}
        return before[last] in first or (joined and bool(set(before) & first))

    def _is_of_people(self, before: Sequence[str]) -> bool:
        """Tell whether "my mother", "our old friends" stand there."""
        telling = self._telling
        return any(
            owner in OWNERS
            and bool({one, two} & telling["people"])
            and not (owner == "our" and one in telling["ours"])
            and leads not in {"with", "at"}  # "staying with my parents in Pune"
            for leads, owner, one, two in zip(
                ["", *before], before, before[1:], [*before[2:], ""], strict=False
            )
        )

    def _aside(self, named: _Named) -> list[str]:
        """Give the word or two that follow a place by themselves: "Paris (him)"."""
        following = self._words[named.end - 1].clause + 1
        at = [number for number, word in enumerate(self._words) if word.clause == following]
        if len(at) > ASIDE or any(number in self._inside for number in at):
            return []
        return [word for number in at for word in self._words[number].meant]

    def _is_felt(self, before: Sequence[str]) -> bool:
        telling = self._telling
        if telling.says("still", before):
            return False
        if telling.says("felt", before):
            return True
        past = (w for w in before if w.endswith("ed") and len(w) >= PAST and w not in telling["stays"])
        return (telling.says("did", before) or any(past)) and not telling.says("unless", before)
