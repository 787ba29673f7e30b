"""Make what people typed safe to stand among our sentences, without changing what can be seen."""

from __future__ import annotations

import re

# Control characters but tab and line feed, and lone surrogates, which no UTF-8 can carry.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# Marks that turn, isolate or hide what follows them. The joiners U+200C and U+200D stay: Persian, Hindi and
# many emoji are spelled with them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)


def without_controls(text: str) -> str:
    """Leave out the control characters that Telegram would drop or refuse; keep tabs and line breaks."""
    return _CONTROLS.sub("", text)


def clean_name(name: str) -> str:
    """Make a name one plain line that can't reorder or break the sentence it stands in.

    May be empty when nothing visible was typed: the caller then asks for another name.
    """
    visible = _INVISIBLE.sub("", _CONTROLS.sub(" ", name))
    return " ".join(visible.split()).strip("\u200c\u200d ")
