-- How many of the two had passed a round's prompt over when its day ended: its theme comes less often then.
ALTER TABLE rounds ADD COLUMN passed SMALLINT NOT NULL DEFAULT 0;
