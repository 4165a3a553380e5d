-- What the log signed last, and what witnesses cosigned last, kept where no backup of the data reaches: a log that is
-- put back from a backup looks sound in itself, and only this can tell that people already hold receipts for a longer one.
-- `note`: of a witnessed head. `moved`: the log went on elsewhere, and nothing may be signed here.
CREATE TABLE log_guard (
  kind text COLLATE "C" PRIMARY KEY CHECK (kind IN ('signed', 'witnessed')),
  origin text NOT NULL,
  size bigint NOT NULL,
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  note text,
  moved boolean NOT NULL DEFAULT false
);
