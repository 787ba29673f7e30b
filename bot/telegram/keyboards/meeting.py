"""What stands under an invitation and the two yeses, and under the questions before an end."""

from collections.abc import Mapping

from bot.messages import Message, MessageKind
from bot.telegram.callbacks import Verb
from bot.telegram.keyboards.parts import Button, Facts, Keyboard, Rows, press

K = MessageKind


def _welcome(_: Message, __: Facts) -> Rows:
    return [[press("in", Verb.CONSENT), press("not_now", Verb.NOT_NOW)]]


def _welcome_invited(_: Message, facts: Facts) -> Rows:
    return [[press("in", Verb.JOIN, str(facts["code"])), press("not_now", Verb.NOT_NOW)]]


def _invite(_: Message, facts: Facts) -> Rows:
    return [[Button("share", share=str(facts["share"]))], [press("new_link", Verb.NEW_LINK)]]


def _confirm_joiner(message: Message, _: Facts) -> Rows:
    invite = message.invite or 0
    return [[press("yes_them", Verb.CONFIRM, invite), press("no", Verb.DECLINE, invite)]]


def _join_waiting(message: Message, _: Facts) -> Rows:
    return [[press("withdraw", Verb.WITHDRAW, message.invite or 0)]]


def _leave(message: Message, _: Facts) -> Rows:
    return [[press("leave", Verb.LEAVE, message.couple or 0), press("stay", Verb.STAY)]]


def _forget(message: Message, _: Facts) -> Rows:
    return [[press("forget", Verb.FORGET, message.to or 0), press("stay", Verb.STAY)]]


KEYBOARDS: Mapping[MessageKind, Keyboard] = {
    K.WELCOME: _welcome,
    K.WELCOME_INVITED: _welcome_invited,
    K.INVITE: _invite,
    K.CONFIRM_JOINER: _confirm_joiner,
    K.JOIN_WAITING: _join_waiting,
    K.LEAVE_ASK: _leave,
    K.FORGET_ASK: _forget,
}
