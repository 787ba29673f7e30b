-- A partner may take another prompt than the round's, for themselves alone.

ALTER TABLE turns ADD COLUMN card TEXT; -- the prompt that they have instead; NULL: the round's
ALTER TABLE turns ADD COLUMN answered TEXT; -- the one that their words are for; NULL: the round's
ALTER TABLE turns ADD COLUMN swaps SMALLINT NOT NULL DEFAULT 0;
