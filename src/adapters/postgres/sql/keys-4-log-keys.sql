-- Keys that sign the log, their public halves alone, and what each node that runs said last. Private keys are files of
-- each home.
--
-- `state`: 0 announced, 1 used, 2 old (signs beside the one in use), 3 ended. `note`: the succession by which it followed
-- the one before; `proof`: that note in the tree, under a head that both signed.
CREATE TABLE log_keys (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  vkey text COLLATE "C" NOT NULL UNIQUE,
  state smallint NOT NULL CHECK (state IN (0, 1, 2, 3)),
  made bigint NOT NULL,
  note text NOT NULL DEFAULT '',
  proof text NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX log_keys_one ON log_keys (state) WHERE state < 2;
CREATE TABLE log_key_nodes (node integer PRIMARY KEY, holds text NOT NULL, uses text NOT NULL);
