"""The journal: a person's own words, round by round, and what the seal lets through of the other's."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self

from bot.actions import journal
from bot.actions.quotation import parts_of, words_of
from bot.messages import Message, MessageKind
from bot.practice import calendar
from bot.practice import round as rules
from bot.practice.draft import Draft
from bot.practice.ids import PartnerId, RoundId
from bot.practice.partner import Partner
from bot.practice.round import WRITABLE, Round, Slot
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.earlier import EARLIER
from bot.screens.highlight import stays
from bot.screens.leaving import STAY
from bot.screens.prompt import answered_card, is_protected, label_of, theirs_to_ask, worries
from bot.screens.request import Handler, Request
from bot.screens.reveal import their_card
from bot.screens.titles import title_of
from bot.screens.view import Attachment, Button, ButtonRows, Key, Unsaid, View, round_of

K = MessageKind

ENTRY = Key(Verb.ENTRY)
NEWER = Key(Verb.JOURNAL, "newer")
OLDER = Key(Verb.JOURNAL, "older")
OPEN_EARLIER = Key(Verb.EARLIER_CARD, "open_earlier")
TALKS = Key(Verb.TALK_LIST, "talks")
SEARCH = Key(Verb.JOURNAL_SEARCH, "search")
TALKED = Key(Verb.TALKED, "talked")
HEAVY = Key(Verb.HEAVY, "heavy")
FOR_PAGE = Key(Verb.PAGE_CHOICE, "for_page")
MAKE_PAGE = Key(Verb.PAGE_MAKE, "make_page")
CLEAR_PAGE = Key(Verb.PAGE_CLEAR, "clear_page")
FRIEND_KEPT = Key(Verb.FRIEND_SHOW, "friend")
DELETE_ASK = Key(Verb.DELETE_ASK, "delete_mine")
DELETE = Key(Verb.DELETE, "delete_mine", "danger")


def day_of(context: RenderContext, round_: Round) -> str:
    """Write a round's date in the reader's language."""
    return written_day(context, round_.local_date)


def written_day(context: RenderContext, day: date) -> str:
    """Write a date in the reader's language."""
    return context.content.tongue(context.language).full_date(day)


def _short_day(context: RenderContext, round_: Round) -> str:
    """Write a round's date, without the year where it is this one."""
    this_year = calendar.local_date(context.work.now, context.zone).year
    return context.date(round_.local_date) if round_.local_date.year == this_year else day_of(context, round_)


async def _called(context: RenderContext, other: PartnerId) -> str:
    """Return somebody's name; nobody in particular for whoever is no more."""
    known = await context.work.partners.find(other)
    return known.name if known else context.say("the_other")


