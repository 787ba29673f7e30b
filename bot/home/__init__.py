"""Telegram at home: the sandbox and the real bot in one process, on one stepped clock.

house       starts both, with the same composition root as `serve`
partners    two simulated people who do only what a Telegram client can
story       what the two say and press on their first two mornings
transcript  both chats as the partners see them, side by side or as JSON lines
"""
