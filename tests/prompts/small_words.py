"""A small set of words, whole and free of findings, that a test can break in one place."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from prompts.source import ROOT
from prompts.template import TemplateValues

DECK = """\
title = "Taking in"
label = "listening"
way = "listening"

[[prompt]]
id = "listening-stayed"
depth = 1
text = "Tell {other} about a moment this week that stayed with you. What was it like inside?"
hint = "Start with where you were."
starters = "reflect"

[[prompt]]
id = "listening-hour"
depth = 2
sides = [
  "Tell {other} about one hour of your day. What did it feel like?",
  "Imagine one hour of {other}'s day. What may it have felt like?",
]
form = "guess"
single = "Tell {other} about one hour of your day, from start to end."
hints = ["The first hour will do.", "A guess is enough."]
starters = "imagine"
heavy = true
"""
SENSES = {
    "hear": "Which sound did you like today? Tell {other} where it came from.",
    "smell": "Is there a smell in the place where you live that means home to you?",
    "taste": "Name the best bite of the week, and who else was there when you ate it.",
    "touch": "Describe a thing you touch every morning. How old is it by now?",
    "see": "What colour had the sky when you first noticed it? Describe it for {other}.",
}
ARC = """\
title = "Senses"
label = "every day"
way = "daily"

[arc]
id = "arc-senses"
announce = "A week with a thread: what your senses notice."
""" + "".join(
    f"""
[[prompt]]
id = "daily-{sense}"
depth = 1
text = "{words}"
hint = "The first one that comes to you."
starters = "good"
"""
    for sense, words in SENSES.items()
)
STARTERS = "".join(
    f"""[[starter]]
id = "{kind}-{number}"
kind = "{kind}"
button = "{button} …"
follows = "clause"
joins = ["You were sad."]
alone = ["Sad"]

"""
    for kind in ("reflect", "sense", "imagine", "good", "thanks", "near", "learned", "answer")
    for number, button in enumerate(("What I hear is", "It seems to me", "Now I see"), start=1)
)
FRAMES = """\
[[frame]]
id = "slowly"
text = "Read slowly. Look for the feeling."
text_listened = "Listen slowly. Notice the feeling."

[[frame]]
id = "glad"
ways = ["good"]
text = "Something good is here. What did {other} enjoy most about it?"
text_listened = "Something good is here. What did {other} enjoy most about it?"

[[frame]]
id = "guessed"
tasks = ["guess"]
text = "This one is about you. How near is it?"
text_listened = "This one is about you. How near is it?"

[[frame]]
id = "asked"
tasks = ["ask"]
text = "Here's a question for you. You can answer it next."
text_listened = "Here's a question for you. You can answer it next."
"""
SIDES = "".join(
    f"""[[side]]
id = "{line}"
text = "This is what {{other}} is asked."

"""
    for line in ("tell", "guess", "guess-both", "mirror", "asked", "ask", "ask-both")
)
THEMES = """\
[[theme]]
id = "fun"
title = "Fun"
text = "Jokes and games."

[[theme]]
id = "touch"
title = "Touch"
text = "A hand, a hug."
sensitive = true
from_depth = 2

[[theme]]
id = "children"
title = "Children"
text = "For two who have children in their lives."
fits = "children"
"""
TOGETHER = """\
[[thing]]
id = "together-window"
where = "near"
text = "Stand at a window for a while."

[[thing]]
id = "together-call"
where = "apart"
text = "Ring each other up and hum a tune."

[[thing]]
id = "together-hold-hands"
where = "near"
theme = "touch"
text = "Hold hands for a song."
"""
CLOSINGS = """\
[[closing]]
id = "in-person"
text = "If there's more, say it in person."
"""
WAYS = "".join(
    f"""[[way]]
id = "{way}"
title = "Practice"
text = "This is what it is. This is why it helps."
source = "A study, and what it found."

"""
    for way in ("listening", "perspective", "validation", "roots", "good", "daily", "repair")
)
HELLO = """\
{% from "_macros.html.j2" import words as quote %}
<b>Hello {{ other }}</b>
{% if text %}
{{ quote(text, covered) }}
{% endif %}
"""
BUTTONS = """\
seal = "Seal it"
share = "Send it to {other}"
"""
EXPECTED = {"hello": TemplateValues(frozenset({"other", "text", "covered"}))}
KEYS = {"seal", "share"}


@dataclass(frozen=True, slots=True)
class SmallWords:
    """The folder of such words, in a folder called prompts."""

    root: Path

    def write(self, file: str, text: str) -> None:
        """Write a file anew."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def change(self, file: str, old: str, new: str) -> None:
        """Put other words where `old` first stands."""
        text = (self.root / file).read_text("utf-8")
        assert old in text
        self.write(file, text.replace(old, new, 1))


def make_small_words(folder: Path) -> SmallWords:
    """Write the words into a folder; style, macros and the page to keep are the real ones."""
    small = SmallWords(folder / "prompts")
    small.write("en/decks/listening.toml", DECK)
    small.write("en/decks/senses.toml", ARC)
    small.write("en/starters.toml", STARTERS)
    small.write("en/frames.toml", FRAMES)
    small.write("en/closings.toml", CLOSINGS)
    small.write("en/ways.toml", WAYS)
    small.write("en/sides.toml", SIDES)
    small.write("en/themes.toml", THEMES)
    small.write("en/together.toml", TOGETHER)
    small.write("en/buttons.toml", BUTTONS)
    small.write("en/messages/hello.html.j2", HELLO)
    for real in (
        "en/style.toml",
        "en/keepsake.html.j2",
        "en/looked_back.html.j2",
        "en/messages/_macros.html.j2",
    ):
        shutil.copy(ROOT / real, small.root / real)
    return small
