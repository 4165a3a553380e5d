-- How far the log is behind, for every node: when that which waited was last asked for, all of which is in the published
-- checkpoint. By this server's clock. Nothing of it is about anybody: it is the moment of a turn, not of a leaf.
ALTER TABLE log_head ADD COLUMN fed timestamptz NOT NULL DEFAULT clock_timestamp();
