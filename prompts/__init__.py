"""Words: every sentence a partner reads, and the decks. A language is a folder; STYLE.md teaches its writer.

source, fields   files that a writer edits, read with the line of everything in them
deck             decks and their prompts; words: frames, closings, ways; starters: how a response may begin
joining          what a person writes, joined with a starter: the rules, and joining_words for them
soreness         what hurts or denies, before and under which nothing glad stands
template, markup what a message template may contain; render: messages and buttons
names            what people typed, made safe to stand among our sentences
check            lints it all: pieces, lint, style, alike, message_check; stats counts
"""
