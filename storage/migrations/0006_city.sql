-- Where a person said they are, in their own words, sealed: what settings show instead of a zone's name.
ALTER TABLE partners ADD COLUMN city BYTEA;
