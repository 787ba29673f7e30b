"""Practising alone: nothing of it reaches a partner, and nothing of it is kept."""

from bot.actions import solo
from bot.telegram.act import Act


async def begin(act: Act) -> None:
    """Tell another moment."""
    current = act.pressed.arguments[0] if act.pressed and act.pressed.arguments else ""
    seed = act.work.new_id() >> 20  # changes with every act
    vignette = act.setting.lexicon.vignette(act.language, seed, besides=current)
    await solo.tell(act.work, act.me, vignette)


async def again(act: Act) -> None:
    """Tell the same moment once more."""
    vignette = act.press.text(0)
    if act.setting.lexicon.has_vignette(act.language, vignette):
        await solo.tell(act.work, act.me, vignette)
    else:
        await begin(act)


async def enough(act: Act) -> None:
    """End it."""
    await solo.enough(act.work, act.me)


async def answer(act: Act, vignette: str) -> None:
    """Read an answer, and say how it would have landed."""
    felt, suggestion = act.setting.lexicon.practise(act.language, vignette, act.text, coached=act.me.coach)
    whisper = act.setting.whispers.keep(suggestion)
    await solo.land(act.work, act.me, vignette, felt, whisper)
