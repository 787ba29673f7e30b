"""The pure rules of the practice: standard library only, no I/O, and `now` is an argument.

couple    two partners, their rhythm, and when they rest
partner   one person: their own choices, and what their next words are for
round     one prompt, one couple, one local date: the table of states
thread    what follows the reveal: response, heard, one clarifying turn
reveal    who may read whose words: the one rule of the seal
calendar  when a round opens, what quiet hours hold, when a reminder falls due
rotation  which prompt comes next: the law, from what circumstances tells
day       what one couple's day asks for; balance: what their week lacks
shelf     what the rotation asks of a deck; card_set: sets of its cards
own_card  a card that one of two writes for both, and when it comes
busy      when a prompt that a tap answers is wanted
themes    what each of two has opened, and what both want this week
invite    one-use codes, and who may take them
look_back which round of a month or a year ago comes up again; sought: texts as a search compares them
refusals  the practice says no, kindly
draft     what a partner has written so far, part by part
ids       numbers that we make ourselves
"""
