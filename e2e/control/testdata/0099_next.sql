-- Servers that know this many migrations can run on it: 1
ALTER TABLE records ADD COLUMN made bigint NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN made bigint;
CREATE TABLE more (id bigint PRIMARY KEY, what text NOT NULL);
CREATE INDEX records_made ON records (made);
