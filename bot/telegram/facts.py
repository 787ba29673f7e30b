"""What a message says besides its fixed words, loaded when it is sent: deletion reaches what is queued.

One function a kind, or none where the names are all it needs. None means that there is nothing to say any
more, and the message is withdrawn. A partner's words come through `words.read`, which keeps the seal.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.actions import announce
from bot.actions.advice import BEFORE, SUGGEST, text_of
from bot.messages import MessageKind
from bot.practice import calendar
from bot.practice.draft import Draft, Piece, PieceKind
from bot.practice.invite import InviteState
from bot.practice.partner import Partner
from bot.practice.round import WRITABLE, Round, RoundState, Slot
from bot.telegram import journal_facts, safety_facts
from bot.telegram.scene import Facts, Scene
from prompts.deck import Side, with_name

K = MessageKind


async def facts(scene: Scene) -> Facts | None:
    """Gather what a message's template and buttons need; None where there is nothing to say any more."""
    base: Facts = {
        "other": scene.other.name if scene.other else "",
        "me": scene.me.name if scene.me else "",
        "operator": scene.here.operator,
    }
    gather = GATHER.get(scene.message.kind)
    if gather is None:
        return base
    found = await gather(scene)
    return None if found is None else base | found


async def _invited(scene: Scene) -> Facts | None:
    code = await scene.work.invites.code(scene.message.invite) if scene.message.invite else None
    return {"code": code} if code else None


async def _invite(scene: Scene) -> Facts | None:
    invite = await scene.work.invites.get(scene.message.invite) if scene.message.invite else None
    if invite is None or invite.state is not InviteState.OPEN:
        return None
    code = await scene.work.invites.code(invite.id)
    return {"link": f"https://t.me/{scene.here.username}?start={code}"}


async def _confirm(scene: Scene) -> Facts | None:
    invite = await scene.work.invites.get(scene.message.invite) if scene.message.invite else None
    if invite is None or invite.state is not InviteState.CLAIMED:
        return None
    return {"username": (scene.other and scene.other.username) or ""}


def _prompt_facts(scene: Scene, round_: Round, me: Partner) -> Facts:
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
        "two_sided": prompt.two_sided,
        "arc": arc.announce if arc and begins else "",
        "in_arc": round_.arc is not None,
    }


async def _prompt(scene: Scene) -> Facts | None:
    if scene.me is None or scene.round is None or scene.round.state not in WRITABLE:
        return None
    found = _prompt_facts(scene, scene.round, scene.me)
    return found | {"teach": await _teaching(scene, scene.round, scene.me)}


async def _teaching(scene: Scene, round_: Round, me: Partner) -> str:
    """Tell in two sentences what a way is, the first time that a partner meets it."""
    way = scene.lexicon.prompt(round_.prompt, scene.language).way
    known = {card.id: card.way for card in scene.lexicon.cards()}
    seen = await scene.work.rounds.seen([me.id])
    if any(known.get(prompt) == way for prompt in seen if prompt != round_.prompt):
        return ""
    name = scene.other.name if scene.other else ""
    return with_name(scene.lexicon.words(scene.language).ways[way].text, name)


async def _ways(scene: Scene) -> Facts:
    us = scene.lexicon.words(scene.language).ways.values()
    name = scene.lexicon.renderer.button("the_other", scene.language)
    return {"ways": [{"title": way.title, "text": with_name(way.text, name)} for way in us]}


async def _reminder(scene: Scene) -> Facts | None:
    me, round_ = scene.me, scene.round
    if me is None or round_ is None or round_.state not in WRITABLE:
        return None
    turn = round_.turn(me.id)
    if turn.sealed or turn.declined or me.resting or not me.reminders:
        return None
    return _prompt_facts(scene, round_, me)


def _shown(piece: Piece) -> Facts:
    return {"kind": piece.kind.value, "text": piece.text}


async def _own(scene: Scene, slot: Slot) -> Draft | None:
    """Load a partner's own words if they are still the version that the message was queued for."""
    if scene.me is None or scene.round is None:
        return None
    draft = await scene.work.words.own(scene.me.id, scene.round.id, slot)
    return draft if draft.version == scene.message.details.get("version", draft.version) else None


async def _draft(scene: Scene) -> Facts | None:
    draft = await _own(scene, Slot.REFLECTION)
    if draft is None or scene.round is None or draft.committed_at or scene.round.state not in WRITABLE:
        return None
    return {"pieces": [_shown(p) for p in draft.pieces], "apart": bool(scene.message.details.get("apart"))}


async def _sealed(scene: Scene) -> Facts | None:
    draft = await _own(scene, Slot.REFLECTION)
    if draft is None or draft.committed_at is None or scene.round is None:
        return None
    open_ = scene.round.state is RoundState.WAITING
    return {"pieces": [_shown(p) for p in draft.pieces], "apart": _apart(draft), "open": open_}


def _apart(draft: Draft) -> bool:
    """Tell whether a draft was shown in parts, above the message with its buttons."""
    return not announce.fits_one_message(draft)


