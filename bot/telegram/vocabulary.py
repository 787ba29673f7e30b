"""Which values each template may use: what `facts` gathers for its kind. `check` holds templates to it."""

from collections.abc import Mapping

from bot.messages import MessageKind
from bot.practice.refusals import Reason

K = MessageKind

ALWAYS = frozenset({"other", "me", "operator"})
PROMPT = frozenset({"label", "text", "hint", "first", "arc", "in_arc"})
NEXT = frozenset({"next_time", "next_ahead", "next_weekday"})
OWN = frozenset({"pieces", "apart"})
WORDS = frozenset({"words", "first", "cover", "kind"})
THEIRS = WORDS | {"last", "current"}
RHYTHM = NEXT | {"own", "zone_known", "hour", "days"}
STANDING = NEXT | {"standing", "gone", "label", "text", "hint"}
SETTINGS = frozenset(
    {
        "together",
        "hour",
        "days",
        "zone",
        "quiet_start",
        "quiet_end",
        "reminders",
        "depth",
        "protect",
        "cover",
        "plain",
        "coach",
    }
)

NUMBERED = {"day": range(7), "weekday": range(7), "month": range(1, 13), "depth": range(1, 4)}

SOLO = frozenset({"text", "reply", "suggestion", "answers"})

BEYOND: Mapping[MessageKind, frozenset[str]] = {
    K.INVITE: frozenset({"link"}),
    K.CONFIRM_JOINER: frozenset({"username"}),
    K.PROMPT: PROMPT | {"teach"},
    K.WAYS: frozenset({"ways"}),
    K.REMINDER: PROMPT,
    K.DRAFT: OWN,
    K.DRAFT_PART: frozenset({"pieces"}),
    K.SEALED: OWN | {"open"},
    K.REVEAL_FRAME: frozenset({"frame", "listened", "current"}),
    K.REVEAL_WORDS: THEIRS,
    K.REVEAL_MEDIA: THEIRS,
    K.STARTER: frozenset({"opening"}),
    K.RESPONSE_DRAFT: OWN | {"current", "suggestion"},
    K.CLARIFICATION_DRAFT: OWN | {"current", "suggestion"},
    K.RESPONSE_SENT: OWN,
    K.CLARIFICATION_SENT: OWN,
    K.RESPONSE_WORDS: THEIRS,
    K.RESPONSE_MEDIA: THEIRS,
    K.CLARIFICATION_WORDS: THEIRS,
    K.CLARIFICATION_MEDIA: THEIRS,
    K.SECOND_RESPONSE_WORDS: THEIRS,
    K.SECOND_RESPONSE_MEDIA: THEIRS,
    K.CLOSING: frozenset({"closing"}),
    K.TODAY: STANDING,
    K.PLAIN: STANDING,
    K.JOURNAL: frozenset({"entries", "found", "page"}),
    K.JOURNAL_ENTRY: frozenset({"day", "label", "text"}),
    K.JOURNAL_WORDS: WORDS | {"mine", "slot"},
    K.JOURNAL_MEDIA: WORDS | {"mine", "slot"},
    K.EXPORT: frozenset({"together"}),
    K.JOURNAL_END: frozenset({"talked", "mine"}),
    K.RHYTHM_SET: RHYTHM,
    K.SETTINGS: SETTINGS,
    K.SETTINGS_HOUR: SETTINGS,
    K.SETTINGS_DAYS: SETTINGS,
    K.SETTINGS_QUIET: SETTINGS,
    K.SETTINGS_DEPTH: SETTINGS,
    K.ZONE_SET: NEXT | {"clock", "hour", "days"},
    K.SOLO: SOLO,
    K.SOLO_FELT: SOLO,
    K.SOLO_ANSWERS: SOLO,
    K.SAFETY: frozenset({"countries", "page", "more"}),
    K.SAFETY_LINES: frozenset({"country", "lines"}),
    K.PRIVACY: frozenset({"messages", "updates", "newest", "invites"}),
    K.CANCELLED: frozenset({"what"}),
}

WORDLESS = frozenset({K.CALLBACK, K.BUTTONS_OFF, K.REFUSAL})


def expected() -> dict[str, frozenset[str]]:
    """Name every template that must be there, with the values that it may use."""
    found = {kind.value: ALWAYS | BEYOND.get(kind, frozenset()) for kind in K if kind not in WORDLESS}
    return found | {f"refusal_{reason.value}": ALWAYS for reason in Reason}


# fmt: off
BUTTONS = frozenset(
    {
        "in", "not_now", "share", "new_link", "yes_them", "no", "withdraw", "not_today", "seal",
        "start_over", "take_back", "own_words", "send", "rewrite", "heard", "partly", "not_yet",
        "leave_there", "morning", "noon", "evening", "another_time", "tell_city", "other_days", "slower", "rest",
        "leave_arc", "keep_rhythm", "set_hour", "set_days", "set_zone", "set_quiet", "set_name",
        "set_depth", "set_reminders", "set_protect", "set_plain", "set_coach", "set_cover", "back",
        "quiet_usual", "quiet_none", "quiet_other", "older", "newer", "search", "talked",
        "delete_mine", "leave", "stay", "forget", "somebody", "the_other", "invitation", "about",
        "about_short", "somewhere_else", "find_help", "countries",
        "more", "previous",
        "practise", "try_again", "another", "enough",
    }
) | {
    f"{name}_{number}" for name, numbers in NUMBERED.items() for number in numbers
}  # and menu_<command>, which `routes.MENU` names
# fmt: on
