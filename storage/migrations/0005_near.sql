-- How near a guess was, in the word of the one it was about.

ALTER TABLE turns ADD COLUMN near TEXT; -- on the guesser's turn: very, partly, not_this_time
