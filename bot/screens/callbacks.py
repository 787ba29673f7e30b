"""What a button carries: a verb and a few ids, in at most 64 bytes.

Buttons can be forged and outlive what they were for, so nothing here is trusted: an id only says what is
asked for, and the action decides whether the asker may.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.practice.refusals import Reason, Refusal

LONGEST = 64  # bytes, Telegram's
BIGGEST = 2**63  # what a database integer holds
_ARGUMENT = re.compile(r"[A-Za-z0-9_/+-]*")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Verb(StrEnum):
    """What a button asks for."""

    CONSENT = "in"
    NOT_NOW = "no"
    JOIN = "join"
    CONFIRM = "yes"
    DECLINE = "burn"
    WITHDRAW = "wd"
    SEAL = "seal"
    START_OVER = "over"
    START_OVER_SURELY = "oversure"
    TAKE_OUT = "out"
    TAKE_OUT_PART = "out1"
    NOT_TODAY = "nt"
    ANOTHER_CARD = "ac"
    CHOOSE = "ch"
    TAKE_BACK = "tb"
    CLEAR_MINE = "clear"
    SHOW_MINE = "mine"
    HIDE_MINE = "hide"
    KEEP_TO_ONESELF = "kto"
    EARLIER = "late"
    EARLIER_CARD = "lc"
    WRITE_FOR = "wf"
    NEAR = "near"
    STARTER = "st"
    OWN_WORDS = "own"
    SEND = "send"
    REWRITE = "rw"
    HEARD = "hear"
    LEAVE_THERE = "lt"
    HIGHLIGHT_ASK = "hla"
    HIGHLIGHT_PICK = "hlp"
    HIGHLIGHT = "hl"
    HIGHLIGHTS = "hls"
    HIGHLIGHT_TELL = "hlt"
    HIGHLIGHT_OUT = "hlo"
    HIGHLIGHT_WHICH = "hlw"
    CAPSULE_DAY = "cpd"
    CAPSULE_OTHER_DAY = "cpo"
    CAPSULE_SEAL = "cps"
    CAPSULE_BACK = "cpb"
    CAPSULE_OUT = "cpx"
    CAPSULE_SHOW = "cpw"
    WEEK = "wk"
    WEEK_DAY = "wkd"
    TOGETHER = "tm"
    TOGETHER_YES = "tmy"
    TOGETHER_NOT = "tmn"
    SHOW_AGAIN = "sa"
    TALK_CALM = "tc"
    TALK_WHERE = "tw"
    TALK_YES = "ty"
    TALK_NO = "tn"
    TALK_LATER = "tl"
    TALK_UNTIL = "tu"
    TALK_BEGIN = "t0"
    TALK_PAUSE = "tp"
    TALK_STOP = "tx"
    TALK_GO_ON = "tg"
    TALK_KEEP = "tk"
    TALK_SEND = "ts"
    TALK_REWRITE = "tr"
    TALK_ANSWER = "ta"
    TALK_CARD_BACK = "tz"
    TALK_LIST = "tj"
    TALK_READ = "te"
    TALK_DELETE = "td"
    HOUR = "hour"
    OTHER_HOUR = "oh"
    CITY = "city"
    ZONE = "zone"
    SETTINGS = "set"
    SCREEN = "scr"
    DAY = "day"
    QUIET = "qt"
    OTHER_QUIET = "oq"
    DEPTH = "dep"
    SWITCH = "sw"
    KEEPABLE = "kp"
    BUSY = "bsy"
    LANGUAGE = "lang"
    PULSE = "pu"
    PULSE_AGAIN = "pua"
    PULSE_SWITCH = "pus"
    PULSE_DAY = "pud"
    PULSE_HOUR = "puh"
    PULSE_AT = "put"
    GROWTH = "gr"
    BOTH = "gb"
    BOTH_YES = "gby"
    BOTH_NOT = "gbn"
    CARD_COME = "cc"
    CARD_BACK = "cb"
    TAP = "tap"
    THEME = "th"
    WISH_PAGE = "wp"
    WISH = "wi"
    WISH_TOO = "wt"
    WISH_NOT = "wn"
    NAME = "name"
    DEEPER = "deep"
    SLOWER = "slow"
    REST = "rest"
    KEEP = "keep"
    LEAVE_ARC = "arc"
    PLACE = "pl"
    NOWHERE = "nw"
    ONE_BY_ONE = "obo"
    TAKE_UP = "up"
    NOT_FOR_YOU = "nfy"
    NEVER_MIND = "nm"
    SOLO = "solo"
    SOLO_AGAIN = "again"
    SOLO_ENOUGH = "enough"
    FRIEND = "fr"
    FRIEND_BEGIN = "frb"
    FRIEND_ON = "fro"
    FRIEND_KEEP = "frk"
    FRIEND_LET_GO = "frl"
    FRIEND_SHOW = "frs"
    FRIEND_DELETE_ASK = "frd"
    FRIEND_DELETE = "frdd"
    JOURNAL = "j"
    JOURNAL_SEARCH = "js"
    ENTRY = "je"
    TALKED = "jt"
    DELETE_ASK = "jd"
    DELETE = "jdd"
    HEAVY = "jh"
    NOT_AGAIN = "na"
    PAGE_CHOICE = "pg"
    PAGE_MARK = "pgm"
    PAGE_YES = "pgy"
    PAGE_MAKE = "pgo"
    PAGE_CLEAR = "pgc"
    HELP = "sos"
    COUNTRY = "land"
    SAFE = "safe"
    WORRIES = "wor"
    LEAVE = "bye"
    STAY = "stay"
    FORGET = "fgt"


@dataclass(frozen=True)
class Press:
    """A pressed button, decoded."""

    verb: Verb
    arguments: tuple[str, ...] = ()

    def text(self, place: int) -> str:
        """Return an argument. Raises Refusal NOT_YOURS where the button has none there."""
        if place >= len(self.arguments):
            raise Refusal(Reason.NOT_YOURS)
        return self.arguments[place]

    def number(self, place: int) -> int:
        """Return an argument as a number. Raises Refusal NOT_YOURS where it is none that an id could be."""
        try:
            number = int(self.text(place), 36)
        except ValueError:
            raise Refusal(Reason.NOT_YOURS) from None
        if not 0 <= number < BIGGEST:
            raise Refusal(Reason.NOT_YOURS)
        return number


def encode(verb: Verb, *arguments: int | str) -> str:
    """Write what a button carries. Raises ValueError where it would not fit or could not be read back."""
    parts = [_base36(a) if isinstance(a, int) else a for a in arguments]
    if not all(_ARGUMENT.fullmatch(part) for part in parts):
        raise ValueError(f"an argument of {verb} cannot stand in a button")
    data = ":".join((verb.value, *parts))
    if len(data.encode()) > LONGEST:
        raise ValueError(f"a button for {verb} is too long")
    return data


def decode(data: str) -> Press | None:
    """Read what a button carries; None for what we never wrote."""
    verb, *arguments = data.split(":")
    if len(data) > LONGEST or verb not in set(Verb) or not all(_ARGUMENT.fullmatch(a) for a in arguments):
        return None
    return Press(Verb(verb), tuple(arguments))


def asks_for(data: str, verb: Verb, *about: int | str) -> bool:
    """Return whether a button asks for this, and is about all of these."""
    press = decode(data)
    wanted = {_base36(a) if isinstance(a, int) else a for a in about}
    return press is not None and press.verb is verb and wanted <= set(press.arguments)


def _base36(number: int) -> str:
    if not 0 <= number < BIGGEST:
        raise ValueError("an id is out of range")
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
