"""The other's words, read through the seal, with the frame before them and what follows."""

from collections.abc import Awaitable, Callable

from bot.practice.draft import PieceKind
from bot.practice.round import Slot
from bot.telegram.scene import Facts, Scene
from prompts.deck import with_name


def words(slot: Slot) -> Callable[[Scene], Awaitable[Facts | None]]:
    """Make a gatherer of a part of the other's words, read through the seal."""

    async def gather(scene: Scene) -> Facts | None:
        if scene.me is None or scene.other is None or scene.round is None:
            return None
        draft = await scene.work.words.read(scene.me.id, scene.other.id, scene.round.id, slot)
        piece = scene.piece(draft)
        if piece is None:
            return None
        return {
            "words": piece.text[scene.message.start : scene.message.end],
            "first": bool(scene.message.details.get("first")),
            "last": bool(scene.message.details.get("last")),
            "cover": scene.cover,
            "protect": scene.other.protect,
            "kind": piece.kind.value,
            "file": piece.file,
            "current": await scene.is_current(),
        }

    return gather


async def frame(scene: Scene) -> Facts | None:
    """Frame the other's words by their prompt's way; nothing where they have been deleted."""
    if scene.round is None or scene.me is None or scene.other is None:
        return None
    theirs = await scene.work.words.read(scene.me.id, scene.other.id, scene.round.id, Slot.REFLECTION)
    if theirs is None or not theirs.pieces:
        return None
    prompt = scene.lexicon.prompt(scene.round.prompt, scene.language)
    chosen = scene.lexicon.words(scene.language).frame_for(
        prompt.way, scene.round.couple, scene.round.ordinal
    )
    heard = (PieceKind.VOICE, PieceKind.VIDEO_NOTE)
    listened = all(piece.kind in heard for piece in theirs.pieces)
    return {
        "frame": with_name(chosen.words(listened=listened), scene.other.name),
        "listened": listened,
        "current": await scene.is_current(),
    }


async def invitation(scene: Scene) -> Facts | None:
    """Offer the starters of the prompt's kind."""
    if scene.round is None:
        return None
    prompt = scene.lexicon.prompt(scene.round.prompt, scene.language)
    given = scene.lexicon.words(scene.language).starters_for(
        prompt.starters, scene.round.couple, scene.round.ordinal
    )
    return {"starters": [(starter.id, starter.button) for starter in given]}


async def closing(scene: Scene) -> Facts | None:
    """Close the round in words that differ from the last ones."""
    if scene.round is None:
        return None
    chosen = scene.lexicon.words(scene.language).closing_for(scene.round.couple, scene.round.ordinal)
    return {"closing": with_name(chosen.text, scene.other.name if scene.other else "")}
