"""A card of one's own: written after /card, quoted, let come, and taken back until it has."""

import re
from collections.abc import Mapping
from typing import Self

from bot.actions import own_card as actions
from bot.actions.people import expect, must_be_together
from bot.messages import Message, MessageKind
from bot.practice.ids import OwnCardId
from bot.practice.naming import says_back
from bot.practice.partner import Expecting
from bot.practice.refusals import Reason, Refusal
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, Unsaid, View
from prompts.courtesies import FINE

K = MessageKind
LET_COME = Key(Verb.CARD_COME, "let_come")
TAKE_BACK = Key(Verb.CARD_BACK, "card_back")
NEVER_MIND = Key(Verb.CARD_BACK, "withdraw")

_COMMAND = re.compile(r"/card(?:@\w+)?(?:\s|$)", re.IGNORECASE)


class CardDraft(View, of=K.CARD_DRAFT):
    """Quotes a card that nobody else has seen, and may offer to soften it."""

    words: str
    blames: bool
    card: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load it; none where another has taken its place."""
        id_ = int(context.message.details[actions.CARD])
        cards = await context.work.own_cards.of(context.me.id) if context.me else []
        card = next((one for one in cards if one.id == id_ and one.ready_at is None), None)
        return (
            cls(words=card.text, blames=bool(context.message.details[actions.BLAMES]), card=id_)
            if card
            else None
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way on, and the way out."""
        del message
        return [[LET_COME(self.card), NEVER_MIND(self.card)]]


class CardWaits(View, of=K.CARD_WAITS):
    """Says that it waits for the next opening."""

    again: bool  # another was wished for
    card: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Take it from the message."""
        details = context.message.details
        return cls(again=bool(details.get(actions.AGAIN)), card=int(details[actions.CARD]))

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back."""
        del message
        return [[TAKE_BACK(self.card)]]


class CardOver(View, of=K.CARD_OVER):
    """Says that it comes to nobody, because the couple has ended."""

    card: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Take it from the message; none where its author has let themselves be forgotten."""
        id_ = int(context.message.details[actions.CARD])
        cards = await context.work.own_cards.of(context.me.id) if context.me else []
        return cls(card=id_) if any(card.id == id_ for card in cards) else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to destroy it."""
        del message
        return [[TAKE_BACK(self.card)]]


def words_in(text: str) -> str:
    """Give the words of a card that stand after its command, as they were written; empty for none."""
    _, *words = text.split(maxsplit=1)
    return "".join(words)


def is_card(text: str) -> bool:
    """Tell whether a message's text is a card's."""
    return _COMMAND.match(text) is not None


async def write(request: Request) -> None:
    """Take what stands after the command as a card; ask for it where nothing does, and one may be written."""
    if not words_in(request.text):
        if await actions.is_due(request.work, request.me):
            await request.ask(Expecting.CARD, K.CARD_ASK)
        return
    await actions.write(request.work, request.me, await _wording(request, words_in(request.text)))


async def typed(request: Request) -> None:
    """Take the answer to what a card is to ask; a no or a never mind is none.

    Raises Refusal CARD_EMPTY for a courtesy.
    """
    content, language = request.services.content, request.language
    courtesy = content.courtesies(language).find(request.text)
    if courtesy != FINE and says_back(request.text, content.names(language)):
        await expect(request.work, request.me)
        await request.say(K.CANCELLED, what=Expecting.CARD.value)
        return
    if courtesy and "?" not in request.text:  # "how are you?" may be one
        raise Refusal(Reason.CARD_EMPTY)
    await actions.write(request.work, request.me, await _wording(request, request.text))
    await expect(request.work, request.me)


async def edited(request: Request) -> None:
    """Take an edit of a card's message."""
    await actions.edit(request.work, request.me, await _wording(request, words_in(request.text)))


async def _wording(request: Request, text: str) -> actions.Wording:
    """Read what was written; whom it names doesn't matter to how it sounds."""
    us = await must_be_together(request.work, request.me.id)
    named = re.sub(rf"\b{re.escape(us.other.name)}\b", "{other}", text, flags=re.IGNORECASE)
    blames = request.services.content.blames(named, request.language)
    return actions.Wording(text, leads_out=request.leads_out, blames=blames)


async def let_come(request: Request) -> None:
    """Let a card come."""
    await actions.let_come(request.work, request.me, OwnCardId(request.press.number(0)), request.source)


async def take_back(request: Request) -> None:
    """Destroy a card that has not come."""
    await actions.take_back(request.work, request.me, OwnCardId(request.press.number(0)), request.source)


COMMANDS: Mapping[str, Handler] = {"card": write}
PRESSES: Mapping[Verb, Handler] = {Verb.CARD_COME: let_come, Verb.CARD_BACK: take_back}
