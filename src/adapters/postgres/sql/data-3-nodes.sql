-- What several nodes need to know of each other.
--
-- `tx`: transaction that wrote the row. A node that learns asks for what was written by transactions that have ended since
-- it last asked: numbers of transactions are given before the commit, so an order of rows would skip who commits late.
-- Rows of before have 0 and are read when everybody is counted.
ALTER TABLE entries ADD COLUMN tx xid8 NOT NULL DEFAULT '0';
ALTER TABLE entries ALTER COLUMN tx SET DEFAULT pg_current_xact_id();
CREATE INDEX entries_tx ON entries (tx);
ALTER TABLE people ADD COLUMN tx xid8 NOT NULL DEFAULT '0';
ALTER TABLE people ALTER COLUMN tx SET DEFAULT pg_current_xact_id();
CREATE INDEX people_tx ON people (tx);

-- `epoch`: grows whenever what is allowed changes: policy, notices, sources. What was decided under an older one is not
-- kept.
ALTER TABLE revisions ADD COLUMN epoch bigint NOT NULL DEFAULT 0;