async def _draft_part(scene: Scene) -> Facts | None:
    slot = Slot(str(scene.message.details.get("slot", Slot.REFLECTION)))
    draft = await _own(scene, slot)
    piece, start = _piece(scene, draft), scene.message.start
    if piece is None:
        return None
    words = "" if start is None else piece.text[start : scene.message.end]
    kind = PieceKind.TEXT if start else piece.kind
    return {"pieces": [{"kind": kind.value, "text": words}]}


def _piece(scene: Scene, draft: Draft | None) -> Piece | None:
    if draft is None:
        return None
    return next((piece for piece in draft.pieces if piece.id == scene.message.piece), None)


async def _to_send(scene: Scene) -> Facts | None:
    draft = await _own(scene, Slot(str(scene.message.details["slot"])))
    if draft is None or draft.committed_at or not draft.pieces:
        return None
    return {
        "pieces": [_shown(p) for p in draft.pieces],
        "apart": bool(scene.message.details.get("apart")),
        "current": await _current(scene),
        "suggestion": await _suggestion(scene, draft),
    }


async def _current(scene: Scene) -> bool:
    """Tell whether a message is about the couple's newest round."""
    newest = await scene.work.rounds.latest(scene.round.couple) if scene.round else None
    return newest is None or newest.id == scene.message.round


async def _suggestion(scene: Scene, draft: Draft) -> str:
    """Write the private suggestion that was chosen when these words came; none for most."""
    details = scene.message.details
    adviser = scene.lexicon.adviser(scene.language)
    if SUGGEST not in details or adviser is None or not (scene.me and scene.other):
        return ""
    about = await scene.work.words.read(scene.me.id, scene.other.id, draft.round, Slot.REFLECTION)
    last = str(details.get(BEFORE, "")) or None
    return adviser.words(str(details[SUGGEST]), text_of(draft), text_of(about), last)


async def _sent(scene: Scene) -> Facts | None:
    draft = await _own(scene, Slot(str(scene.message.details["slot"])))
    return {"pieces": [_shown(p) for p in draft.pieces], "apart": _apart(draft)} if draft else None


def _others(slot: Slot) -> Callable[[Scene], Awaitable[Facts | None]]:
    """Make a gatherer of a part of the other's words, read through the seal."""

    async def gather(scene: Scene) -> Facts | None:
        if scene.me is None or scene.other is None or scene.round is None:
            return None
        draft = await scene.work.words.read(scene.me.id, scene.other.id, scene.round.id, slot)
        piece = _piece(scene, draft)
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
            "current": await _current(scene),
        }

    return gather


async def _frame(scene: Scene) -> Facts | None:
    if scene.round is None or scene.me is None or scene.other is None:
        return None
    words = await scene.work.words.read(scene.me.id, scene.other.id, scene.round.id, Slot.REFLECTION)
    if words is None or not words.pieces:
        return None
    prompt = scene.lexicon.prompt(scene.round.prompt, scene.language)
    frame = scene.lexicon.words(scene.language).frame_for(prompt.way, scene.round.couple, scene.round.ordinal)
    heard = (PieceKind.VOICE, PieceKind.VIDEO_NOTE)
    listened = all(piece.kind in heard for piece in words.pieces)
    return {
        "frame": with_name(frame.words(listened=listened), scene.other.name),
        "listened": listened,
        "current": await _current(scene),
    }


async def _invitation(scene: Scene) -> Facts | None:
    if scene.round is None:
        return None
    prompt = scene.lexicon.prompt(scene.round.prompt, scene.language)
    words = scene.lexicon.words(scene.language)
    given = words.starters_for(prompt.starters, scene.round.couple, scene.round.ordinal)
    return {"starters": [(starter.id, starter.button) for starter in given]}


async def _starter(scene: Scene) -> Facts:
    starter = str(scene.message.details.get("starter", ""))
    return {"opening": scene.lexicon.opening(starter, scene.language)}


async def _closing(scene: Scene) -> Facts | None:
    if scene.round is None:
        return None
    closing = scene.lexicon.words(scene.language).closing_for(scene.round.couple, scene.round.ordinal)
    return {"closing": with_name(closing.text, scene.other.name if scene.other else "")}


async def _standing(scene: Scene) -> Facts:
    details = scene.message.details
    found: Facts = {"standing": details["standing"], "gone": bool(details.get("gone"))}
    found |= {"text": "", "label": "", "hint": ""}
    found |= _next(scene)
    if scene.round is not None and scene.me is not None:
        found |= _prompt_facts(scene, scene.round, scene.me)
    return found


def _next(scene: Scene) -> Facts:
    due = scene.couple.next_opening if scene.couple and not scene.couple.parted_at else None
    if due is None:
        return {"next_time": "", "next_ahead": 0, "next_weekday": ""}
    days = calendar.local_date(due, scene.zone) - calendar.local_date(scene.work.now, scene.zone)
    local = due.astimezone(calendar.zone_named(scene.zone))
    return {
        "next_time": local.strftime("%H:%M"),
        "next_ahead": days.days,
        "next_weekday": scene.lexicon.renderer.button(f"weekday_{local.weekday()}", scene.language),
    }


