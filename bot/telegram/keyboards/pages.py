"""What stands under the journal, under help, and under practising alone."""

from collections.abc import Mapping

from bot.messages import Message, MessageKind
from bot.telegram.callbacks import Verb, encode
from bot.telegram.keyboards.parts import Button, Facts, Keyboard, Rows, press, round_of

K = MessageKind


def _solo(_: Message, __: Facts) -> Rows:
    return [[press("another", Verb.SOLO), press("enough", Verb.SOLO_ENOUGH)]]


def _solo_answers(message: Message, _: Facts) -> Rows:
    vignette = str(message.details["vignette"])
    return [
        [press("try_again", Verb.SOLO_AGAIN, vignette), press("another", Verb.SOLO)],
        [press("enough", Verb.SOLO_ENOUGH)],
    ]


def _journal(message: Message, facts: Facts) -> Rows:
    page = int(message.details["page"])
    entries = [
        [Button(label, encode(Verb.ENTRY, round_), literal=True)] for round_, label in facts["entries"]
    ]
    turning = [press("newer", Verb.JOURNAL, page - 1)] if page else []
    if message.details["more"]:
        turning.append(press("older", Verb.JOURNAL, page + 1))
    return [*entries, turning, [press("search", Verb.JOURNAL_SEARCH)] if entries else []]


def _journal_end(message: Message, facts: Facts) -> Rows:
    round_ = round_of(message)
    row = [press("talked", Verb.TALKED, round_, tick=bool(facts["talked"]))]
    return [row, [press("delete_mine", Verb.DELETE_ASK, round_)] if facts["mine"] else []]


def _journal_delete(message: Message, _: Facts) -> Rows:
    return [[press("delete_mine", Verb.DELETE, round_of(message)), press("stay", Verb.STAY)]]


def _countries(_: Message, facts: Facts) -> Rows:
    page = int(facts["page"])
    countries = [Button(name, encode(Verb.COUNTRY, id_), literal=True) for id_, name in facts["countries"]]
    turning = [press("previous", Verb.HELP, page - 1)] if page else []
    if facts["more"]:
        turning.append(press("more", Verb.HELP, page + 1))
    pairs = [countries[place : place + 2] for place in range(0, len(countries), 2)]
    return [*pairs, turning, [press("somewhere_else", Verb.COUNTRY, "else")]]


def _care(_: Message, __: Facts) -> Rows:
    return [[press("find_help", Verb.HELP, 0)]]


def _lines(_: Message, __: Facts) -> Rows:
    return [[press("countries", Verb.HELP, 0)]]


KEYBOARDS: Mapping[MessageKind, Keyboard] = {
    K.SOLO: _solo,
    K.SOLO_ANSWERS: _solo_answers,
    K.JOURNAL: _journal,
    K.JOURNAL_END: _journal_end,
    K.JOURNAL_DELETE_ASK: _journal_delete,
    K.SAFETY: _countries,
    K.SAFETY_LINES: _lines,
    K.CARE: _care,
}
