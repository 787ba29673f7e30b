"""Numbers of bank cards. No bot is told of them, but they cut what they stand in, as any finding does."""

import regex

_DIGITS = regex.compile(r"[0-9 -]+")
_SIXTEEN = regex.compile(r"[0-9]{16,19}+(?= )")
_NOT_AFTER = regex.compile(r"[.,+\-_\p{L}]")
_NOT_BEFORE = regex.compile(r"[\-_\p{L}]")
_FIRST = regex.compile("[0-9]")
_FEWEST, _MOST = 13, 19
# How a known issuer's numbers begin, and how long they are.
_ISSUERS = (
    (regex.compile("4"), (13, 16, 18, 19)),
    (regex.compile("5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    (regex.compile("34|37"), (15,)),
    (regex.compile("62|81"), (16, 17, 18, 19)),
    (regex.compile("220[0-4]"), (16,)),
)


def cards(text: str) -> list[tuple[int, int]]:
    """Return where a card's number stands."""
    places = []
    at = 0
    while (found := _run(text, at)) is not None:
        start, at = found
        if start and _NOT_AFTER.match(text, start - 1):
            continue
        whole = _SIXTEEN.match(text, start)
        if whole:
            at = whole.end()
        end = start + len(text[start:at].rstrip(" -"))
        digits = "".join(filter(str.isdigit, text[start:at]))
        dense = _FEWEST <= len(digits) <= _MOST and end - start < 2 * len(digits)
        if dense and not _NOT_BEFORE.match(text, end) and _is_card(digits):
            places.append((start, end))
    return places


def _run(text: str, at: int) -> tuple[int, int] | None:
    """Return the next run of digits with blanks and hyphens among them; it begins with a digit."""
    digit = _FIRST.search(text, at)
    if digit is None:
        return None
    found = _DIGITS.match(text, digit.start())
    return digit.start(), found.end() if found else digit.end()


def _is_card(digits: str) -> bool:
    """Return whether the check digit is right, and the length where the issuer's is known."""
    doubled = [int(d) * (1 + n % 2) for n, d in enumerate(reversed(digits))]
    if sum(number % 10 + number // 10 for number in doubled) % 10:
        return False
    return all(len(digits) in lengths for starts, lengths in _ISSUERS if starts.match(digits))
