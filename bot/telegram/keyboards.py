"""Which buttons stand under which message: at most four a message and two rows, but for settings.

A label is a key of prompts/<language>/buttons.toml, or a text that the words give (a starter).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages import Message, MessageKind
from bot.practice.refusals import Reason
from bot.practice.standing import Standing
from bot.practice.thread import Heard
from bot.telegram.callbacks import Verb, encode

K = MessageKind
THEIRS, OWN = 0, 1  # whose thread a button leaves there


@dataclass(frozen=True)
class Button:
    """One button: what it says, and what it carries or opens."""

    label: str  # a key of buttons.toml, unless `literal`
    data: str = ""
    literal: bool = False
    share: str = ""  # a page of Telegram's, on which the person picks a chat
    tick: bool | None = None  # a switch or a choice: on or off


Rows = Sequence[Sequence[Button]]
Facts = Mapping[str, Any]
Keyboard = Callable[[Message, Facts], Rows]


def _press(label: str, verb: Verb, *arguments: int | str, tick: bool | None = None) -> Button:
    return Button(label, encode(verb, *arguments), tick=tick)


def _round(message: Message) -> int:
    return message.round or 0


def _version(message: Message) -> int:
    return int(message.details["version"])


def _welcome(_: Message, __: Facts) -> Rows:
    return [[_press("in", Verb.CONSENT), _press("not_now", Verb.NOT_NOW)]]


def _welcome_invited(_: Message, facts: Facts) -> Rows:
    return [[_press("in", Verb.JOIN, str(facts["code"])), _press("not_now", Verb.NOT_NOW)]]


def _invite(_: Message, facts: Facts) -> Rows:
    return [[Button("share", share=str(facts["share"]))], [_press("new_link", Verb.NEW_LINK)]]


def _confirm_joiner(message: Message, _: Facts) -> Rows:
    invite = message.invite or 0
    return [[_press("yes_them", Verb.CONFIRM, invite), _press("no", Verb.DECLINE, invite)]]


def _join_waiting(message: Message, _: Facts) -> Rows:
    return [[_press("withdraw", Verb.WITHDRAW, message.invite or 0)]]


def _prompt(message: Message, facts: Facts) -> Rows:
    row = [_press("not_today", Verb.NOT_TODAY, _round(message))]
    return [[*row, _press("leave_arc", Verb.LEAVE_ARC)] if facts["in_arc"] else row]


def _draft(message: Message, _: Facts) -> Rows:
    round_ = _round(message)
    return [
        [_press("seal", Verb.SEAL, round_, _version(message))],
        [_press("start_over", Verb.START_OVER, round_), _press("not_today", Verb.NOT_TODAY, round_)],
    ]


def _sealed(message: Message, facts: Facts) -> Rows:
    if not facts["open"]:
        return []
    return [[*_take_back(message, facts)[0], _press("practise", Verb.SOLO)]]


def _respond(message: Message, facts: Facts) -> Rows:
    round_ = _round(message)
    given = [
        Button(label, encode(Verb.STARTER, round_, key), literal=True) for key, label in facts["starters"]
    ]
    return [given[:2], [*given[2:], _press("own_words", Verb.OWN_WORDS, round_)]]


def _clarification(message: Message, _: Facts) -> Rows:
    if not message.details.get("last"):
        return []
    round_ = _round(message)
    leave = _press("leave_there", Verb.LEAVE_THERE, round_, THEIRS)
    return [[_press("own_words", Verb.OWN_WORDS, round_), leave]]


def _to_send(message: Message, _: Facts) -> Rows:
    slot, round_ = str(message.details["slot"]), _round(message)
    send = _press("send", Verb.SEND, round_, _version(message), slot)
    return [[send, _press("rewrite", Verb.REWRITE, round_, slot)]]


def _answer(message: Message, facts: Facts) -> Rows:
    return _heard(message, facts) if message.details.get("last") else []


def _heard(message: Message, _: Facts) -> Rows:
    round_ = _round(message)
    return [
        [_press("heard", Verb.HEARD, round_, Heard.YES.value)],
        [
            _press("partly", Verb.HEARD, round_, Heard.PARTLY.value),
            _press("not_yet", Verb.HEARD, round_, Heard.NOT_YET.value),
        ],
    ]


def _leave_there(message: Message, _: Facts) -> Rows:
    return [[_press("leave_there", Verb.LEAVE_THERE, _round(message), OWN)]]


def _take_back(message: Message, _: Facts) -> Rows:
    return [[_press("take_back", Verb.TAKE_BACK, _round(message))]]


def _not_today(message: Message, _: Facts) -> Rows:
    return [[_press("not_today", Verb.NOT_TODAY, _round(message))]]


AT: Mapping[str, Keyboard] = {
    Standing.UNWRITTEN: _not_today,
    Standing.SEALED: _take_back,
    Standing.TO_HEAR: _heard,
    Standing.TO_CLARIFY: _leave_there,
}


def _standing(message: Message, facts: Facts) -> Rows:
    made = AT.get(str(message.details["standing"]))
    return made(message, facts) if made else []


def _today(message: Message, facts: Facts) -> Rows:
    """Leave the buttons under an answer to the answer, which follows."""
    return [] if message.details["standing"] == Standing.TO_HEAR else _standing(message, facts)


HOURS = ((8 * 60, "morning"), (12 * 60 + 30, "noon"), (20 * 60, "evening"))


def _hours(_: Message, __: Facts) -> Rows:
    given = [_press(label, Verb.HOUR, minute) for minute, label in HOURS]
    return [given[:2], [given[2], _press("another_time", Verb.OTHER_HOUR)]]


def _rhythm_set(_: Message, facts: Facts) -> Rows:
    if facts["own"]:
        return [[_press("other_days", Verb.SCREEN, "days")]]
    return [] if facts["zone_known"] else [[_press("tell_city", Verb.CITY)]]


def _cities(message: Message, _: Facts) -> Rows:
    given = [
        Button(
            str(message.details[f"name{i}"]),
            encode(Verb.ZONE, str(message.details[f"zone{i}"])),
            literal=True,
        )
        for i in range(4)
        if f"zone{i}" in message.details
    ]
    return [[button] for button in given]


def _slower(_: Message, __: Facts) -> Rows:
    return [
        [_press("slower", Verb.SLOWER), _press("rest", Verb.REST)],
        [_press("keep_rhythm", Verb.KEEP)],
    ]


def _settings(_: Message, facts: Facts) -> Rows:
    own = [
        [_press("set_zone", Verb.CITY), _press("set_quiet", Verb.SCREEN, "quiet")],
        [_press("set_name", Verb.NAME), _press("set_depth", Verb.SCREEN, "depth")],
        [_press("set_reminders", Verb.SWITCH, "reminders", tick=bool(facts["reminders"]))],
        [_press("set_protect", Verb.SWITCH, "protect", tick=bool(facts["protect"]))],
        [_press("set_cover", Verb.SWITCH, "cover", tick=bool(facts["cover"]))],
        [_press("set_coach", Verb.SWITCH, "coach", tick=bool(facts["coach"]))],
        [_press("set_plain", Verb.SWITCH, "plain", tick=bool(facts["plain"]))],
    ]
    if not facts["together"]:
        return own
    return [[_press("set_hour", Verb.SCREEN, "hour"), _press("set_days", Verb.SCREEN, "days")], *own]


def _settings_hour(message: Message, facts: Facts) -> Rows:
    return [*_hours(message, facts), [_press("back", Verb.SETTINGS)]]


def _settings_days(_: Message, facts: Facts) -> Rows:
    kept = facts["weekdays"]
    days = [_press(f"day_{day}", Verb.DAY, day, tick=day in kept) for day in range(7)]
    return [days[:4], days[4:], [_press("back", Verb.SETTINGS)]]


def _settings_quiet(_: Message, __: Facts) -> Rows:
    return [
        [_press("quiet_usual", Verb.QUIET, 22 * 60, 8 * 60), _press("quiet_none", Verb.QUIET, 0, 0)],
        [_press("quiet_other", Verb.OTHER_QUIET), _press("back", Verb.SETTINGS)],
    ]


def _settings_depth(_: Message, facts: Facts) -> Rows:
    chosen = facts["depth"]
    return [[_press(f"depth_{depth}", Verb.DEPTH, depth, tick=chosen == depth)] for depth in (1, 2, 3)] + [
        [_press("back", Verb.SETTINGS)]
    ]


def _solo(_: Message, __: Facts) -> Rows:
    return [[_press("another", Verb.SOLO), _press("enough", Verb.SOLO_ENOUGH)]]


def _solo_answers(message: Message, _: Facts) -> Rows:
    vignette = str(message.details["vignette"])
    return [
        [_press("try_again", Verb.SOLO_AGAIN, vignette), _press("another", Verb.SOLO)],
        [_press("enough", Verb.SOLO_ENOUGH)],
    ]


def _journal(message: Message, facts: Facts) -> Rows:
    page = int(message.details["page"])
    entries = [
        [Button(label, encode(Verb.ENTRY, round_), literal=True)] for round_, label in facts["entries"]
    ]
    turning = [_press("newer", Verb.JOURNAL, page - 1)] if page else []
    if message.details["more"]:
        turning.append(_press("older", Verb.JOURNAL, page + 1))
    return [*entries, turning, [_press("search", Verb.JOURNAL_SEARCH)] if entries else []]


def _journal_end(message: Message, facts: Facts) -> Rows:
    round_ = _round(message)
    row = [_press("talked", Verb.TALKED, round_, tick=bool(facts["talked"]))]
    return [row, [_press("delete_mine", Verb.DELETE_ASK, round_)] if facts["mine"] else []]


def _journal_delete(message: Message, _: Facts) -> Rows:
    return [[_press("delete_mine", Verb.DELETE, _round(message)), _press("stay", Verb.STAY)]]


def _countries(_: Message, facts: Facts) -> Rows:
    page = int(facts["page"])
    countries = [Button(name, encode(Verb.COUNTRY, id_), literal=True) for id_, name in facts["countries"]]
    turning = [_press("previous", Verb.HELP, page - 1)] if page else []
    if facts["more"]:
        turning.append(_press("more", Verb.HELP, page + 1))
    pairs = [countries[place : place + 2] for place in range(0, len(countries), 2)]
    return [*pairs, turning, [_press("somewhere_else", Verb.COUNTRY, "else")]]


def _care(_: Message, __: Facts) -> Rows:
    return [[_press("find_help", Verb.HELP, 0)]]


def _lines(_: Message, __: Facts) -> Rows:
    return [[_press("countries", Verb.HELP, 0)]]


def _leave(message: Message, _: Facts) -> Rows:
    return [[_press("leave", Verb.LEAVE, message.couple or 0), _press("stay", Verb.STAY)]]


def _forget(message: Message, _: Facts) -> Rows:
    return [[_press("forget", Verb.FORGET, message.to or 0), _press("stay", Verb.STAY)]]


def _refusal(message: Message, facts: Facts) -> Rows:
    sealed = message.details["reason"] == Reason.ALREADY_SEALED
    return _take_back(message, facts) if sealed and message.round else []


KEYBOARDS: Mapping[MessageKind, Keyboard] = {
    K.WELCOME: _welcome,
    K.WELCOME_INVITED: _welcome_invited,
    K.INVITE: _invite,
    K.CONFIRM_JOINER: _confirm_joiner,
    K.JOIN_WAITING: _join_waiting,
    K.PROMPT: _prompt,
    K.DRAFT: _draft,
    K.SEALED: _sealed,
    K.REVEAL_INVITE: _respond,
    K.RESPONSE_DRAFT: _to_send,
    K.CLARIFICATION_DRAFT: _to_send,
    K.RESPONSE_WORDS: _answer,
    K.RESPONSE_MEDIA: _answer,
    K.CLARIFY_ASK: _leave_there,
    K.CLARIFICATION_WORDS: _clarification,
    K.CLARIFICATION_MEDIA: _clarification,
    K.TODAY: _today,
    K.PLAIN: _standing,
    K.ASK_HOUR: _hours,
    K.RHYTHM_SET: _rhythm_set,
    K.CITY_CHOICES: _cities,
    K.SLOWER_OFFER: _slower,
    K.SETTINGS: _settings,
    K.SETTINGS_HOUR: _settings_hour,
    K.SETTINGS_DAYS: _settings_days,
    K.SETTINGS_QUIET: _settings_quiet,
    K.SETTINGS_DEPTH: _settings_depth,
    K.SOLO: _solo,
    K.SOLO_ANSWERS: _solo_answers,
    K.JOURNAL: _journal,
    K.JOURNAL_END: _journal_end,
    K.JOURNAL_DELETE_ASK: _journal_delete,
    K.SAFETY: _countries,
    K.SAFETY_LINES: _lines,
    K.CARE: _care,
    K.LEAVE_ASK: _leave,
    K.FORGET_ASK: _forget,
    K.REFUSAL: _refusal,
}


def rows(message: Message, facts: Facts) -> Rows:
    """Give the buttons under a message; none for most."""
    made = KEYBOARDS.get(message.kind)
    return [row for row in made(message, facts) if row] if made else []
