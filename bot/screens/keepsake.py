"""The keepsake: what a person may take along as a file, made in memory and never on disk.

What may stand in it is decided when it is sent: own words always, the other's as far as `words.read` lets them
through and their author allows it; where they don't, it stands there that the words are kept to the chat.
"""

import base64
import io
import json
import zipfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Self

from bot.actions import export
from bot.messages import MessageKind
from bot.practice import calendar
from bot.practice.couple import Couple
from bot.practice.draft import Piece
from bot.practice.ids import PartnerId, RoundId
from bot.practice.partner import Partner
from bot.practice.reveal import may_keep
from bot.practice.round import Round, Slot
from bot.screens.call import Call, File
from bot.screens.context import RenderContext
from bot.screens.journal import day_of, written_day
from bot.screens.prompt import card_text
from bot.screens.request import Handler, Request
from bot.screens.view import View
from prompts.deck import with_bare_name
from prompts.keepsake import KeptRound, Part, Said, render

K = MessageKind
Fetch = Callable[[str], Awaitable[bytes | None]]

MOST_ROUNDS = 5_000
MOST_BYTES = 16 * 1024 * 1024  # of media: they stand in the page and beside it, under Telegram's 50 MB
TYPES = {"voice": ("audio/ogg", "ogg"), "video_note": ("video/mp4", "mp4"), "photo": ("image/jpeg", "jpg")}
IN_ORDER = (Slot.REFLECTION, Slot.RESPONSE, Slot.CLARIFICATION, Slot.SECOND_RESPONSE)


class Export(View, of=K.EXPORT):
    """The words beside the file; the other's name is looked up, for the message is about nobody."""

    together: bool
    lent: bool  # the other lets their words be in it
    other: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Look who the person practises with now, and what that one allows."""
        couple, other = await _with_whom(context)
        lent = couple is not None and other is not None and may_keep(other, couple)
        return cls(together=other is not None, lent=lent, other=other.name if other else "")


async def _with_whom(context: RenderContext) -> tuple[Couple | None, Partner | None]:
    """Load the couple that the reader is in now, and the other one."""
    couple = await context.work.couples.of(context.me.id) if context.me else None
    if couple is None or context.me is None:
        return None, None
    return couple, await context.work.partners.find(couple.other(context.me.id))


@dataclass(frozen=True)
class Keepsake:
    """A person's rounds as they may read them; parts still carry Telegram's file ids."""

    chat: int
    name: str
    language: str
    caption: str
    rounds: Sequence[KeptRound]


async def gather(context: RenderContext) -> Keepsake | None:
    """Read all that a person may take along, inside one unit of work; None for somebody who is no more."""
    me = context.me
    if me is None:
        return None
    view = await Export.load(context)
    words = context.names() | view.values()
    caption = context.content.renderer.message(K.EXPORT.value, context.language, **words)
    written = await context.work.words.written(me.id, MOST_ROUNDS)
    rounds = [await _kept(context, me, r, lent=view.lent) for r in written]
    rounds += await _waiting(context, me)
    return Keepsake(context.message.chat, me.name, context.language, caption, rounds)


async def _kept(context: RenderContext, me: Partner, round_id: RoundId, *, lent: bool) -> KeptRound:
    round_ = await context.work.rounds.get(round_id)
    other = round_.other(me.id).partner
    name = await _name(context, other)
    prompt = context.content.prompt(round_.answered(me.id), context.language)
    mine, theirs = _card(context, round_, me.id, name), _card(context, round_, other, me.name)
    said = [said for slot in IN_ORDER for said in await _said(context, me.id, other, round_, slot)]
    return KeptRound(
        day=day_of(context, round_),
        date=round_.local_date.isoformat(),
        label=prompt.label,
        prompt=mine,
        other=name,
        talked=round_.turn(me.id).talked,
        said=[_as_allowed(one, theirs if theirs != mine else "", lent=lent) for one in said],
    )


def _card(context: RenderContext, round_: Round, author: PartnerId, other: str) -> str:
    """Write the card that an author's words are for, in the reader's choice of words; `other` is whom it names."""
    plain = context.me is not None and context.me.plain
    return with_bare_name(card_text(context, round_, author, round_.answered(author), plain=plain), other)


def _as_allowed(said: Said, card: str, *, lent: bool) -> Said:
    """Put the other's reflection under the card that it is for; leave their words out where they don't allow them."""
    if said.mine:
        return said
    under = card if said.slot == Slot.REFLECTION.value else ""
    return replace(said, card=under) if lent else replace(said, card=under, parts=[], withheld=True)


async def _waiting(context: RenderContext, me: Partner) -> list[KeptRound]:
    """Take along what still waits for its place, as a page of its own."""
    pieces = await context.work.kept.of(me.id)
    today = calendar.local_date(context.work.now, context.zone)
    given = {"day": written_day(context, today), "date": today.isoformat(), "label": context.say("waiting")}
    said = [Said(True, Slot.REFLECTION.value, _parts(pieces))]  # noqa: FBT003 (mine)
    return [KeptRound(**given, prompt="", other="", talked=False, said=said)] if pieces else []


async def _name(context: RenderContext, other: PartnerId) -> str:
    """Return the other's name while the couple lasts; afterwards nobody in particular."""
    _, known = await _with_whom(context)
    return known.name if known and known.id == other else context.say("the_other")


async def _said(
    context: RenderContext, me: PartnerId, other: PartnerId, round_: Round, slot: Slot
) -> list[Said]:
    found = []
    for author in (me, other):
        draft = await context.work.words.read(me, author, round_.id, slot)
        if draft is not None and draft.pieces:
            found.append(Said(author == me, slot.value, _parts(draft.pieces)))
    return found


def _parts(pieces: Sequence[Piece]) -> list[Part]:
    return [Part(piece.kind.value, piece.text, source=piece.file or "") for piece in pieces]


async def pack(keepsake: Keepsake, fetch: Fetch) -> Call:
    """Fetch what was recorded, build the archive in memory, and make the call that sends it."""
    rounds, files = await _with_media(keepsake.rounds, fetch)
    payload = {
        "chat_id": keepsake.chat,
        "document": File("attune-keepsake.zip", build(keepsake, rounds, files)),
        "caption": keepsake.caption,
        "parse_mode": "HTML",
        "protect_content": False,
    }
    return Call("sendDocument", payload)


def build(keepsake: Keepsake, rounds: Sequence[KeptRound], files: dict[str, bytes]) -> bytes:
    """Make the archive: the page, the same as JSON, and what was recorded."""
    page = render(rounds, keepsake.name, keepsake.language)
    facts = [asdict(kept) for kept in rounds]
    for part in (part for kept in facts for said in kept["said"] for part in said["parts"]):
        del part["source"]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("keepsake.html", page)
        text = json.dumps({"name": keepsake.name, "rounds": facts}, ensure_ascii=False, indent=1)
        archive.writestr("keepsake.json", text)
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


async def _with_media(rounds: Sequence[KeptRound], fetch: Fetch) -> tuple[list[KeptRound], dict[str, bytes]]:
    files: dict[str, bytes] = {}

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


async def take_away(request: Request) -> None:
    """Send a person their own keepsake."""
    await export.export(request.work, request.me)


COMMANDS: Mapping[str, Handler] = {"export": take_away}
