-- Whether the neutral friend is offered unasked now and then; in /practice it is there in any case.
ALTER TABLE partners ADD COLUMN friend_offers SMALLINT NOT NULL DEFAULT 1;
