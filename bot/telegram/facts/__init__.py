"""What a message says besides its fixed words, loaded when it is sent: deletion reaches what is queued.

One function a kind, in the file of its concern, or none where the names are all it needs. None means that
there is nothing to say any more, and the message is withdrawn. A partner's words come through `words.read`,
which keeps the seal.
"""

from collections.abc import Awaitable, Callable, Mapping

from bot.messages import MessageKind
from bot.practice.round import Slot
from bot.telegram.facts import journal, meeting, own, pages, prompt, rhythm, safety, settings, theirs
from bot.telegram.scene import Facts, Scene

K = MessageKind
Gather = Callable[[Scene], Awaitable[Facts | None]]

GATHER: Mapping[MessageKind, Gather] = {
    K.WELCOME_INVITED: meeting.invited,
    K.INVITE: meeting.invite,
    K.CONFIRM_JOINER: meeting.confirm,
    K.PROMPT: prompt.shown,
    K.REMINDER: prompt.reminder,
    K.WAYS: prompt.ways,
    K.DRAFT: own.reflection,
    K.DRAFT_PART: own.part,
    K.SEALED: own.sealed,
    K.REVEAL_FRAME: theirs.frame,
    K.REVEAL_WORDS: theirs.words(Slot.REFLECTION),
    K.REVEAL_MEDIA: theirs.words(Slot.REFLECTION),
    K.REVEAL_INVITE: theirs.invitation,
    K.STARTER: own.starter,
    K.RESPONSE_DRAFT: own.to_send,
    K.CLARIFICATION_DRAFT: own.to_send,
    K.RESPONSE_SENT: own.sent,
    K.CLARIFICATION_SENT: own.sent,
    K.RESPONSE_WORDS: theirs.words(Slot.RESPONSE),
    K.RESPONSE_MEDIA: theirs.words(Slot.RESPONSE),
    K.CLARIFICATION_WORDS: theirs.words(Slot.CLARIFICATION),
    K.CLARIFICATION_MEDIA: theirs.words(Slot.CLARIFICATION),
    K.SECOND_RESPONSE_WORDS: theirs.words(Slot.SECOND_RESPONSE),
    K.SECOND_RESPONSE_MEDIA: theirs.words(Slot.SECOND_RESPONSE),
    K.CLOSING: theirs.closing,
    K.TODAY: pages.standing,
    K.PLAIN: pages.standing,
    K.JOURNAL: journal.page,
    K.JOURNAL_ENTRY: journal.entry,
    K.JOURNAL_WORDS: journal.words,
    K.JOURNAL_MEDIA: journal.words,
    K.JOURNAL_END: journal.end,
    K.RHYTHM_SET: rhythm.hour_and_days,
    K.SETTINGS: settings.choices,
    K.SETTINGS_HOUR: settings.choices,
    K.SETTINGS_DAYS: settings.choices,
    K.SETTINGS_QUIET: settings.choices,
    K.SETTINGS_DEPTH: settings.choices,
    K.ZONE_SET: rhythm.zone_set,
    K.SOLO: pages.solo,
    K.SOLO_FELT: pages.solo,
    K.SOLO_ANSWERS: pages.solo,
    K.SAFETY: safety.page,
    K.SAFETY_LINES: safety.lines,
    K.PRIVACY: pages.privacy,
    K.CANCELLED: pages.details,
    K.REFUSAL: pages.details,
}


async def facts(scene: Scene) -> Facts | None:
    """Gather what a message's template and buttons need; None where there is nothing to say any more."""
    base: Facts = {
        "other": scene.other.name if scene.other else "",
        "me": scene.me.name if scene.me else "",
        "operator": scene.here.operator,
    }
    gather = GATHER.get(scene.message.kind)
    if gather is None:
        return base
    found = await gather(scene)
    return None if found is None else base | found
