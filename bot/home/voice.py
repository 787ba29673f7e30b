"""What one person on show would say: the story's words where they fit, others for whatever else is asked."""

from bot.home import script
from bot.home.legible import CardSide
from prompts.demo_words import PlayWords
from prompts.prompt import Task

HOUR = "8:00"


class Voice:
    """One person's words; each of the general ones comes in its turn."""

    def __init__(self, words: PlayWords, *, first: bool) -> None:
        self.name = words.names[0 if first else 1]
        self.words = words
        self._first = first
        self._turn = 0 if first else 1

    def reflection(self, card: CardSide | None) -> str:
        """Write to a card; None: one that is nowhere in the decks."""
        moment, hour = self.words.moment, self.words.hour
        guesses = card is not None and card.prompt.task(card.side) is Task.GUESS
        if card is not None and card.prompt.id == script.MOMENT:
            return moment.first if self._first else moment.second
        if card is not None and card.prompt.id == script.HOUR:
            return hour.guessed if guesses else hour.told
        return self._next(self.words.any.guesses if guesses else self.words.any.moments)

    def answer(self, question: str, heard: str) -> str:
        """Answer a question of the bot's, by its name; `heard` is what the other's words were last."""
        match question:
            case "ask_city":
                return self.words.city
            case "ask_name":
                return self.name
            case "ask_hour_typed":
                return HOUR
            case "clarify_ask":
                return self.words.any.more if self._first else self.words.moment.adds
            case _:
                return self.response(heard, again=question == "response_rewrite")

    def response(self, heard: str, *, again: bool = False) -> str:
        """Say something that shows one was listening; `again` after rewriting."""
        moment, hour, some = self.words.moment, self.words.hour, self.words.any
        if moment.first in heard:
            return moment.better if again else moment.hasty
        answers = (
            (moment.adds, moment.once_more),
            (moment.second, moment.answer),
            (hour.guessed, hour.really),
            (hour.told, hour.seen),
        )
        for theirs, mine in answers:
            if theirs in heard:
                return mine
        guessed = any(guess in heard for guess in some.guesses)
        return self._next(some.really if guessed else some.responses)

    def came_near(self, guess: str) -> bool:
        """Tell whether the other's guess is very near."""
        return self.words.hour.guessed in guess

    def wants_to_rewrite(self, draft: str) -> bool:
        """Tell whether a quoted draft isn't what one wants to say."""
        return self.words.moment.hasty in draft

    def wants_more(self, answer: str) -> bool:
        """Tell whether an answer leaves something to be understood."""
        return self.words.moment.answer in answer

    def _next(self, words: tuple[str, ...]) -> str:
        self._turn += 1
        return words[(self._turn - 1) % len(words)]
