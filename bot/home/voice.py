"""What one person on show would say: the story's words where they fit, others for whatever else is asked."""

from bot.home import script

# What each answers to which words of the other's; the first that fits is said.
_ANSWERS = (
    (script.SAM_ADDS, script.NOA_ONCE_MORE),
    (script.SAM_MOMENT, script.NOA_ANSWER),
    (script.HOUR_GUESSED, script.HOUR_REALLY),
    (script.HOUR_TOLD, script.HOUR_SEEN),
)
_REWRITTEN = (script.NOA_MOMENT, script.SAM_SUGGESTS, script.SAM_ANSWER)


class Voice:
    """One person's words; each of the general ones comes in its turn."""

    def __init__(self, name: str, *, first: bool) -> None:
        self.name = name
        self._first = first
        self._turn = 0 if first else 1

    def reflection(self, prompt: str) -> str:
        """Write to a prompt."""
        if "stayed with you" in prompt:
            return script.NOA_MOMENT if self._first else script.SAM_MOMENT
        if "hardest hour" in prompt:
            return script.HOUR_TOLD
        if "week was the hardest" in prompt:
            return script.HOUR_GUESSED
        guesses = any(word in prompt for word in ("Imagine", "Guess", "guess"))
        return self._next(script.GUESSES if guesses else script.MOMENTS)

    def answer(self, question: str, heard: str) -> str:
        """Answer a question of the bot's; `heard` is what the other's words were last."""
        if "Where are you" in question:
            return script.ZONE.rpartition("/")[2]
        if "call you" in question:
            return self.name
        if "time suits" in question:
            return "8:00"
        if "would you like" in question:
            return script.MORE if self._first else script.SAM_ADDS
        return self.response(heard, again="Take your time" in question)

    def response(self, heard: str, *, again: bool = False) -> str:
        """Say something that shows one was listening; `again` after rewriting."""
        told, hasty, better = _REWRITTEN
        if told in heard:
            return better if again else hasty
        for theirs, mine in _ANSWERS:
            if theirs in heard:
                return mine
        guessed = any(guess in heard for guess in script.GUESSES)
        return self._next(script.REALLY if guessed else script.RESPONSES)

    def came_near(self, guess: str) -> bool:
        """Tell whether the other's guess is very near."""
        return script.HOUR_GUESSED in guess

    def wants_to_rewrite(self, draft: str) -> bool:
        """Tell whether a quoted draft isn't what one wants to say."""
        return script.SAM_SUGGESTS in draft

    def wants_more(self, answer: str) -> bool:
        """Tell whether an answer leaves something to be understood."""
        return script.NOA_ANSWER in answer

    def _next(self, words: tuple[str, ...]) -> str:
        self._turn += 1
        return words[(self._turn - 1) % len(words)]
