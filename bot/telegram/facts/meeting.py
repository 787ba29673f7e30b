"""What is said while two people meet: an invitation and its link, and who has come."""

from bot.practice.invite import InviteState
from bot.telegram.scene import Facts, Scene


async def invited(scene: Scene) -> Facts | None:
    """Give the code that the answer carries back; none where the invitation is no more."""
    code = await scene.work.invites.code(scene.message.invite) if scene.message.invite else None
    return {"code": code} if code else None


async def invite(scene: Scene) -> Facts | None:
    """Write the link, as long as it opens."""
    found = await scene.work.invites.get(scene.message.invite) if scene.message.invite else None
    if found is None or found.state is not InviteState.OPEN:
        return None
    code = await scene.work.invites.code(found.id)
    return {"link": f"https://t.me/{scene.here.username}?start={code}"}


async def confirm(scene: Scene) -> Facts | None:
    """Tell who has come, as long as the inviter's word is waited for."""
    found = await scene.work.invites.get(scene.message.invite) if scene.message.invite else None
    if found is None or found.state is not InviteState.CLAIMED:
        return None
    return {"username": (scene.other and scene.other.username) or ""}