async def _rhythm(scene: Scene) -> Facts | None:
    if scene.couple is None or scene.couple.parted_at is not None:
        return None
    days = sorted(scene.couple.rhythm.weekdays)
    names = [scene.lexicon.renderer.button(f"weekday_{d}", scene.language) for d in days]
    return {
        "own": bool(scene.message.details.get("own")),
        "zone_known": bool(scene.me and scene.me.zone),
        "hour": _hour(scene),
        "days": "" if len(days) == len(calendar.EVERY_DAY) else ", ".join(names),
        **_next(scene),
    }


def _hour(scene: Scene) -> str:
    """Tell the couple's hour as the reader's clock shows it at the next opening."""
    if scene.couple is None:
        return ""
    rhythm = scene.couple.rhythm
    today = calendar.local_date(scene.work.now, rhythm.zone)
    moment: datetime = scene.couple.next_opening or calendar.instant(today, rhythm.minute, rhythm.zone)
    return moment.astimezone(calendar.zone_named(scene.zone)).strftime("%H:%M")


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


async def _settings(scene: Scene) -> Facts | None:
    me = scene.me
    if me is None:
        return None
    found: Facts = {
        "together": scene.couple is not None,
        "hour": "",
        "days": "",
        "weekdays": frozenset(),
        "zone": (me.zone or "").replace("_", " "),
        "quiet_start": _clock(me.quiet.start) if me.quiet.minutes else "",
        "quiet_end": _clock(me.quiet.end),
        "reminders": me.reminders,
        "depth": me.depth,
        "protect": me.protect,
        "cover": me.cover,
        "plain": me.plain,
        "coach": me.coach,
    }
    if scene.couple is not None:
        found |= await _rhythm(scene) or {}
        found["weekdays"] = scene.couple.rhythm.weekdays
    return found


async def _zone_set(scene: Scene) -> Facts:
    now = scene.work.now.astimezone(calendar.zone_named(scene.zone))
    chosen = scene.couple is not None and scene.couple.rhythm.set_by is not None
    found = await _rhythm(scene) if chosen and scene.message.details.get("news") else None
    return {"clock": now.strftime("%H:%M"), "hour": "", "days": "", **_next(scene), **(found or {})}


async def _solo(scene: Scene) -> Facts | None:
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


async def _privacy(scene: Scene) -> Facts:
    kept = scene.here.retention
    return {"messages": kept.messages, "updates": kept.updates, "invites": kept.invites}


async def _details(scene: Scene) -> Facts:
    return dict(scene.message.details)


Gather = Callable[[Scene], Awaitable[Facts | None]]

GATHER: Mapping[MessageKind, Gather] = {
    K.WELCOME_INVITED: _invited,
    K.INVITE: _invite,
    K.CONFIRM_JOINER: _confirm,
    K.PROMPT: _prompt,
    K.REMINDER: _reminder,
    K.WAYS: _ways,
    K.DRAFT: _draft,
    K.DRAFT_PART: _draft_part,
    K.SEALED: _sealed,
    K.REVEAL_FRAME: _frame,
    K.REVEAL_WORDS: _others(Slot.REFLECTION),
    K.REVEAL_MEDIA: _others(Slot.REFLECTION),
    K.REVEAL_INVITE: _invitation,
    K.STARTER: _starter,
    K.RESPONSE_DRAFT: _to_send,
    K.CLARIFICATION_DRAFT: _to_send,
    K.RESPONSE_SENT: _sent,
    K.CLARIFICATION_SENT: _sent,
    K.RESPONSE_WORDS: _others(Slot.RESPONSE),
    K.RESPONSE_MEDIA: _others(Slot.RESPONSE),
    K.CLARIFICATION_WORDS: _others(Slot.CLARIFICATION),
    K.CLARIFICATION_MEDIA: _others(Slot.CLARIFICATION),
    K.SECOND_RESPONSE_WORDS: _others(Slot.SECOND_RESPONSE),
    K.SECOND_RESPONSE_MEDIA: _others(Slot.SECOND_RESPONSE),
    K.CLOSING: _closing,
    K.TODAY: _standing,
    K.PLAIN: _standing,
    K.JOURNAL: journal_facts.page,
    K.JOURNAL_ENTRY: journal_facts.entry,
    K.JOURNAL_WORDS: journal_facts.words,
    K.JOURNAL_MEDIA: journal_facts.words,
    K.JOURNAL_END: journal_facts.end,
    K.RHYTHM_SET: _rhythm,
    K.SETTINGS: _settings,
    K.SETTINGS_HOUR: _settings,
    K.SETTINGS_DAYS: _settings,
    K.SETTINGS_QUIET: _settings,
    K.SETTINGS_DEPTH: _settings,
    K.ZONE_SET: _zone_set,
    K.SOLO: _solo,
    K.SOLO_FELT: _solo,
    K.SOLO_ANSWERS: _solo,
    K.SAFETY: safety_facts.page,
    K.SAFETY_LINES: safety_facts.lines,
    K.PRIVACY: _privacy,
    K.CANCELLED: _details,
    K.REFUSAL: _details,
}
