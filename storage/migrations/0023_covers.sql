-- What an author has covered of a part's text: ranges of code points ("3-9 12-20"). NULL is from before it was kept,
-- where `covered` says of all of a part that some of it is.

ALTER TABLE pieces ADD COLUMN covers TEXT;
ALTER TABLE said_pieces ADD COLUMN covers TEXT;
ALTER TABLE kept ADD COLUMN covers TEXT;
