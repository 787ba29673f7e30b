"""A person's own words, quoted back to them; what the coach has to say of them is for them alone."""

from bot.actions import announce
from bot.actions.advice import BEFORE, SUGGEST, text_of
from bot.practice.draft import Draft, Piece, PieceKind
from bot.practice.round import WRITABLE, RoundState, Slot
from bot.telegram.scene import Facts, Scene


async def reflection(scene: Scene) -> Facts | None:
    """Quote a draft that can still be sealed."""
    draft = await _own(scene, Slot.REFLECTION)
    if draft is None or scene.round is None or draft.committed_at or scene.round.state not in WRITABLE:
        return None
    return {"pieces": [_shown(p) for p in draft.pieces], "apart": bool(scene.message.details.get("apart"))}


async def part(scene: Scene) -> Facts | None:
    """Quote a part of a draft that is too long for one message."""
    slot = Slot(str(scene.message.details.get("slot", Slot.REFLECTION)))
    draft = await _own(scene, slot)
    piece, start = scene.piece(draft), scene.message.start
    if piece is None:
        return None
    words = "" if start is None else piece.text[start : scene.message.end]
    kind = PieceKind.TEXT if start else piece.kind
    return {"pieces": [{"kind": kind.value, "text": words}]}


async def sealed(scene: Scene) -> Facts | None:
    """Quote what was sealed, and tell whether it can be taken back."""
    draft = await _own(scene, Slot.REFLECTION)
    if draft is None or draft.committed_at is None or scene.round is None:
        return None
    open_ = scene.round.state is RoundState.WAITING
    return {"pieces": [_shown(p) for p in draft.pieces], "apart": _apart(draft), "open": open_}


async def to_send(scene: Scene) -> Facts | None:
    """Quote a response or a clarification that has not gone out, perhaps with one suggestion."""
    draft = await _own(scene, Slot(str(scene.message.details["slot"])))
    if draft is None or draft.committed_at or not draft.pieces:
        return None
    return {
        "pieces": [_shown(p) for p in draft.pieces],
        "apart": bool(scene.message.details.get("apart")),
        "current": await scene.is_current(),
        "suggestion": await _suggestion(scene, draft),
    }


async def sent(scene: Scene) -> Facts | None:
    """Quote what has gone out, in place of its buttons."""
    draft = await _own(scene, Slot(str(scene.message.details["slot"])))
    return {"pieces": [_shown(p) for p in draft.pieces], "apart": _apart(draft)} if draft else None


async def _own(scene: Scene, slot: Slot) -> Draft | None:
    """Load a partner's own words if they are still the version that the message was queued for."""
    if scene.me is None or scene.round is None:
        return None
    draft = await scene.work.words.own(scene.me.id, scene.round.id, slot)
    return draft if draft.version == scene.message.details.get("version", draft.version) else None


def _shown(piece: Piece) -> Facts:
    return {"kind": piece.kind.value, "text": piece.text}


def _apart(draft: Draft) -> bool:
    """Tell whether a draft was shown in parts, above the message with its buttons."""
    return not announce.fits_one_message(draft)


async def _suggestion(scene: Scene, draft: Draft) -> str:
    """Write the private suggestion that was chosen when these words came; none for most."""
    details = scene.message.details
    adviser = scene.lexicon.adviser(scene.language)
    if SUGGEST not in details or adviser is None or not (scene.me and scene.other):
        return ""
    about = await scene.work.words.read(scene.me.id, scene.other.id, draft.round, Slot.REFLECTION)
    last = str(details.get(BEFORE, "")) or None
    return adviser.words(str(details[SUGGEST]), text_of(draft), text_of(about), last)


async def starter(scene: Scene) -> Facts:
    """Tell the opening that was picked; an empty one for own words."""
    picked = str(scene.message.details.get("starter", ""))
    return {"opening": scene.lexicon.opening(picked, scene.language)}
