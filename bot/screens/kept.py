"""Rounds as a page has them, read through the seal when it is sent; what was recorded is fetched besides.

A page is made in memory and never on disk.
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.actions.quotation import marked_text
from bot.practice.couple import Couple
from bot.practice.draft import Piece
from bot.practice.ids import PartnerId
from bot.practice.own_card import OwnCard
from bot.practice.partner import Partner
from bot.practice.round import Round, Slot
from bot.screens.call import Call, File
from bot.screens.context import RenderContext
from bot.screens.journal import day_of
from bot.screens.parcel import Fetch
from bot.screens.prompt import card_text, label_of
from prompts.deck import with_bare_name
from prompts.keepsake import KeptRound, Part, SaidWords

Files = dict[str, bytes]

MOST_BYTES = 16 * 1024 * 1024  # of media: they stand in the page and beside it, under Telegram's 50 MB
TYPES = {"voice": ("audio/ogg", "ogg"), "video_note": ("video/mp4", "mp4"), "photo": ("image/jpeg", "jpg")}
IN_ORDER = (Slot.REFLECTION, Slot.RESPONSE, Slot.CLARIFICATION, Slot.SECOND_RESPONSE)


@dataclass(frozen=True)
class KeptParcel:
    """Rounds to send as a file, as their reader may read them; parts still carry Telegram's file ids.

    `make` builds the file of the rounds with their media, and of what was recorded by its name.
    """

    chat: int
    name: str
    language: str
    caption: str
    rounds: Sequence[KeptRound]
    make: Callable[["KeptParcel", Sequence[KeptRound], Files], File]

    async def pack(self, fetch: Fetch) -> Call:
        """Fetch what was recorded, build the file in memory, and make the call that sends it."""
        rounds, files = await _with_media(self.rounds, fetch)
        payload = {
            "chat_id": self.chat,
            "document": self.make(self, rounds, files),
            "caption": self.caption,
            "parse_mode": "HTML",
            "protect_content": False,
        }
        return Call("sendDocument", payload)


async def with_whom(context: RenderContext) -> tuple[Couple | None, Partner | None]:
    """Load the couple that the reader is in now, and the other one."""
    couple = await context.work.couples.of(context.me.id) if context.me else None
    if couple is None or context.me is None:
        return None, None
    return couple, await context.work.partners.find(couple.other(context.me.id))


async def kept_round(context: RenderContext, me: Partner, round_: Round, *, lent: bool) -> KeptRound:
    """Read a round with all that the seal lets through; the other has a name while the couple lasts.

    `lent` says that the other allows their words here: those of their own card are not there without it.
    """
    other = round_.other(me.id).partner
    _, known = await with_whom(context)
    name = known.name if known and known.id == other else context.say("the_other")
    context = replace(context, own=await _own_card(context, me, round_, lent=lent))
    mine, theirs = _card(context, round_, me.id, name), _card(context, round_, other, me.name)
    said = [said for slot in IN_ORDER for said in await _said(context, me.id, other, round_, slot)]
    return KeptRound(
        day=day_of(context, round_),
        date=round_.local_date.isoformat(),
        label=label_of(context, round_.answered(me.id), name),
        prompt=mine,
        other=name,
        talked=round_.turn(me.id).talked,
        said=[_under(one, theirs if theirs != mine else "") for one in said],
    )


async def _own_card(context: RenderContext, me: Partner, round_: Round, *, lent: bool) -> OwnCard | None:
    """Read the card of one of them that a round asked: one's own, or the other's where they allow it."""
    card = await context.work.own_cards.read(me.id, round_)
    return card if card is not None and (lent or card.author == me.id) else None


def parts_of(pieces: Sequence[Piece]) -> list[Part]:
    """Give the parts of somebody's words."""
    return [
        Part(piece.kind.value, marked_text(piece), source=piece.file or "", covered=piece.covered)
        for piece in pieces
    ]


def _card(context: RenderContext, round_: Round, author: PartnerId, other: str) -> str:
    """Write the card that an author's words are for, in the reader's choice of words; `other` is whom it names."""
    plain = context.me is not None and context.me.plain
    cards = [card_text(context, round_, author, card, plain=plain) for card in round_.cards(author)]
    return with_bare_name("\n".join(cards), other)


def _under(said: SaidWords, card: str) -> SaidWords:
    """Put the other's reflection under the card that it is for."""
    heads = not said.mine and said.slot == Slot.REFLECTION.value
    return replace(said, card=card) if heads else said


async def _said(
    context: RenderContext, me: PartnerId, other: PartnerId, round_: Round, slot: Slot
) -> list[SaidWords]:
    found = []
    for author in (me, other):
        draft = await context.work.words.read(me, author, round_.id, slot)
        if draft is not None and draft.pieces:
            found.append(SaidWords(author == me, slot.value, parts_of(draft.pieces), unsent=draft.unsent))
    return found


async def _with_media(rounds: Sequence[KeptRound], fetch: Fetch) -> tuple[list[KeptRound], Files]:
    files: Files = {}

    async def filled(part: Part) -> Part:
        if not part.source:
            return part
        data = await fetch(part.source) if sum(map(len, files.values())) < MOST_BYTES else None
        if data is None:
            return replace(part, source="")
        kind, ending = TYPES[part.kind]
        name = f"media/{len(files) + 1:04}.{ending}"
        files[name] = data
        return replace(part, source=f"data:{kind};base64,{base64.b64encode(data).decode()}", file=name)

    made = []
    for kept in rounds:
        said = [replace(said, parts=[await filled(part) for part in said.parts]) for said in kept.said]
        made.append(replace(kept, said=said))
    return made, files
