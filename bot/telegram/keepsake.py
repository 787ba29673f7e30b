"""The export: a person's keepsake as a file, made in memory and never on disk.

What may stand in it is decided by the seal, when it is sent: own words always, the other's as far as
`words.read` lets them through.
"""

import base64
import io
import json
import zipfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from telegram import InputFile

from bot.messages import MessageKind, Outcome
from bot.practice.draft import Draft
from bot.practice.ids import PartnerId
from bot.practice.round import Round, Slot
from bot.telegram.facts.journal import day
from bot.telegram.scene import Scene
from bot.telegram.sender import Call, Sender
from prompts.deck import Side, with_name
from prompts.keepsake import KeptRound, Part, Said, render

K = MessageKind
Fetch = Callable[[str], Awaitable[bytes | None]]

MOST_ROUNDS = 5_000
MOST_BYTES = 16 * 1024 * 1024  # of media: they stand in the page and beside it, under Telegram's 50 MB
TYPES = {"voice": ("audio/ogg", "ogg"), "video_note": ("video/mp4", "mp4"), "photo": ("image/jpeg", "jpg")}
IN_ORDER = (Slot.REFLECTION, Slot.RESPONSE, Slot.CLARIFICATION, Slot.SECOND_RESPONSE)


@dataclass(frozen=True)
class Keepsake:
    """A person's rounds as they may read them; parts still carry Telegram's file ids."""

    chat: int
    name: str
    language: str
    caption: str
    rounds: Sequence[KeptRound]


async def gather(scene: Scene) -> Keepsake | None:
    """Read all that a person may take along, inside one unit of work; None for somebody who is no more."""
    me = scene.me
    if me is None:
        return None
    couple = await scene.work.couples.of(me.id)
    other = await scene.work.partners.find(couple.other(me.id)) if couple else None
    caption = scene.lexicon.renderer.message(
        K.EXPORT.value,
        scene.language,
        me=me.name,
        other=other.name if other else "",
        operator=scene.here.operator,
        together=other is not None,
    )
    rounds = [await _kept(scene, me.id, r) for r in await scene.work.words.written(me.id, MOST_ROUNDS)]
    return Keepsake(scene.message.chat, me.name, scene.language, caption, rounds)


async def _kept(scene: Scene, me: PartnerId, round_id: Any) -> KeptRound:
    round_ = await scene.work.rounds.get(round_id)
    other = round_.other(me).partner
    prompt = scene.lexicon.prompt(round_.prompt, scene.language)
    name = await _name(scene, other)
    side: Side = 1 if round_.side(me) else 0
    return KeptRound(
        day=day(scene, round_),
        date=round_.local_date.isoformat(),
        label=prompt.label,
        prompt=with_name(prompt.side_text(side), name),
        other=name,
        talked=round_.turn(me).talked,
        said=[said for slot in IN_ORDER for said in await _said(scene, me, other, round_, slot)],
    )


async def _name(scene: Scene, other: PartnerId) -> str:
    """Name the other while the couple lasts; afterwards nobody in particular."""
    couple = await scene.work.couples.of(scene.me.id) if scene.me else None
    known = await scene.work.partners.find(other) if couple and other in couple.partners else None
    return known.name if known else scene.lexicon.renderer.button("the_other", scene.language)


async def _said(scene: Scene, me: PartnerId, other: PartnerId, round_: Round, slot: Slot) -> list[Said]:
    found = []
    for author in (me, other):
        draft = await scene.work.words.read(me, author, round_.id, slot)
        if draft is not None and draft.pieces:
            found.append(Said(author == me, slot.value, _parts(draft)))
    return found


def _parts(draft: Draft) -> list[Part]:
    return [Part(piece.kind.value, piece.text, source=piece.file or "") for piece in draft.pieces]


async def send(keepsake: Keepsake, fetch: Fetch, sender: Sender) -> Outcome:
    """Fetch what was recorded, build the archive in memory, and send it."""
    rounds, files = await _with_media(keepsake.rounds, fetch)
    archive = build(keepsake, rounds, files)
    payload = {
        "chat_id": keepsake.chat,
        "document": InputFile(archive, filename="attune-keepsake.zip"),
        "caption": keepsake.caption,
        "parse_mode": "HTML",
        "protect_content": False,
    }
    return await sender.send(Call("sendDocument", payload))


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
