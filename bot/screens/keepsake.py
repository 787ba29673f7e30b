"""The keepsake: what a person may take along as a file.

What may stand in it is decided when it is sent: own words always, the other's as far as `words.read` lets them
through and their author allows it; where they don't, it stands there that the words stay in the chat.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Self

from bot.actions import export, highlight
from bot.messages import MessageKind
from bot.practice import calendar, covers
from bot.practice.covers import unmarked
from bot.practice.friend import STEPS
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.reveal import may_keep
from bot.practice.round import Slot
from bot.practice.talk import Talk, TalkState
from bot.screens.call import File
from bot.screens.context import RenderContext
from bot.screens.journal import written_day
from bot.screens.kept import Files, KeptParcel, kept_round, parts_of, with_whom
from bot.screens.request import Handler, Request
from bot.screens.view import View
from prompts.keepsake import KeptRound, Part, SaidWords, render

K = MessageKind

MOST_ROUNDS = 5_000


class Export(View, of=K.EXPORT):
    """The words beside the file; the other's name is looked up, for the message is about nobody."""

    together: bool
    lent: bool  # the other lets their words be in it
    other: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Look who the person practises with now, and what that one allows."""
        couple, other = await with_whom(context)
        lent = couple is not None and other is not None and may_keep(other, couple)
        return cls(together=other is not None, lent=lent, other=other.name if other else "")


async def gather(context: RenderContext) -> KeptParcel | None:
    """Read all that a person may take along, inside one unit of work; None for somebody who is no more."""
    me = context.me
    if me is None:
        return None
    view = await Export.load(context)
    words = context.names() | view.values()
    caption = context.content.renderer.message(K.EXPORT.value, context.language, **words)
    rounds = []
    for id_ in await context.work.words.written(me.id, MOST_ROUNDS):
        kept = await kept_round(context, me, await context.work.rounds.get(id_), lent=view.lent)
        stays = await _stays(context, me, id_) if view.lent else []
        said = [_as_allowed(said, lent=view.lent) for said in kept.said]
        rounds.append(replace(kept, said=said, stays=stays))
    rounds += await _waiting(context, me)
    rounds += await _own_cards(context, me)
    rounds += [
        page for talk in await context.work.talks.mine(me.id) for page in await _talk(context, me, talk, view)
    ]
    rounds += await _letters(context, me, lent=view.lent)
    rounds += await _pulses(context, me)
    rounds += await _sittings(context, me)
    return KeptParcel(context.message.chat, me.name, context.language, caption, rounds, build)


def _as_allowed(said: SaidWords, *, lent: bool) -> SaidWords:
    """Leave the other's words out where they don't allow them."""
    return said if said.mine or lent else replace(said, parts=[], withheld=True)


async def _stays(context: RenderContext, me: Partner, round_: RoundId) -> list[str]:
    """Read what a person has marked of the other's words in a round, in its order."""
    marked = await context.work.highlights.of(me.id, MOST_ROUNDS, round_=round_)
    read = [await highlight.read(context.work, one) for one in reversed(marked)]
    whole = ((one.text, ((0, len(one.text)),) if one.covered else ()) for one in read if one is not None)
    return [covers.marked(text, ranges) for text, ranges in whole]


async def _waiting(context: RenderContext, me: Partner) -> list[KeptRound]:
    """Take along what still waits for its place, as a page of its own."""
    pieces = await context.work.kept.of(me.id)
    today = calendar.local_date(context.work.now, context.zone)
    given = {"day": written_day(context, today), "date": today.isoformat(), "label": context.say("waiting")}
    said = [SaidWords(True, Slot.REFLECTION.value, parts_of(pieces))]  # noqa: FBT003 (mine)
    return [KeptRound(**given, prompt="", other="", talked=False, said=said)] if pieces else []


async def _own_cards(context: RenderContext, me: Partner) -> list[KeptRound]:
    """Take along the cards of one's own that have not come, each as a page."""
    found = []
    for card in await context.work.own_cards.of(me.id):
        if card.round is None:
            day = calendar.local_date(card.made_at, context.zone)
            said = [SaidWords(True, Slot.REFLECTION.value, [Part("text", card.text)])]  # noqa: FBT003 (mine)
            given = {"day": written_day(context, day), "date": day.isoformat()}
            label = context.say("own_card_mine")
            found.append(KeptRound(**given, label=label, prompt="", other="", talked=False, said=said))
    return found


