-- Master keys by name, and what each node that runs said last. The keys themselves are in no database.
--
-- `state`: 0 announced, 1 used, 2 old, 3 ended. `root`: what never changes, wrapped by this key; zeros once it ended.
-- `cursor`: of the key in use, up to which pseudonym people are wrapped by it; 'whole' when all are.
CREATE TABLE masters (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE CHECK (length(id) = 16),
  state smallint NOT NULL CHECK (state IN (0, 1, 2, 3)),
  root bytea NOT NULL CHECK (octet_length(root) = 92),
  made bigint NOT NULL,
  cursor text COLLATE "C" NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX masters_one ON masters (state) WHERE state < 2;
CREATE TABLE master_nodes (node integer PRIMARY KEY, holds text NOT NULL, uses text NOT NULL);
