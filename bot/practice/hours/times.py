"""One time of day in a row of tokens: its hour, what moves it, and the half of the day where it is named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.practice.hours.tokens import Token
from bot.practice.hours.vocabulary import DAY, TokenKind, Vocabulary

NOON = 12 * 60
HOURS = 24
MINUTES = 60
TENS = (20, 30, 40, 50)
LEAST_AFTER_HOUR = 10  # minutes that follow an hour are of two digits: "seven thirty", "7 05"
COMPACT = (3, 4)  # digits of an hour and minutes in one


@dataclass(frozen=True)
class Moment:
    """What was written for one time: every (hour's minute, minute meant) that it may be.

    `strict`: only the first unless a half or a part of the day says otherwise. `to_24`: written as only whoever
    counts the hours to 24 writes them.
    """

    readings: tuple[tuple[int, int], ...]
    strict: bool
    to_24: bool = False

    def minutes(self) -> tuple[int, ...]:
        """List the minutes of the day that may be meant, the earliest first."""
        kept = self.readings[:1] if self.strict else self.readings
        return tuple(sorted({meant for _, meant in kept}))

    def within(self, holds: Callable[[int], bool]) -> "Moment | None":
        """Keep what lies in a part of the day; None where nothing does."""
        kept = tuple(reading for reading in self.readings if any(map(holds, reading)))
        return Moment(kept, strict=False) if kept else None


def moment_at(
    row: Sequence[Token], at: int, words: Vocabulary, *, moving: bool = True
) -> tuple[int, Moment | None]:
    """Read a time that begins at a token: where it ends, and the time; None where none begins there.

    Without `moving`, what stands between minutes and an hour ("ten to seven") makes no time.
    """
    return _Reader(row, words, moving=moving).moment(at)


class _Reader:
    """Reads the one row of tokens."""

    def __init__(self, row: Sequence[Token], words: Vocabulary, *, moving: bool) -> None:
        self._row, self._words, self._moving = row, words, moving

    def moment(self, at: int) -> tuple[int, Moment | None]:
        end, found = self._moved(at)
        return self._ended(end, found) if found else (at, None)

    def _match(self, at: int, kind: TokenKind) -> tuple[int, int]:
        return self._words.match([token.word for token in self._row[at : at + self._words.longest]], kind)

    def _moved(self, at: int) -> tuple[int, Moment | None]:
        """Read an hour, or what moves it and the hour: "half past 7", "ten to eight", "fünf vor halb neun"."""
        length, shift = self._match(at, TokenKind.BEFORE_HOUR)
        if length:
            end, found = self._moved(at + length)
            if found and _is_an_hour(found):
                return end, _shifted(found, shift)
        end, minutes = self._number(at)
        if self._moving and minutes is not None and 0 < minutes < MINUTES:
            end += self._match(end, TokenKind.UNIT)[0]
            length, sign = self._match(end, TokenKind.BETWEEN)
            if length and not (end < len(self._row) and self._row[end].joined):
                end, found = self._moved(end + length)
                if found:
                    return end, _shifted(found, sign * minutes)
        return self._hour(at)

    def _number(self, at: int) -> tuple[int, int | None]:
        """Read a number in digits or words: 7, "twenty-one", "oh five"."""
        if at >= len(self._row):
            return at, None
        token = self._row[at]
        if token.hour is not None and token.minute is None and len(token.digits) < min(COMPACT):
            return at + 1, token.hour
        length, value = self._match(at, TokenKind.NUMBER)
        if not length:
            return at, None
        end = at + length
        following, unit = self._match(end, TokenKind.NUMBER)
        if following and (value in TENS or value == 0) and 0 < unit < LEAST_AFTER_HOUR:
            return end + following, value + unit
        return end, value

    def _hour(self, at: int) -> tuple[int, Moment | None]:
        if at >= len(self._row):
            return at, None
        length, minute = self._match(at, TokenKind.FIXED)
        if length:
            return at + length, Moment(((minute, minute),), strict=True)
        token = self._row[at]
        if token.minute is not None:
            return at + 1, self._written(token.hour or 0, token.minute, token.digits)
        if len(token.digits) in COMPACT:
            hour, minute = divmod(int(token.digits), 100)
            return at + 1, self._written(hour, minute, token.digits[:-2])
        return self._counted(at)

    def _counted(self, at: int) -> tuple[int, Moment | None]:
        """Read an hour by its number, and what follows it: "eight thirty", "8 Uhr 30", "huit heures et demie"."""
        end, number = self._number(at)
        if number is None:
            return at, None
        digits = self._row[at].digits
        clock = self._match(end, TokenKind.OCLOCK)[0]
        after, minutes = self._minutes(end + clock, digits=bool(digits))
        if minutes is not None:
            return after, self._written(number, minutes, digits)
        length, shift = self._match(end, TokenKind.AFTER_HOUR)
        named = clock or length or self._match(end, TokenKind.MILITARY)[0]
        if number == 0 and not (digits or named):  # "oh" is said before much else
            return end, None
        found = self._written(number, 0, digits)
        return end + length, _shifted(found, shift) if found and length else found

    def _minutes(self, at: int, *, digits: bool) -> tuple[int, int | None]:
        """Read minutes that follow an hour: "thirty", "oh five", "05"; with a word between, any ("y diez")."""
        length, sign = self._match(at, TokenKind.HOUR_THEN)
        start = at + length
        end, number = self._number(start)
        if number is None or not 0 < number < MINUTES:
            return at, None
        if length:
            return end, sign * number
        token = self._row[start]
        if digits != bool(token.digits) or (digits and token.joined):
            return at, None
        nought = token.digits.startswith("0") or self._match(start, TokenKind.NUMBER) == (1, 0)
        return (end, number) if number >= LEAST_AFTER_HOUR or nought else (at, None)

    def _written(self, hour: int, minute: int, digits: str) -> Moment | None:
        if hour > HOURS or minute >= MINUTES or (hour == HOURS and minute > 0):
            return None
        if not 0 < hour <= HOURS // 2:
            at = hour % HOURS * 60
            return Moment(((at, (at + minute) % DAY),), strict=True, to_24=True)
        morning = hour % 12 * 60
        bases = (morning, morning + NOON) if hour < HOURS // 2 else (NOON, 0)
        strict = digits.startswith("0") or not self._words.halves
        return Moment(tuple((base, (base + minute) % DAY) for base in bases), strict, to_24=strict)

    def _ended(self, at: int, found: Moment) -> tuple[int, Moment | None]:
        """Read what may follow a time: o'clock, am or pm, "noon" after a twelve."""
        while at < len(self._row):
            length = self._match(at, TokenKind.OCLOCK)[0] or self._match(at, TokenKind.ABOUT)[0]
            last = self._row[at - 1]
            if not length and (last.minute is not None or len(last.digits) in COMPACT):
                length = self._match(at, TokenKind.MILITARY)[0]
            if length:
                at += length
                continue
            if self._row[at].joined:
                break
            skipped = at
            while (
                skipped < len(self._row) and (more := self._match(skipped, TokenKind.FILLER)[0]) and more == 1
            ):
                skipped += 1
            length, half = self._match(skipped, TokenKind.HALF)
            if not length:
                skipped = at
                length, minute = self._match(at, TokenKind.FIXED)
                kept = found.within(lambda meant, minute=minute: meant == minute) if length else None  # type: ignore[misc]  # mypy can't infer it
            else:
                kept = found.within(lambda meant, half=half: meant // NOON == half)  # type: ignore[misc]  # mypy can't infer it
            if kept is None:
                return (skipped + length, None) if length and self._row[skipped].word else (at, found)
            at, found = skipped + length, kept
        return at, found


def _is_an_hour(found: Moment) -> bool:
    return all(meant % MINUTES in {0, 30} for _, meant in found.readings)


def _shifted(found: Moment, minutes: int) -> Moment:
    return Moment(
        tuple((base, (meant + minutes) % DAY) for base, meant in found.readings), found.strict, found.to_24
    )
