-- Whether a person prefers prompts that a tap answers, and the weekdays that they call busy (bit 0 is Monday).
ALTER TABLE partners ADD COLUMN quick SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE partners ADD COLUMN busy SMALLINT NOT NULL DEFAULT 0;
