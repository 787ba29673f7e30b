"""What the journal's messages say: the person's own, and what the seal lets through."""

from bot.practice.ids import RoundId
from bot.practice.round import WRITABLE, Round, Slot
from bot.telegram.scene import Facts, Scene
from prompts.deck import Side, with_name


async def page(scene: Scene) -> Facts | None:
    """List a page's rounds as buttons: the date and the kind of prompt."""
    details = scene.message.details
    entries: list[tuple[int, str]] = []
    for number in (int(details[f"round{i}"]) for i in range(10) if f"round{i}" in details):
        round_ = await scene.work.rounds.find(RoundId(number))
        if round_ is not None:
            entries.append((number, f"{day(scene, round_)} · {label(scene, round_)}"))
    return {"entries": entries, "found": bool(details.get("found")), "page": details["page"]}


def day(scene: Scene, round_: Round) -> str:
    """Write a round's date in the reader's language."""
    month = scene.lexicon.renderer.button(f"month_{round_.local_date.month}", scene.language)
    return f"{round_.local_date.day} {month} {round_.local_date.year}"


def label(scene: Scene, round_: Round) -> str:
    """Name the kind of a round's prompt."""
    return scene.lexicon.prompt(round_.prompt, scene.language).label


async def entry(scene: Scene) -> Facts | None:
    """Head a round: its date and its prompt, as this person had it."""
    round_, me = scene.round, scene.me
    if round_ is None or me is None:
        return None
    prompt = scene.lexicon.prompt(round_.prompt, scene.language)
    side: Side = 1 if round_.side(me.id) else 0
    other = await scene.work.partners.find(round_.other(me.id).partner)
    name = other.name if other else scene.lexicon.renderer.button("the_other", scene.language)
    return {
        "day": day(scene, round_),
        "label": prompt.label,
        "text": with_name(prompt.side_text(side, plain=me.plain), name),
    }


async def words(scene: Scene) -> Facts | None:
    """Quote a part of one's own words, or of the other's as far as the seal lets them through."""
    message = scene.message
    if scene.me is None or scene.round is None or message.about is None:
        return None
    slot = Slot(str(message.details["slot"]))
    draft = await scene.work.words.read(scene.me.id, message.about, scene.round.id, slot)
    piece = scene.piece(draft)
    if piece is None:
        return None
    mine = message.about == scene.me.id
    return {
        "words": piece.text[message.start : message.end],
        "first": bool(message.details.get("first")),
        "cover": scene.cover and not mine,
        "protect": not mine and scene.other is not None and scene.other.protect,
        "kind": piece.kind.value,
        "file": piece.file,
        "mine": mine,
        "slot": slot.value,
    }


async def end(scene: Scene) -> Facts | None:
    """Tell what can be done with a round."""
    round_, me = scene.round, scene.me
    if round_ is None or me is None:
        return None
    found = [await scene.work.words.own(me.id, round_.id, slot) for slot in Slot]
    mine = any(draft.pieces for draft in found) and round_.state not in WRITABLE
    return {"talked": round_.turn(me.id).talked, "mine": mine}
