"""What we send, and what became of it: kinds and ids, never words, which are fetched when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from bot.practice.ids import CoupleId, InviteId, PartnerId, PieceId, RoundId, RowId


class MessageKind(StrEnum):
    """Every message the bot can send; the value names its template."""

    # meeting
    WELCOME = "welcome"
    WELCOME_INVITED = "welcome_invited"
    NOT_NOW = "not_now"
    INVITE = "invite"
    JOIN_WAITING = "join_waiting"  # to the joiner, until the inviter confirms
    CONFIRM_JOINER = "confirm_joiner"
    JOIN_DECLINED = "join_declined"  # to the joiner
    JOIN_WITHDRAWN = "join_withdrawn"  # to the inviter
    # the round
    PROMPT = "prompt"
    DRAFT_PART = "draft_part"  # a quotation of one's own words that needed a message of its own
    DRAFT = "draft"
    STARTED_OVER = "started_over"
    START_OVER_ASK = "start_over_ask"  # where there are several parts
    TAKE_OUT_ASK = "take_out_ask"  # which part?
    SEALED = "sealed"
    TAKEN_BACK = "taken_back"
    UNSEALED_BY_EDIT = "unsealed_by_edit"
    NOT_TODAY = "not_today"
    REMINDER = "reminder"
    # a round whose day is over
    STAYS_SEALED = "stays_sealed"  # to whoever has sealed, alone
    KEPT_TO_ONESELF = "kept_to_oneself"
    EARLIER = "earlier"
    EARLIER_CARD = "earlier_card"
    EARLIER_WRITE = "earlier_write"  # the next words are for it
    LAPSED = "lapsed"  # to whoever has written in it, alone
    # a card of one's own
    CARD_ASK = "card_ask"
    CARD_DRAFT = "card_draft"
    CARD_WAITS = "card_waits"  # in its place, until it has come
    CARD_TAKEN_BACK = "card_taken_back"
    CARD_OVER = "card_over"  # in its place, where the couple has ended first
    CARD_STAYS = "card_stays"  # to an edit of what was let come
    # the reveal
    REVEAL_FRAME = "reveal_frame"
    REVEAL_WORDS = "reveal_words"
    REVEAL_MEDIA = "reveal_media"
    REVEAL_INVITE = "reveal_invite"
    NOT_SHOWN = "not_shown"  # a part of the other's words that Telegram refuses to this reader
    NEAR_TOLD = "near_told"  # to the guesser: the teller's word
    TAPPED = "tapped"  # one tap has answered a quick prompt
    TAP_TOLD = "tap_told"
    # after the reveal
    STARTER = "starter"
    RESPONSE_DRAFT = "response_draft"
    RESPONSE_REWRITE = "response_rewrite"
    RESPONSE_SENT = "response_sent"
    RESPONSE_WORDS = "response_words"
    RESPONSE_MEDIA = "response_media"
    HEARD_NOTED = "heard_noted"  # to the author: their word, in place of the buttons
    HEARD_TOLD = "heard_told"  # to the responder
    ENOUGH_TOLD = "enough_told"  # to the responder: partly, and left there
    CLARIFY_ASK = "clarify_ask"
    CLARIFICATION_DRAFT = "clarification_draft"
    CLARIFICATION_SENT = "clarification_sent"
    CLARIFICATION_WORDS = "clarification_words"
    CLARIFICATION_MEDIA = "clarification_media"
    SECOND_RESPONSE_WORDS = "second_response_words"
    SECOND_RESPONSE_MEDIA = "second_response_media"
    LEFT_THERE = "left_there"
    CLOSING = "closing"
    # a sentence that stays with its reader
    HIGHLIGHT_ASK = "highlight_ask"  # which one?
    HIGHLIGHT = "highlight"
    HIGHLIGHT_TOLD = "highlight_told"  # to the author, by the reader's press
    HIGHLIGHT_OUT = "highlight_out"  # in its place
    HIGHLIGHTS = "highlights"  # all of them
    # a letter that opens later
    CAPSULES = "capsules"  # what waits, what has opened, and where to write one
    CAPSULE_PART = "capsule_part"  # of one's own, quoted, that needed a message of its own
    CAPSULE_DRAFT = "capsule_draft"
    CAPSULE_DAY_ASK = "capsule_day_ask"
    CAPSULE_SEALED = "capsule_sealed"
    CAPSULE_OUT = "capsule_out"  # in its place: destroyed
    CAPSULE_OVER = "capsule_over"  # in its place, where the couple has ended first
    CAPSULE_WORDS = "capsule_words"  # to the other, on its day
    CAPSULE_MEDIA = "capsule_media"
    # a look back at the week
    WEEK_BACK = "week_back"  # to both, before its question
    MONTH_BACK = "month_back"  # to both, now and then: a month's or a year's page, as a file
    WEEK_DAY_SET = "week_day_set"  # to the other
    # ten minutes together, off the phone
    TOGETHER_ASK = "together_ask"  # to each alone
    TOGETHER_NOTED = "together_noted"  # in its place: a yes
    TOGETHER_LET_BE = "together_let_be"  # a no, or a yes taken back
    TOGETHER_THING = "together_thing"  # to both, once both have said yes
    # a dialogue, and what follows a quarrel
    TALK_CALM = "talk_calm"  # how calm are you? to each alone
    TALK_WHERE = "talk_where"
    TALK_WAITS = "talk_waits"  # to who has asked
    TALK_ASK = "talk_ask"  # to the other
    TALK_REST = "talk_rest"  # to who isn't calm, alone
    TALK_LET_BE = "talk_let_be"  # to who has said that it's no good time
    TALK_NOT_NOW = "talk_not_now"  # to the other, whatever was said
    TALK_WITHDRAWN = "talk_withdrawn"  # in place of a question that is answered by nobody any more
    TALK_LATER_ASK = "talk_later_ask"  # when to come back
    TALK_LATER_CHOICES = "talk_later_choices"
    TALK_LATER_NOTED = "talk_later_noted"
    TALK_AGAIN = "talk_again"  # at that time, to them alone
    TALK_STEP = "talk_step"
    TALK_DRAFT = "talk_draft"
    TALK_SENT = "talk_sent"
    TALK_WORDS = "talk_words"
    TALK_MEDIA = "talk_media"
    TALK_BLANK = "talk_blank"  # a card of a repair that was left blank
    TALK_MORE = "talk_more"  # to who listens: there is more to come
    TALK_PAUSED = "talk_paused"
    TALK_PAUSED_TOLD = "talk_paused_told"  # to the other
    TALK_STOPPED = "talk_stopped"
    TALK_STOPPED_TOLD = "talk_stopped_told"
    TALK_CLOSED = "talk_closed"  # after seven quiet days
    TALK_DONE = "talk_done"  # on one phone
    TALK_KEEP_ASK = "talk_keep_ask"  # to each alone
    TALK_KEEP_NOTED = "talk_keep_noted"  # in its place, whatever was said
    TALK_KEPT = "talk_kept"  # to both, once both have said so
    TALKS = "talks"  # those that were kept
    TALK_READ = "talk_read"  # one of them
    TALK_DELETED = "talk_deleted"
    # one's own words, put away
    MINE_WORDS = "mine_words"  # shown again, for a while
    MINE_MEDIA = "mine_media"
    PUT_AWAY_HERE = "put_away_here"  # in place of a quotation that is too old to be deleted
    STILL_HERE = "still_here"  # what of practice could not be deleted
    # where things stand
    TODAY = "today"
    PLAIN = "plain"  # words without a command
    COURTESY = "courtesy"  # thanks, a greeting, a good night: words that are for nobody's page
    HELP = "help"
    CANCELLED = "cancelled"
    PRIVACY = "privacy"
    SAFETY = "safety"
    SAFETY_LINES = "safety_lines"
    CARE = "care"  # words that may mean danger: to their author alone
    SAFETY_HIDE = "safety_hide"  # to whoever is being watched: how this chat is taken away
    CARE_RESTED = "care_rested"  # not again this week
    WORRY = "worry"  # to whoever is worried by the other's words, and says so
    # where words go
    KEPT_ASK = "kept_ask"  # what are these for?
    KEPT_PLACED = "kept_placed"  # in its place, once that is said
    PUT_ASIDE = "put_aside"  # what was open before something else asked for words
    EDIT_NOWHERE = "edit_nowhere"  # an edit of what stands nowhere
    ASK_AGAIN = "ask_again"  # what was no answer to a question
    # practising alone
    SOLO = "solo"
    SOLO_FELT = "solo_felt"
    SOLO_ANSWERS = "solo_answers"
    SOLO_WRITTEN = "solo_written"  # to a recording: practice is in writing
    SOLO_ENDED = "solo_ended"
    # the neutral friend
    FRIEND_OFFER = "friend_offer"
    FRIEND_STEP = "friend_step"  # one of three
    FRIEND_NOTED = "friend_noted"  # words have come
    FRIEND_TYPED = "friend_typed"  # to a recording or a picture
    FRIEND_END = "friend_end"  # is it to be kept?
    FRIEND_KEPT = "friend_kept"  # in its place
    FRIEND_GONE = "friend_gone"
    FRIEND_SHOWN = "friend_shown"  # one that was kept, to its writer
    # the journal
    JOURNAL = "journal"
    JOURNAL_ASK = "journal_ask"  # what to search for
    JOURNAL_ENTRY = "journal_entry"
    JOURNAL_WORDS = "journal_words"
    JOURNAL_MEDIA = "journal_media"
    JOURNAL_END = "journal_end"  # the buttons under an entry
    JOURNAL_DELETE_ASK = "journal_delete_ask"
    JOURNAL_DELETED = "journal_deleted"
    LOOK_BACK = "look_back"  # a round of long ago, with a prompt
    NOT_AGAIN = "not_again"  # in its place
    PAGE_CHOICE = "page_choice"  # whether a round is to be on a page, and with whose words
    PAGE = "page"  # chosen rounds, as a file
    EXPORTING = "exporting"
    EXPORT = "export"  # the keepsake, as a file
    EXPORT_FAILED = "export_failed"
    # how the weeks go, for oneself alone
    PULSE = "pulse"  # three taps, one after the other in the same message
    GROWTH = "growth"  # one's own line, as a picture
    GROWTH_NONE = "growth_none"  # where there is no line yet
    BOTH_ASK = "both_ask"  # to one alone: may both lines be looked at?
    BOTH_LINES = "both_lines"  # as a picture
    BOTH_NONE = "both_none"  # whatever the reason
    # rhythm and settings
    ASK_HOUR = "ask_hour"
    ASK_HOUR_TYPED = "ask_hour_typed"
    HOUR_CHOICES = "hour_choices"
    QUIET_CHOICES = "quiet_choices"
    ASK_CITY = "ask_city"
    CITY_CHOICES = "city_choices"
    ZONE_SET = "zone_set"
    RHYTHM_SET = "rhythm_set"  # to both, each in their own time
    ARC_LEFT = "arc_left"
    WAYS = "ways"
    DEEPER_OFFER = "deeper_offer"  # to each alone: may prompts go deeper?
    DEEPER_SET = "deeper_set"  # in its place
    DEEPER_KEPT = "deeper_kept"
    SLOWER_OFFER = "slower_offer"
    SLOWER_KEPT = "slower_kept"
    SETTINGS = "settings"
    SETTINGS_HOUR = "settings_hour"
    SETTINGS_DAYS = "settings_days"
    SETTINGS_WEEK = "settings_week"
    SETTINGS_QUIET = "settings_quiet"
    SETTINGS_DEPTH = "settings_depth"
    SETTINGS_QUICK = "settings_quick"
    SETTINGS_LANGUAGE = "settings_language"
    SETTINGS_THEMES = "settings_themes"
    SETTINGS_PULSE = "settings_pulse"
    WISH_CHOICES = "wish_choices"  # a theme for this week
    WISH_NOTED = "wish_noted"  # in their place
    WISH_ASK = "wish_ask"  # to the other
    WISH_LET_BE = "wish_let_be"  # in its place
    WISH_SHARED = "wish_shared"  # to both, once both want it
    ASK_NAME = "ask_name"
    ASK_QUIET = "ask_quiet"
    ASK_PULSE_HOUR = "ask_pulse_hour"
    NAME_SET = "name_set"
    # rest and end
    PAUSED = "paused"
    RESUMED = "resumed"
    REST_TOLD = "rest_told"
    LEAVE_ASK = "leave_ask"
    LEFT = "left"
    OTHER_LEFT = "other_left"
    STAYED = "stayed"
    FORGET_ASK = "forget_ask"
    FORGOTTEN = "forgotten"
    # the practice says no, or cannot
    REFUSAL = "refusal"
    UNSUPPORTED = "unsupported"
    SLOW_DOWN = "slow_down"  # to somebody who sends very much
    GROUP = "group"
    NOT_SAVED = "not_saved"
    # no message of their own
    CALLBACK = "callback"  # ends a button's spinner, perhaps with a toast
    BUTTONS_OFF = "buttons_off"  # takes the buttons off an earlier message
    GONE = "gone"  # takes an earlier message away: it stands again at the end of the chat
    COMMANDS = "commands"  # gives a chat its menu of commands in the language of its reader
    PUT_AWAY = "put_away"  # deletes messages in which somebody's own words stand
    SHOWN_OVER = "shown_over"  # no call: when it falls due, what was shown again is put away
    PRACTICE_OVER = "practice_over"  # no call: when it falls due, what was practised is put away


TRACELESS = frozenset(
    {MessageKind.SAFETY, MessageKind.SAFETY_LINES, MessageKind.CARE, MessageKind.CITY_CHOICES}
    | {MessageKind.CARE_RESTED, MessageKind.WORRY, MessageKind.SAFETY_HIDE}
)
"""Kinds of which no row is kept once they are sent: that somebody looked for help, or where they may live."""


class Priority(IntEnum):
    """Who goes first: a person who is waiting, then the pair's own events, then the morning's prompts."""

    REPLY = 0
    EVENT = 1
    MORNING = 2


@dataclass(frozen=True)
class Message:
    """One Telegram call to make: what kind, to whom, about what.

    `details` are ids, numbers and keys, never words. `dedupe` makes a repeated put do nothing.
    `edit` is the Telegram message to change in place. `due` None means at once.
    """

    kind: MessageKind
    chat: int
    to: PartnerId | None = None  # None: somebody who has not consented, or is no more
    language: str | None = None  # for those without a partner
    couple: CoupleId | None = None
    round: RoundId | None = None
    about: PartnerId | None = None  # whose words or name it carries
    invite: InviteId | None = None
    piece: PieceId | None = None
    start: int | None = None  # the part of the piece's text, in Python characters
    end: int | None = None
    details: Mapping[str, int | str] = field(default_factory=dict)
    priority: Priority = Priority.REPLY
    due: datetime | None = None
    not_after: datetime | None = None
    dedupe: str | None = None
    edit: int | None = None

    def once(self, key: str) -> "Message":
        """Copy the message so that it is sent once for this key."""
        return replace(self, dedupe=key)

    def editing(self, message_id: int | None) -> "Message":
        """Copy the message so that it changes one that was sent, where there is one."""
        return replace(self, edit=message_id)


@dataclass(frozen=True)
class Shown:
    """What stands in a chat: a message that was sent or changed, and when.

    Not `sure`: it is on its way, or was when a process ended, and may stand there by now.
    """

    row: RowId
    kind: MessageKind
    round: RoundId | None
    details: Mapping[str, int | str]
    at: datetime
    sure: bool = True
    came: bool = False  # by itself: nothing that its reader did has brought it


@dataclass(frozen=True)
class InChat:
    """A message of ours that stands in a chat: its row, what it says, its Telegram id, and since when.

    `number` None: it was withdrawn, but a copy of it may stand there. `doubtful`: a second copy may.
    """

    row: RowId
    message: Message
    number: int | None
    at: datetime
    doubtful: bool = False


@dataclass(frozen=True)
class Trace:
    """A message in somebody's chat in which words of theirs stand; `stays` where Telegram won't delete it."""

    number: int
    at: datetime
    stays: bool = False


@dataclass(frozen=True)
class Row:
    """A message in the outbox, leased to the sender."""

    id: RowId
    message: Message
    attempts: int = 0


@dataclass(frozen=True)
class Sent:
    """Telegram took it; the id is for later edits (None where the call makes no message)."""

    message_id: int | None = None


@dataclass(frozen=True)
class TryLater:
    """Not now: after `after` where Telegram said how long; `everyone` where all chats must wait."""

    after: timedelta | None = None
    everyone: bool = False
    doubtful: bool = False  # Telegram may have taken it: trying again may repeat it


@dataclass(frozen=True)
class Unreachable:
    """A chat that cannot be written to: blocked, deactivated, or gone."""


@dataclass(frozen=True)
class Refused:
    """Telegram will never take this call; `why` is Telegram's or the renderer's reason, without words."""

    why: str


@dataclass(frozen=True)
class Withdrawn:
    """There is nothing to say any more: what it was about has been deleted or sealed again."""


@dataclass(frozen=True)
class Handed:
    """Somebody else sends it and settles its row: what takes long must not hold its chat up."""


class TokenRefused(Exception):  # noqa: N818 (a refusal, said by Telegram)
    """Telegram does not know this token: it is wrong or was revoked. Nothing but a new one helps."""


Outcome = Sent | TryLater | Unreachable | Refused | Withdrawn | Handed
