"""Where things stand, what is kept, and practising alone."""

from bot.telegram.facts.prompt import of_round
from bot.telegram.facts.rhythm import coming
from bot.telegram.scene import Facts, Scene
from storage.sweep import NEWEST


async def standing(scene: Scene) -> Facts:
    """Tell what of the round is the reader's own, and when the next one comes."""
    details = scene.message.details
    found: Facts = {"standing": details["standing"], "gone": bool(details.get("gone"))}
    found |= {"text": "", "label": "", "hint": ""}
    found |= coming(scene)
    if scene.round is not None and scene.me is not None:
        found |= of_round(scene, scene.round, scene.me)
    return found


async def solo(scene: Scene) -> Facts | None:
    """Tell a moment to practise on, how an answer landed, and two that could also land well."""
    details = scene.message.details
    told = scene.lexicon.told(scene.language, str(details["vignette"]))
    if told is None:
        return None
    felt = str(details.get("felt", "partly"))
    return {
        "text": told.text,
        "reply": {"heard": told.heard, "partly": told.partly, "unheard": told.unheard}.get(felt, told.partly),
        "suggestion": scene.here.whispers.hear(int(details.get("whisper", 0))),
        "answers": told.answers,
    }


async def privacy(scene: Scene) -> Facts:
    """Tell for how many days what is kept."""
    kept = scene.here.retention
    return {"messages": kept.messages, "updates": kept.updates, "newest": NEWEST, "invites": kept.invites}


async def details(scene: Scene) -> Facts:
    """Tell what the message itself carries."""
    return dict(scene.message.details)
