"""Refusals: the practice says no, kindly. Each has a sentence of its own in prompts/."""

from enum import StrEnum


class Reason(StrEnum):
    """Why the practice says no; the value names the sentence."""

    # joining
    NOT_OPEN_HERE = "not_open_here"  # ATTUNE_ALLOW does not name them and nobody invited them
    CONSENT_FIRST = "consent_first"
    OWN_LINK = "own_link"
    LINK_USED = "link_used"  # somebody's consent has used it up
    LINK_OVER = "link_over"  # replaced, expired, declined or never ours: one answer, so that nothing leaks
    ALREADY_TOGETHER = "already_together"  # these two are a couple already
    IN_A_COUPLE = "in_a_couple"  # the person who asks is in a couple
    JOIN_OVER = "join_over"  # confirmed, declined or withdrawn before this press
    NO_COUPLE = "no_couple"
    # rounds
    ROUND_OVER = "round_over"  # the buttons belong to an earlier round
    NOTHING_WRITTEN = "nothing_written"
    WORDS_CHANGED = "words_changed"  # the quotation above the button is not what would be sent
    WORDS_BESIDE = "words_beside"  # others wait that may be part of them
    START_OVER_OPEN = "start_over_open"  # asked whether all of them shall go, and not answered
    ALREADY_SEALED = "already_sealed"
    NOT_SEALED = "not_sealed"
    TOO_LATE = "too_late"  # the reveal has happened
    FROZEN = "frozen"  # an edit of words that have been revealed or sent
    NO_CARD_LEFT = "no_card_left"
    TOO_MUCH = "too_much"  # more parts or longer words than a round can hold
    TOO_MUCH_WAITING = "too_much_waiting"  # more words than can wait for a place
    NOTHING_WAITS = "nothing_waits"  # words that waited have their place, or a day has passed
    # after the reveal
    NOT_REVEALED = "not_revealed"
    ALREADY_ANSWERED = "already_answered"
    NOT_ANSWERED = "not_answered"
    ALREADY_SAID = "already_said"
    # the journal
    NOT_IN_JOURNAL = "not_in_journal"
    STILL_OPEN = "still_open"  # words of an open round are changed there, not deleted here
    EXPORTED_LATELY = "exported_lately"
    NOTHING_KEPT = "nothing_kept"
    PAGED_LATELY = "paged_lately"
    NOTHING_ON_PAGE = "nothing_on_page"
    WORDS_PROTECTED = "words_protected"  # protected words are in nobody else's keepsake
    # a card of one's own
    CARD_EMPTY = "card_empty"
    CARD_LONG = "card_long"
    CARD_LINK = "card_link"
    CARD_LATELY = "card_lately"  # one a week each
    CARD_GONE = "card_gone"  # it has come, or was taken back
    # a sentence that stays with somebody
    NO_SENTENCE = "no_sentence"  # nothing was written there, or it is no more
    HIGHLIGHT_GONE = "highlight_gone"
    # a dialogue, or what follows a quarrel
    TALK_OVER = "talk_over"  # the button belongs to a step that is done
    TALK_ASKED_LATELY = "talk_asked_lately"
    STILL_SEALED = "still_sealed"  # an edit of a card under a later seal, or while it rests
    TALK_TOO_MUCH = "talk_too_much"  # more than one step can hold
    BAD_LATER = "bad_later"  # a time to come back that can't be read, or is none within a week
    # a letter that opens later
    CAPSULE_DAY_OVER = "capsule_day_over"
    CAPSULE_DAY_FAR = "capsule_day_far"
    CAPSULE_OPEN = "capsule_open"  # the other has it
    CAPSULE_GONE = "capsule_gone"  # destroyed, or not sealed any more
    CAPSULE_ENOUGH = "capsule_enough"  # as many as can wait
    BAD_DAY = "bad_day"
    # the weekly pulse, the neutral friend
    WEEK_OVER = "week_over"
    SITTING_FULL = "sitting_full"
    SITTING_OVER = "sitting_over"
    # rest and settings
    ALREADY_RESTING = "already_resting"
    NOT_RESTING = "not_resting"
    NOT_YOURS = "not_yours"  # forged, foreign or worn-out buttons
    BAD_HOUR = "bad_hour"
    BAD_ZONE = "bad_zone"
    BAD_NAME = "bad_name"
    BAD_QUIET = "bad_quiet"
    NO_DAY_LEFT = "no_day_left"
    WISHED_LATELY = "wished_lately"  # a theme for the week: one a week each
    WISH_OVER = "wish_over"
    TOO_BUSY = "too_busy"  # a fourth busy day


class Refusal(Exception):  # noqa: N818 (a refusal is no error: see the words in prompts/STYLE.md)
    """The practice says no to this act; nothing has changed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
