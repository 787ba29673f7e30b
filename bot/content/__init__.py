"""Every language's words and coach.

content   all of them, loaded and reloaded
language  what is read of one language besides its messages and its coach
advising  its coach, and what it knows of danger
"""

from bot.content.content import Content

__all__ = ["Content"]
