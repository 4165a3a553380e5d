-- What is kept of people, sealed, and beside it what belongs to nobody.
--
-- Everything of a person lies under their pseudonym in the partition of the same number in each of the three tables, so
-- that whatever is done for one person touches one partition, and one machine where tables are distributed. Pseudonyms
-- are hashes, so the first five bits of one say its partition, and whoever asks can name it.

-- `floor`: numbers up to here are taken, whether or not their rows are still there; -1 = none.
CREATE TABLE people (
  person uuid NOT NULL,
  floor bigint NOT NULL DEFAULT -1,
  snapshot bytea,
  PRIMARY KEY (person)
) PARTITION BY RANGE (person);

-- `expires`: day since 1970 after which the row may go; 0 = kept until erasure.
CREATE TABLE entries (
  person uuid NOT NULL,
  seq bigint NOT NULL,
  kind smallint NOT NULL,
  expires bigint NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (person, seq)
) PARTITION BY RANGE (person);

-- Leaves on their way to the log. `person` of nobody's is all zeros.
CREATE TABLE outbox (
  person uuid NOT NULL,
  leaf bytea NOT NULL CHECK (octet_length(leaf) = 34),
  PRIMARY KEY (person, leaf)
) PARTITION BY RANGE (person);

-- Sealed bytes do not compress; trying costs time. Deletions are looked for early, because what is deleted was deleted
-- for a reason.
DO $$
DECLARE
  first text;
  next text;
BEGIN
  FOR part IN 0..31 LOOP
    first := CASE part WHEN 0 THEN 'MINVALUE' ELSE quote_literal(rpad(lpad(to_hex(part * 8), 2, '0'), 32, '0')) END;
    next := CASE part WHEN 31 THEN 'MAXVALUE' ELSE quote_literal(rpad(lpad(to_hex(part * 8 + 8), 2, '0'), 32, '0')) END;
    EXECUTE format('CREATE TABLE people_p%s PARTITION OF people FOR VALUES FROM (%s) TO (%s)
      WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02)', part, first, next);
    EXECUTE format('CREATE TABLE entries_p%s PARTITION OF entries FOR VALUES FROM (%s) TO (%s)
      WITH (autovacuum_vacuum_scale_factor = 0.02)', part, first, next);
    EXECUTE format('CREATE TABLE outbox_p%s PARTITION OF outbox FOR VALUES FROM (%s) TO (%s)
      WITH (autovacuum_vacuum_scale_factor = 0.02)', part, first, next);
    EXECUTE format('ALTER TABLE people_p%s ALTER COLUMN snapshot SET STORAGE EXTERNAL', part);
    EXECUTE format('ALTER TABLE entries_p%s ALTER COLUMN sealed SET STORAGE EXTERNAL', part);
  END LOOP;
END $$;

CREATE TABLE revisions (
  id integer PRIMARY KEY CHECK (id = 0),
  newest bigint NOT NULL,
  pruned bigint NOT NULL
);
INSERT INTO revisions VALUES (0, 0, 0);

-- Ids are ordered by code points, which is the order of their UTF-8 bytes.
CREATE TABLE items (
  item text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  replaced bigint,
  body text NOT NULL,
  PRIMARY KEY (item, revision)
);
CREATE INDEX items_replaced ON items (replaced) WHERE replaced IS NOT NULL;

CREATE TABLE documents (
  kind text COLLATE "C" NOT NULL,
  document text COLLATE "C" NOT NULL,
  time bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (kind, document)
);
ALTER TABLE documents ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE pointers (
  pointer text COLLATE "C" PRIMARY KEY,
  document text NOT NULL
);
