-- In a couple each says alone whether the other's keepsake may hold their words.

ALTER TABLE seats ADD COLUMN keepable SMALLINT NOT NULL DEFAULT 0; -- counts only while they do not protect them
