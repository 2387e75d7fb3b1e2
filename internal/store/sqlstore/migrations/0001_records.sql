-- Servers that know this many migrations can run on it: 1

-- Names are bytes, which compare the same everywhere, whatever the locale of the database is.
CREATE TABLE records (
  kind bytea NOT NULL,
  scope bytea NOT NULL,
  name bytea NOT NULL,
  version bigint NOT NULL,
  link bytea NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (kind, scope, name)
);

CREATE INDEX records_link ON records (kind, link, scope, name);

CREATE TABLE logs (
  log bytea NOT NULL,
  number bigint NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (log, number)
);

-- Expires is in nanoseconds since 1970.
CREATE TABLE notes (
  kind bytea NOT NULL,
  scope bytea NOT NULL,
  name bytea NOT NULL,
  body bytea NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (kind, scope, name)
);

CREATE INDEX notes_expires ON notes (expires);

-- One row. A change holds its lock, counts it up, and leaves a token by which it is known.
CREATE TABLE changes (
  id bigint PRIMARY KEY,
  number bigint NOT NULL,
  token bytea
);

INSERT INTO changes (id, number) VALUES (1, 0);
