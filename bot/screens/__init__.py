"""What a person sees and may press, one file a concern.

view       what a screen is made of: its values, which its template may use, and its buttons
context    who and what a message is about, loaded when it is sent
request    what one person does, and what a handler needs for it
serving    a request is loaded and answered; a refusal is said kindly
callbacks  what a button carries
render     a message's kind and ids become one call to make, with its words
ephemeral  what is known in memory alone
table      every concern joined, and held against the words

and the concerns: joining prompt draft reveal response journal keepsake rhythm settings themes leaving solo safety today
text parts waiting.
In each, its views stand first, then its handlers, then its tables: COMMANDS and PRESSES.
"""
