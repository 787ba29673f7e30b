"""Make what people typed safe to stand among our sentences, without changing what can be seen.

Names stand as text, and so do commands among words: a thumb that lands on a partner's "/pause" must not act.
"""

from __future__ import annotations

import re
import unicodedata

# Control characters but tab and line feed, and lone surrogates, which no UTF-8 can carry.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# Marks that turn, isolate or hide what follows them, and letters that show nothing. The joiners U+200C and U+200D
# stay: Persian, Hindi and many emoji are spelled with them. So do the variants of emoji and of Mongolian letters,
# and, behind a black flag, the tags that make it Scotland's or Wales'.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
    "|(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]+"
)
# What shows nothing by itself: joiners, and the choice between variants of a sign that isn't there.
_ONLY_HELPS = re.compile("[\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff\\s]*")

# What Telegram looks at before it makes a link, mention, command, tag or number of what stands there; and the word
# joiner, which shows nothing and which none of these may hold.
_TAPPABLE = re.compile(r"[@/#$:]|\.(?=\S)")
_DIGIT = re.compile(r"\d(?=.)")
_FEW_DIGITS = 5
JOINER = "\u2060"

# Where Telegram makes a command of what follows a slash: not behind a letter, a digit, a slash or a bracket.
_COMMAND = re.compile(r"(?<![\w/<>])/(?=[A-Za-z0-9_])")
_ADDRESS = re.compile(  # a whole one, whose slashes are its own: phones share them so
    r"[(\[{\"']*https?://(?:[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?\.)+[a-z]{2,24}"
    r"[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*",
    re.IGNORECASE | re.ASCII,
)
_MOST_JOINED = 400  # in one message, which holds 596 signs more than the words that are put in it
_LOOKS_ALIKE = "\u2215"  # for those beyond: a slash that means a division


def without_controls(text: str) -> str:
    """Leave out the control characters that Telegram would drop or refuse; keep tabs and line breaks."""
    return _CONTROLS.sub("", text)


def clean_name(name: str) -> str:
    """Make a name one plain line that can't reorder or break the sentence it stands in.

    Letters are put together: Telegram drops some marks that stand alone. May be empty when nothing visible was
    typed: the caller then asks for another name.
    """
    visible = _INVISIBLE.sub("", _CONTROLS.sub(" ", name))
    cleaned = unicodedata.normalize("NFC", " ".join(visible.split()).strip("\u200c\u200d "))
    return "" if _ONLY_HELPS.fullmatch(cleaned) else cleaned


def as_plain_text(name: str) -> str:
    """Make a name stand as text in our own sentences: nothing in it becomes a link or a command to be tapped."""
    name = _TAPPABLE.sub(lambda sign: sign.group() + JOINER, name)
    if sum(sign.isdigit() for sign in name) >= _FEW_DIGITS:
        name = _DIGIT.sub(lambda digit: digit.group() + JOINER, name)
    return name


def as_words(text: str) -> str:
    """Make no command of what stands in somebody's words: nobody may send one by a tap on a quotation."""
    if "/" not in text:
        return text
    text = without_controls(text)  # which are dropped on the way, and may not hide a command until then
    found: list[str] = []
    last = joined = 0
    for slash in _COMMAND.finditer(text):
        begin = max(text.rfind(blank, 0, slash.start()) for blank in " \n\t") + 1
        if _ADDRESS.fullmatch(text, begin, slash.start() + 1):
            continue
        joined += 1
        found += (text[last : slash.start()], f"/{JOINER}" if joined <= _MOST_JOINED else _LOOKS_ALIKE)
        last = slash.end()
    return "".join((*found, text[last:]))
