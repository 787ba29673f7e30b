"""Write `bot/sandbox/found/domains.txt` anew: the top-level domains that this TDLib knows.

Nothing tells them, so every short text in its library is asked for: which of them ends a link?
"""

import re
import textwrap
from pathlib import Path

import judge
import tdjson

TARGET = Path(__file__).parents[2] / "bot" / "sandbox" / "found" / "domains.txt"
_LONGEST = 40
_TEXT = re.compile(rb"[\x61-\x7a\x80-\xf4]{2,200}(?=\x00)")
_DOMAIN = re.compile(r"[^\W\d_][\w\u0300-\u0dff]+")


def candidates() -> set[str]:
    """Return every text in the library and every ending of one: texts that end alike are kept as one."""
    (library,) = Path(tdjson.__file__).parent.with_name("tdjson.libs").glob("libtdjson*")
    found = set()
    for match in _TEXT.finditer(library.read_bytes()):
        text = match.group().decode("utf-8", "ignore")[-_LONGEST:]
        found |= {text[start:] for start in range(len(text) - 1)}
    return {text for text in found if _DOMAIN.fullmatch(text)}


def ends_a_link(domain: str) -> bool:
    """Return whether a host may end so."""
    text = f"xx.{domain}"
    return any(e["type"] == "url" and e["length"] == len(text) for e in judge.found(text))


def main() -> None:
    """Ask for all, and write those that are."""
    known = sorted(filter(ends_a_link, candidates()), key=lambda domain: (not domain.isascii(), domain))
    TARGET.write_text(textwrap.fill(" ".join(known), 110) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
