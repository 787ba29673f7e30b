"""What stands under the messages of a round, from its prompt to the last word."""

from collections.abc import Mapping

from bot.messages import Message, MessageKind
from bot.practice.refusals import Reason
from bot.practice.standing import Standing
from bot.practice.thread import Heard
from bot.telegram.callbacks import Verb, encode
from bot.telegram.keyboards.parts import Button, Facts, Keyboard, Rows, press, round_of, version_of

K = MessageKind
THEIRS, OWN = 0, 1  # whose thread a button leaves there


def _prompt(message: Message, facts: Facts) -> Rows:
    row = [press("not_today", Verb.NOT_TODAY, round_of(message))]
    return [[*row, press("leave_arc", Verb.LEAVE_ARC)] if facts["in_arc"] else row]


def _draft(message: Message, _: Facts) -> Rows:
    round_ = round_of(message)
    return [
        [press("seal", Verb.SEAL, round_, version_of(message))],
        [press("start_over", Verb.START_OVER, round_), press("not_today", Verb.NOT_TODAY, round_)],
    ]


def _sealed(message: Message, facts: Facts) -> Rows:
    if not facts["open"]:
        return []
    return [[*_take_back(message, facts)[0], press("practise", Verb.SOLO)]]


def _respond(message: Message, facts: Facts) -> Rows:
    round_ = round_of(message)
    given = [
        Button(label, encode(Verb.STARTER, round_, key), literal=True) for key, label in facts["starters"]
    ]
    return [given[:2], [*given[2:], press("own_words", Verb.OWN_WORDS, round_)]]


def _clarification(message: Message, _: Facts) -> Rows:
    if not message.details.get("last"):
        return []
    round_ = round_of(message)
    leave = press("leave_there", Verb.LEAVE_THERE, round_, THEIRS)
    return [[press("own_words", Verb.OWN_WORDS, round_), leave]]


def _to_send(message: Message, _: Facts) -> Rows:
    slot, round_ = str(message.details["slot"]), round_of(message)
    send = press("send", Verb.SEND, round_, version_of(message), slot)
    return [[send, press("rewrite", Verb.REWRITE, round_, slot)]]


def _answer(message: Message, facts: Facts) -> Rows:
    return _heard(message, facts) if message.details.get("last") else []


def _heard(message: Message, _: Facts) -> Rows:
    round_ = round_of(message)
    return [
        [press("heard", Verb.HEARD, round_, Heard.YES.value)],
        [
            press("partly", Verb.HEARD, round_, Heard.PARTLY.value),
            press("not_yet", Verb.HEARD, round_, Heard.NOT_YET.value),
        ],
    ]


def _leave_there(message: Message, _: Facts) -> Rows:
    return [[press("leave_there", Verb.LEAVE_THERE, round_of(message), OWN)]]


def _take_back(message: Message, _: Facts) -> Rows:
    return [[press("take_back", Verb.TAKE_BACK, round_of(message))]]


def _not_today(message: Message, _: Facts) -> Rows:
    return [[press("not_today", Verb.NOT_TODAY, round_of(message))]]


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


def _refusal(message: Message, facts: Facts) -> Rows:
    sealed = message.details["reason"] == Reason.ALREADY_SEALED
    return _take_back(message, facts) if sealed and message.round else []


KEYBOARDS: Mapping[MessageKind, Keyboard] = {
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
    K.REFUSAL: _refusal,
}