async def _talk(context: RenderContext, me: Partner, talk: Talk, view: Export) -> list[KeptRound]:
    """Take along what was said in a talk, as a page: one's own; the other's where both kept it and they allow it."""
    day = calendar.local_date(talk.asked_at, context.zone)
    said = [
        _as_allowed(SaidWords(one.author == me.id, one.label, parts_of(one.pieces)), lent=view.lent)
        for one in await context.work.talks.said(me.id, talk)
        if one.pieces and (one.author == me.id or talk.state is TalkState.KEPT)
    ]
    other = view.other if view.together else context.say("the_other")
    given = {"day": written_day(context, day), "date": day.isoformat(), "label": context.say(talk.kind.value)}
    return [KeptRound(**given, prompt="", other=other, talked=False, said=said)] if said else []


async def _letters(context: RenderContext, me: Partner, *, lent: bool) -> list[KeptRound]:
    """Take along one's own letters for later, and the other's that have opened, where they allow it."""
    found = []
    theirs = await context.work.capsules.opened_to(me.id, MOST_ROUNDS) if lent else []
    opened = [await context.work.capsules.read(me.id, id_) for id_ in theirs]
    letters = [*await context.work.capsules.of(me.id), *(one for one in opened if one is not None)]
    for letter in letters:
        mine = letter.author == me.id
        day = calendar.local_date(letter.sealed_at or letter.made_at, context.zone)
        said = [SaidWords(mine, Slot.REFLECTION.value, parts_of(letter.pieces))]
        other = "" if mine else (await context.work.partners.get(letter.author)).name
        label = context.say("letter")
        given = {"day": written_day(context, day), "date": day.isoformat(), "label": label}
        found.append(KeptRound(**given, prompt="", other=other, talked=False, said=said))
    return found


async def _pulses(context: RenderContext, me: Partner) -> list[KeptRound]:
    """Take along what was tapped about the weeks, as one page: a line a week."""
    pulses = [pulse for pulse in await context.work.pulses.of(me.id) if pulse.given]
    if not pulses:
        return []
    text = "\n".join(f"{pulse.week}: {', '.join(map(str, pulse.given))}" for pulse in pulses)
    given = {"day": written_day(context, pulses[-1].week), "date": pulses[-1].week.isoformat()}
    said = [SaidWords(True, Slot.REFLECTION.value, [Part("text", text)])]  # noqa: FBT003 (mine)
    return [KeptRound(**given, label=context.say("pulse"), prompt="", other="", talked=False, said=said)]


async def _sittings(context: RenderContext, me: Partner) -> list[KeptRound]:
    """Take along what was kept of the neutral friend, each as a page."""
    found = []
    for sitting in await context.work.sittings.of(me.id):
        day = calendar.local_date(sitting.begun_at, context.zone)
        parts = [Part("text", words) for step in range(len(STEPS)) if (words := sitting.said(step))]
        said = [SaidWords(True, Slot.REFLECTION.value, parts)]  # noqa: FBT003 (mine)
        given = {"day": written_day(context, day), "date": day.isoformat(), "label": context.say("friend")}
        found.append(KeptRound(**given, prompt="", other="", talked=False, said=said))
    return found


def build(keepsake: KeptParcel, rounds: Sequence[KeptRound], files: Files) -> File:
    """Make the archive: the page, the same as JSON, and what was recorded."""
    page = render(rounds, keepsake.name, keepsake.language)
    facts = [asdict(kept) for kept in rounds]
    for part in (part for kept in facts for said in kept["said"] for part in said["parts"]):
        del part["source"]
        part["text"], part["covers"] = unmarked(part["text"])
    for kept in facts:
        kept["stays"] = [unmarked(sentence)[0] for sentence in kept["stays"]]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("keepsake.html", page)
        text = json.dumps({"name": keepsake.name, "rounds": facts}, ensure_ascii=False, indent=1)
        archive.writestr("keepsake.json", text)
        for name, data in files.items():
            archive.writestr(name, data)
    return File("attune-keepsake.zip", made.getvalue())


async def take_away(request: Request) -> None:
    """Send a person their own keepsake."""
    await export.export(request.work, request.me)


COMMANDS: Mapping[str, Handler] = {"export": take_away}
