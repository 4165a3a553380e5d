-- Learning that several nodes share.
--
-- `shares`: what a person adds to the statistics, as the owner of their part found it, sealed with the person's own key
-- like their journal, and gone with it. `tx`: as in entries; whoever makes the models reads what is new since it last read.
-- All of it follows from the journals, so nothing of it is in the write-ahead log, a standby or a base backup; after a
-- crash of the server it is empty, and counted again.
CREATE UNLOGGED TABLE learning_parts (
  part smallint PRIMARY KEY CHECK (part BETWEEN 0 AND 31),
  -- Who counts the part: raised by whoever takes it, asked for by whatever is written.
  token bigint NOT NULL DEFAULT 0,
  -- What is to be counted, and what is being counted.
  round text COLLATE "C" NOT NULL DEFAULT '',
  counting text COLLATE "C" NOT NULL DEFAULT '',
  -- Last person counted in this round; everybody is when `whole`.
  after uuid,
  whole boolean NOT NULL DEFAULT false,
  -- Position up to which the part was followed, and up to which somebody waits for it.
  upto xid8 NOT NULL DEFAULT '0',
  goal xid8 NOT NULL DEFAULT '0'
) WITH (fillfactor = 50);

CREATE TABLE shares (
  person uuid NOT NULL,
  tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
  sealed bytea NOT NULL,
  PRIMARY KEY (person)
) PARTITION BY RANGE (person);
CREATE INDEX shares_tx ON shares (tx, person);

DO $$
DECLARE
  first text;
  next text;
BEGIN
  FOR part IN 0..31 LOOP
    first := CASE part WHEN 0 THEN 'MINVALUE' ELSE quote_literal(rpad(lpad(to_hex(part * 8), 2, '0'), 32, '0')) END;
    next := CASE part WHEN 31 THEN 'MAXVALUE' ELSE quote_literal(rpad(lpad(to_hex(part * 8 + 8), 2, '0'), 32, '0')) END;
    EXECUTE format('CREATE UNLOGGED TABLE shares_p%s PARTITION OF shares FOR VALUES FROM (%s) TO (%s)
      WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02)', part, first, next);
    EXECUTE format('ALTER TABLE shares_p%s ALTER COLUMN sealed SET STORAGE EXTERNAL', part);
  END LOOP;
END $$;
