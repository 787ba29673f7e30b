-- The prompts that earlier parts of a partner's words are for, where they took another one and wrote on ("one two").
-- NULL: `answered` is for all of them.

ALTER TABLE turns ADD COLUMN before_it TEXT;