class Page(View, of=K.JOURNAL):
    """A page's rounds as buttons: the date, and the first words of the card as a title."""

    entries: Sequence[tuple[int, str, bool]]  # the last: whether it is chosen for a page
    found: bool
    many: bool  # more than can be shown
    page: int
    chosen: Unsaid[bool]  # any round is
    friend: Unsaid[bool]  # something of the neutral friend is kept

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load the rounds that the message names."""
        details = context.message.details
        me = context.me
        entries: list[tuple[int, str, bool]] = []
        for number in (int(details[f"round{i}"]) for i in range(10) if f"round{i}" in details):
            round_ = await context.work.rounds.find(RoundId(number))
            if round_ is not None and me is not None:
                title = title_of(context, round_, me.id, await _called(context, round_.other(me.id).partner))
                entries.append(
                    (number, f"{_short_day(context, round_)} · {title}", round_.turn(me.id).on_page)
                )
        chosen = me is not None and bool(await context.work.rounds.on_page(me.id, 1))
        found = bool(details.get("found"))
        many = bool(details.get("many"))
        friend = me is not None and not found and bool(await context.work.sittings.of(me.id))
        page = int(details["page"])
        return cls(entries=entries, found=found, many=many, page=page, chosen=chosen, friend=friend)

    def buttons(self, message: Message) -> ButtonRows:
        """Place a button an entry, then the turning of pages, and what can be done with those that are chosen."""
        entries = [
            [ENTRY.saying(label, round_, tick=chosen or None)] for round_, label, chosen in self.entries
        ]
        turning = [NEWER(self.page - 1)] if self.page else []
        if message.details["more"]:
            turning.append(OLDER(self.page + 1))
        late = [EARLIER()] if message.details.get("earlier") else []
        late += [TALKS()] if message.details.get("talks") else []
        page = [MAKE_PAGE(), CLEAR_PAGE()] if self.chosen else []
        friend = [FRIEND_KEPT(0, 0)] if self.friend and not self.page else []
        return [*entries, turning, [SEARCH()] if entries else [], page, late, friend]


class End(View, of=K.JOURNAL_END):
    """What can be done with a round."""

    talked: bool
    heavy: bool
    shown: bool
    mine: Unsaid[bool]
    late: Unsaid[bool]
    stays: Unsaid[list[Button]]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Look whether there are words of one's own."""
        round_, me = context.round, context.me
        if round_ is None or me is None:
            return None
        found = [await context.work.words.own(me.id, round_.id, slot) for slot in Slot]
        round_ = rules.as_of(round_, context.work.now)
        mine = any(draft.pieces for draft in found) and (round_.late or round_.state not in WRITABLE)
        shown = round_.revealed_at is not None
        turn = round_.turn(me.id)
        return cls(
            talked=turn.talked,
            heavy=turn.heavy,
            shown=shown,
            mine=mine,
            late=round_.late,
            stays=await stays(context),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the mark where there was a reveal, the way to what is open, and to delete what there is."""
        round_ = round_of(message)
        deletion = [DELETE_ASK(round_)] if self.mine else []
        talked = [TALKED(round_, tick=self.talked), HEAVY(round_, tick=self.heavy)] if self.shown else []
        page = [FOR_PAGE(round_)] if self.mine else []
        return [talked, self.stays, [OPEN_EARLIER(round_)] if self.late else [], page, deletion]


class Entry(View, of=K.JOURNAL_ENTRY):
    """A round's date and its prompt, as this person had it."""

    day: str
    label: str
    text: str
    theirs: bool  # the card is the other's own words
    cover: bool
    card: str  # the other's, where it heads none of the words in this message
    parts: Sequence[Mapping[str, Any]]
    ends: bool
    talked: bool
    heavy: bool
    shown: bool
    end: Unsaid[End | None]
    protect: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the round's prompt, and all that was written where it is one message."""
        round_, me = context.round, context.me
        if round_ is None or me is None:
            return None
        other = await context.work.partners.find(round_.other(me.id).partner)
        name = other.name if other else context.say("the_other")
        told = await journal.told_in(context.work, me, round_) if context.message.details[journal.ALL] else []
        end = await End.load(context) if context.message.details[journal.ENDS] else None
        theirs = await context.work.words.read(me.id, other.id, round_.id, Slot.REFLECTION) if other else None
        parts = [_said(context, round_, words, other, name) for words in told if journal.text_in(words)]
        headed = any(part["card"] for part in parts)
        return cls(
            day=day_of(context, round_),
            label=label_of(context, round_.answered(me.id), name),
            text=answered_card(context, round_, me, name),
            theirs=theirs_to_ask(context, round_, me, round_.answered(me.id)),
            cover=context.cover,
            card=their_card(context, round_, me, other) if other and theirs and not headed else "",
            parts=parts,
            ends=end is not None,
            talked=end is not None and end.talked,
            heavy=end is not None and end.heavy,
            shown=end is not None and end.shown,
            end=end,
            protect=is_protected(context, round_, me, round_.answered(me.id))
            or bool(other and other.protect and any(words.author != me.id for words in told)),
        )

    @property
    def protected(self) -> bool:
        """Whether words in it are of somebody who wants nobody to forward or save them."""
        return self.protect

    def buttons(self, message: Message) -> ButtonRows:
        """Place what can be done with the round, where nothing of it follows, and help under the other's card."""
        return [*(self.end.buttons(message) if self.end else []), worries(theirs=self.theirs)]


def _said(
    context: RenderContext, round_: Round, words: Draft, other: Partner | None, name: str
) -> Mapping[str, Any]:
    me = context.me
    mine = me is not None and words.author == me.id
    theirs = me is not None and other is not None and not mine and words.slot is Slot.REFLECTION
    return {
        "who": "" if mine else name,
        "slot": words.slot.value,
        "unsent": words.unsent,
        "card": their_card(context, round_, me, other) if theirs and me and other else "",
        "words": journal.text_in(words),
    }


class JournalEntry(View):
    """A part of one's own words, or of the other's as far as the seal lets them through.

    Only what their author has covered is: they were asked for.
    """

    mine: bool
    words: Unsaid[str]
    unsent: Unsaid[bool]
    first: Unsaid[bool]
    slot: Unsaid[str]
    protect: Unsaid[bool]
    kind: Unsaid[str]
    files: Unsaid[Sequence[str]]
    cover_file: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Read the part."""
        message = context.message
        if context.me is None or context.round is None or message.about is None:
            return None
        slot = Slot(str(message.details["slot"]))
        draft = await context.work.words.read(context.me.id, message.about, context.round.id, slot)
        pieces = parts_of(message, draft)
        if not pieces:
            return None
        mine = message.about == context.me.id
        return cls(
            mine=mine,
            words=words_of(message, draft),
            unsent=draft is not None and draft.unsent,
            first=bool(message.details.get("first")),
            slot=slot.value,
            protect=not mine and context.other is not None and context.other.protect,
            kind=pieces[0].kind.value,
            files=[piece.file or "" for piece in pieces],
            cover_file=any(piece.covered for piece in pieces),
        )

    @property
    def protected(self) -> bool:
        """Whether their author wants nobody to forward or save them."""
        return self.protect


class KeptWords(JournalEntry, of=K.JOURNAL_WORDS):
    """Words."""

    words: str
    unsent: bool
    first: bool
    slot: str


class KeptMedia(JournalEntry, of=K.JOURNAL_MEDIA):
    """What was recorded."""

    words: str

    @property
    def attachment(self) -> Attachment:
        """The file, as Telegram has it."""
        return Attachment(self.kind, self.files[0], cover=self.cover_file, more=tuple(self.files[1:]))


class Deleted(View, of=K.JOURNAL_DELETED):
    """Says what deleting has reached: of words that nobody else has seen, all of them."""

    delivered: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Look whether the other has been shown anything."""
        return cls(delivered=context.round is not None and context.round.revealed_at is not None)


class DeleteAsk(Deleted, of=K.JOURNAL_DELETE_ASK):
    """Asks before deleting."""

    delivered: bool

    def buttons(self, message: Message) -> ButtonRows:
        """Place both answers."""
        return [[DELETE(round_of(message)), STAY()]]


async def show(request: Request) -> None:
    """Show the newest page of one's own journal."""
    await journal.show_page(request.work, request.me, 0)


async def turn_page(request: Request) -> None:
    """Show another page, in place."""
    await journal.show_page(request.work, request.me, request.press.number(0), request.source)


async def ask_search(request: Request) -> None:
    """Ask what to look for."""
    await journal.ask_search(request.work, request.me)


async def show_entry(request: Request) -> None:
    """Show one round."""
    await journal.show_entry(request.work, request.me, request.round_of())


async def talked(request: Request) -> None:
    """Mark a round as talked about, or not."""
    await journal.toggle_talked(request.work, request.me, request.round_of(), request.source)


async def ask_delete(request: Request) -> None:
    """Ask before deleting one's own words of a round."""
    await journal.ask_delete(request.work, request.me, request.round_of())


async def delete(request: Request) -> None:
    """Delete one's own words of a round."""
    await journal.delete(request.work, request.me, request.round_of())


COMMANDS: Mapping[str, Handler] = {"journal": show}
PRESSES: Mapping[Verb, Handler] = {
    Verb.JOURNAL: turn_page,
    Verb.JOURNAL_SEARCH: ask_search,
    Verb.ENTRY: show_entry,
    Verb.TALKED: talked,
    Verb.DELETE_ASK: ask_delete,
    Verb.DELETE: delete,
}
