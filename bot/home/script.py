"""What Noa and Sam have to say, where they live, and when their story begins."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

INTRO = "Noa and Sam are a couple, each with a phone. Press Start on Noa's, or let it play."
ZONE = "Europe/Dublin"
START = datetime(2026, 3, 2, 7, 40, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
NEXT_MORNING = datetime(2026, 3, 3, 8, 0, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
PROMPTS = ("listening-a-moment-that-stayed", "perspective-the-hard-hour")
STORY_ENDS = datetime(2026, 3, 3, 20, 0, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)  # for these two prompts

NOA_MOMENT = (
    "On the bus on Wednesday. The driver saw me running and waited. Nobody had waited for me all week, "
    "I think. I sat down and had to look out of the window for a while."
)
SAM_MOMENT = (
    "Sunday evening, after I hung up with my sister. It was so quiet. I wanted to tell you, and then I made "
    "tea instead. I felt far away and didn't know how to come back."
)
SAM_SUGGESTS = "You sound worn out, but you should have told me that you needed a hand."
SAM_ANSWER = "Nobody waited for you, all week. I can see why a stranger's kindness went so deep."
NOA_ANSWER = "You were lonely that evening, and making tea was easier than finding words. I'm glad I know."
SAM_ADDS = "It wasn't that I didn't want you there. I was ashamed of how much that call still hurts."
NOA_ONCE_MORE = "Thank you. The call still hurts, and you were alone with that. It matters to me."
HOUR_TOLD = (
    "Thursday, the hour before the visit. I cleaned a shelf that was clean. My stomach was tight, and I kept "
    "hearing what they might say."
)
HOUR_GUESSED = (
    "I guess it was the hour before your visit on Thursday. Perhaps you were tense and wanted everything to "
    "be right?"
)
HOUR_REALLY = "It was that hour, and tense is the word. Less about the house than about what they might say."
HOUR_SEEN = (
    "You kept hearing what they might say, alone with that shelf. I'd thought of the dust, and not of that."
)

# For prompts that the story knows nothing of, one after the other.
MOMENTS = (
    "It took me a while to find one. On Tuesday you put the kettle on, and I felt my shoulders come down.",
    "I think of the walk home on Thursday. I was tired and a little sad, and I didn't say so to anybody.",
    "There was a small thing: the neighbour's boy waved at me from the stairs. I felt light for an hour.",
)
GUESSES = (
    "My guess is the evening after work. Perhaps you were tired, and wanted some quiet before any talking.",
    "I imagine it was the morning. Maybe you felt rushed, and a little alone with it?",
)
REALLY = (
    "It was a little later than that, and I wanted quiet more than anything. I liked that you pictured it.",
    "Not quite: I was more excited than rushed. I'm glad that you thought about it.",
)
RESPONSES = (
    "I could see it while I read. You carried that with you, and nobody knew.",
    "I can see why that touched you, with the week that you had.",
    "Thank you for telling me. I imagine it wasn't easy to find words for it.",
)
MORE = "It mattered to me more than I knew how to say at the time."
