"""An hour as it was typed: a minute of the day, a question about it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bot.practice.hours.mending import mended
from bot.practice.hours.scan import Scan, Segment, scan
from bot.practice.hours.times import Moment
from bot.practice.hours.tokens import MARK, Token, tokens
from bot.practice.hours.vocabulary import TokenKind, Vocabulary

MOST = 4  # minutes that are offered at a time
FEW = 2  # words that are not understood beside a part of the day
ENDS = 2
FIVE = 5  # minutes
NOON = 12  # hours
STRANGE = 4  # words that are not understood; with more, this is no answer


class Unclarity(Enum):
    """Why an hour is asked back."""

    HALF = "half"  # either half of the day
    LOOSE = "loose"  # "after ten"
    PART = "part"  # a part of the day, no hour
    SEVERAL = "several"
    WORDS = "words"  # with words that were not understood


@dataclass(frozen=True)
class Hour:
    """A minute of the day that is plain."""

    minute: int


@dataclass(frozen=True)
class AskBack:
    """Minutes of the day that may be meant: one to four, the likeliest first."""

    minutes: tuple[int, ...]
    why: Unclarity


def read(text: str, words: Vocabulary) -> Hour | AskBack | None:
    """Read one time of day; None where the text names none, or is about something else."""
    row = tokens(text)
    found = scan(row, words)
    outcome = _read(row, found, words)
    if outcome is None or found.unknown:
        again = mended(row, words)
        if again != row:
            meant = _read(again, scan(again, words), words)
            outcome = _ask((meant.minute,), Unclarity.WORDS) if isinstance(meant, Hour) else meant or outcome
    return outcome


def understood(text: str, words: Vocabulary) -> bool:
    """Tell whether every word of a text bears on a time, so that nothing else is said in it."""
    return not scan(tokens(text), words).unknown


def _read(row: Sequence[Token], found: Scan, words: Vocabulary) -> Hour | AskBack | None:
    if found.unknown > STRANGE:
        return None
    times = [segment for segment in found.times if segment.moment]
    if not times:
        return _of_part(found)
    kept = [_narrowed(segment, found) for segment in times]
    if any(moment is None for moment in kept):
        minutes = {minute for segment in times if segment.moment for minute in segment.moment.minutes()}
        return _ask(sorted(minutes), Unclarity.WORDS)
    readings = [moment.minutes() for moment in kept if moment is not None]
    return _as_span(row, found, words) or _judged(readings, found)


def _as_span(row: Sequence[Token], found: Scan, words: Vocabulary) -> AskBack | None:
    """Ask where "8 to 9" may be from one hour to another: minutes to an hour are fives, and rarely so near."""
    if all(words.match([token.word], TokenKind.BETWEEN) != (1, -1) for token in row):
        return None
    apart = scan(row, words, moving=False)
    if len(found.times) != 1 or len(apart.times) != ENDS or apart.unknown > found.unknown:
        return None
    first, last = (moment.readings[0][0] // 60 for segment in apart.times if (moment := segment.moment))
    digits = all(token.hour is not None for token in row if token.word == MARK) and row[0].digits
    near = bool(digits) and (last - first) % NOON == 1
    if first > NOON or (first % FIVE == 0 and not near):
        return None
    kept = [_narrowed(segment, apart) for segment in apart.times]
    ends = [minute for moment in kept if moment for minute in moment.minutes()]
    whole = [moment for segment in found.times if (moment := _narrowed(segment, found))]
    meant = [minute for moment in whole for minute in moment.minutes()]
    return _ask(list(dict.fromkeys((*ends, *meant))), Unclarity.SEVERAL)


def chosen(text: str, words: Vocabulary, offered: Sequence[int]) -> Hour | None:
    """Tell which of a few minutes of the day is named by a part of it alone; None for none, or for several."""
    found = scan(tokens(text), words)
    if found.times or not (found.parts or found.unknown):
        return None
    clocks = dict.fromkeys(f"{minute // 60 % NOON or NOON}:{minute % 60:02}" for minute in offered)
    meant = {read(f"{clock} {text}", words) for clock in clocks}
    left = [one for one in meant if isinstance(one, Hour) and one.minute in offered]
    return left[0] if len(left) == 1 else None


def _judged(readings: Sequence[tuple[int, ...]], found: Scan) -> Hour | AskBack:
    common = set(readings[0]).intersection(*readings[1:])
    each = sorted(common) if common else list(dict.fromkeys(minute for times in readings for minute in times))
    if found.unknown:
        return _ask(each, Unclarity.WORDS)
    if not common:
        return _ask(each, Unclarity.SEVERAL)
    said = [segment.moment.minutes() for segment in found.times if segment.moment]
    if any(segment.joined for segment in found.times) and max(map(len, said)) > 1:
        # "9:00 / 21:00" is two, and not one said twice
        return _ask(list(dict.fromkeys(minute for minutes in said for minute in minutes)), Unclarity.SEVERAL)
    if any(segment.soft for segment in found.segments):
        return _ask(each, Unclarity.LOOSE)
    return Hour(each[0]) if len(each) == 1 else _ask(each, Unclarity.HALF)


def _ask(minutes: Sequence[int], why: Unclarity) -> AskBack:
    return AskBack(tuple(minutes[:MOST]), why)


def _of_part(found: Scan) -> AskBack | None:
    if not found.parts or found.unknown > FEW:
        return None
    offers = [minute for minute in found.parts[0].offer if all(part.holds(minute) for part in found.parts)]
    return _ask(offers or found.parts[-1].offer, Unclarity.PART)


def _narrowed(segment: Segment, found: Scan) -> Moment | None:
    """Keep the readings that every part of the day that was named holds; one named later serves all."""
    moment = segment.moment
    for part in found.parts:
        moment = moment and moment.within(part.holds)
    if moment and len(found.times) > 1:
        moment = _as_the_last(moment, found)
    return moment


def _as_the_last(moment: Moment, found: Scan) -> Moment:
    """Let a half of the day that only the last of several times names serve the others: "8 or 9 pm"."""
    last = found.times[-1].moment
    if last is None or len(last.minutes()) != 1 or len(moment.minutes()) == 1:
        return moment
    half = last.minutes()[0] // (12 * 60)
    return moment.within(lambda minute: minute // (12 * 60) == half) or moment
