"""Telegram at home: the sandbox and the real bot in one process, on one stepped clock.

house       starts both, with the same composition root as `serve`
partners    two simulated people who do only what a Telegram client can
story       what the two write, press and see on their first two mornings, from beginning to end
script      their cards, and when their story begins
legible     which message a text is, and which card is on it, in any language
preview     one round as both partners would see it, for a writer
transcript  both chats as the partners see them, side by side or as JSON lines
sandbox_clock  the sandbox's clock, for a bot in another process
demo        two phones in a browser, and one home after another behind them
keep        what a demo keeps between two runs
play        "play it for me": people who go on from whatever a visitor left
actor       one of them: looks at their phone and does what is next
voice       what one of them would say
"""
