"""Which values each template may use: what `facts` gathers for its kind. `check` holds templates to it."""

from collections.abc import Mapping

from bot.messages import MessageKind
from bot.practice.refusals import Reason

K = MessageKind

ALWAYS = frozenset({"other", "me", "operator"})
PROMPT = frozenset({"label", "text", "hint", "first", "two_sided", "arc", "in_arc"})
NEXT = frozenset({"next_time", "next_ahead", "next_weekday"})
OWN = frozenset({"pieces", "apart"})
WORDS = frozenset({"words", "first", "last", "cover", "kind"})
RHYTHM = NEXT | {"own", "zone_known", "hour", "days"}
SETTINGS = RHYTHM | {
    "together", "zone", "quiet_start", "quiet_end", "reminders", "depth", "protect", "cover",
    "plain",
}  # fmt: skip

BEYOND: Mapping[MessageKind, frozenset[str]] = {
    K.INVITE: frozenset({"link"}),
    K.CONFIRM_JOINER: frozenset({"username"}),
    K.PROMPT: PROMPT | {"teach"},
    K.WAYS: frozenset({"ways"}),
    K.REMINDER: PROMPT,
    K.DRAFT: OWN,
    K.DRAFT_PART: frozenset({"words"}),
    K.SEALED: OWN | {"open"},
    K.REVEAL_FRAME: frozenset({"frame", "listened"}),
    K.REVEAL_WORDS: WORDS,
    K.REVEAL_MEDIA: WORDS,
    K.STARTER: frozenset({"opening"}),
    K.RESPONSE_DRAFT: OWN,
    K.CLARIFICATION_DRAFT: OWN,
    K.RESPONSE_SENT: OWN,
    K.CLARIFICATION_SENT: OWN,
    K.RESPONSE_WORDS: WORDS,
    K.RESPONSE_MEDIA: WORDS,
    K.CLARIFICATION_WORDS: WORDS,
    K.CLARIFICATION_MEDIA: WORDS,
    K.SECOND_RESPONSE_WORDS: WORDS,
    K.SECOND_RESPONSE_MEDIA: WORDS,
    K.CLOSING: frozenset({"closing"}),
    K.TODAY: PROMPT | NEXT | {"standing"},
    K.PLAIN: PROMPT | NEXT | {"standing"},
    K.JOURNAL: frozenset({"entries", "found", "page"}),
    K.JOURNAL_ENTRY: frozenset({"day", "label", "text"}),
    K.JOURNAL_WORDS: WORDS | {"mine", "slot"},
    K.JOURNAL_MEDIA: WORDS | {"mine", "slot"},
    K.JOURNAL_END: frozenset({"talked", "mine"}),
    K.RHYTHM_SET: RHYTHM,
    K.SETTINGS: SETTINGS,
    K.SETTINGS_HOUR: SETTINGS,
    K.SETTINGS_DAYS: SETTINGS,
    K.SETTINGS_QUIET: SETTINGS,
    K.SETTINGS_DEPTH: SETTINGS,
    K.ZONE_SET: frozenset({"zone", "clock"}),
    K.CANCELLED: frozenset({"what"}),
}

WORDLESS = frozenset({K.CALLBACK, K.BUTTONS_OFF, K.REFUSAL})


def expected() -> dict[str, frozenset[str]]:
    """Name every template that must be there, with the values that it may use."""
    found = {kind.value: ALWAYS | BEYOND.get(kind, frozenset()) for kind in K if kind not in WORDLESS}
    return found | {f"refusal_{reason.value}": ALWAYS for reason in Reason}
