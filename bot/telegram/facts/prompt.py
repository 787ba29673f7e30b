"""What a round's prompt says, and what its kind of prompt practises."""

from bot.practice.partner import Partner
from bot.practice.round import WRITABLE, Round
from bot.telegram.scene import Facts, Scene
from prompts.deck import Side, with_name


def of_round(scene: Scene, round_: Round, me: Partner) -> Facts:
    """Tell a round's prompt as one partner has it: their side, in plain words where they want them."""
    prompt = scene.lexicon.prompt(round_.prompt, scene.language)
    side: Side = 1 if round_.side(me.id) else 0
    name = scene.other.name if scene.other else ""
    arc = scene.lexicon.library(scene.language).arcs.get(prompt.arc) if prompt.arc else None
    begins = round_.arc is not None and prompt.place_in_arc == 1
    return {
        "label": prompt.label,
        "text": with_name(prompt.side_text(side, plain=me.plain), name),
        "hint": with_name(prompt.hint_for(side), name),
        "first": round_.ordinal == 0,
        "arc": arc.announce if arc and begins else "",
        "in_arc": round_.arc is not None,
    }


async def shown(scene: Scene) -> Facts | None:
    """Tell a prompt that can still be written to."""
    if scene.me is None or scene.round is None or scene.round.state not in WRITABLE:
        return None
    found = of_round(scene, scene.round, scene.me)
    return found | {"teach": await _teaching(scene, scene.round, scene.me)}


async def _teaching(scene: Scene, round_: Round, me: Partner) -> str:
    """Tell in two sentences what a way is, the first time that a partner meets it.

    Not in their very first round: that day brings enough to read, and the way comes again.
    """
    way = scene.lexicon.prompt(round_.prompt, scene.language).way
    known = {card.id: card.way for card in scene.lexicon.cards()}
    seen = await scene.work.rounds.seen([me.id])
    first = min(seen, key=seen.__getitem__, default=None)
    met = {known.get(prompt) for prompt in seen if prompt not in (first, round_.prompt)}
    if round_.prompt == first or way in met:
        return ""
    name = scene.other.name if scene.other else ""
    return with_name(scene.lexicon.words(scene.language).ways[way].text, name)


async def ways(scene: Scene) -> Facts:
    """Tell what every way practises, and why."""
    given = scene.lexicon.words(scene.language).ways.values()
    name = scene.lexicon.renderer.button("the_other", scene.language)
    return {"ways": [{"title": way.title, "text": with_name(way.text, name)} for way in given]}


async def reminder(scene: Scene) -> Facts | None:
    """Tell the prompt once more to whoever has not sealed, declined, gone to rest or switched this off."""
    me, round_ = scene.me, scene.round
    if me is None or round_ is None or round_.state not in WRITABLE:
        return None
    turn = round_.turn(me.id)
    if turn.sealed or turn.declined or me.resting or not me.reminders:
        return None
    return of_round(scene, round_, me)
