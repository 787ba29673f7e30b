-- The weekday on which a couple looks back at their week, 0 is Monday; NULL: on none.
ALTER TABLE couples ADD COLUMN week_day SMALLINT;
