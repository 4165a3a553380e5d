-- What is kept of people, sealed, and beside it what belongs to nobody.
--
-- Everything of a person lies under their pseudonym in the partition of the same number in each of the three tables, so
-- that whatever is done for one person touches one partition, and one machine where tables are distributed.

-- `floor`: numbers up to here are taken, whether or not their rows are still there; -1 = none.
CREATE TABLE people (
  person uuid NOT NULL,
  floor bigint NOT NULL DEFAULT -1,
  snapshot bytea,
  PRIMARY KEY (person)
) PARTITION BY HASH (person);

-- `expires`: day since 1970 after which the row may go; 0 = kept until erasure.
CREATE TABLE entries (
  person uuid NOT NULL,
  seq bigint NOT NULL,
  kind smallint NOT NULL,
  expires bigint NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (person, seq)
) PARTITION BY HASH (person);

-- Leaves on their way to the log. `person` of nobody's is all zeros.
CREATE TABLE outbox (
  person uuid NOT NULL,
  leaf bytea NOT NULL CHECK (octet_length(leaf) = 34),
  PRIMARY KEY (person, leaf)
) PARTITION BY HASH (person);

-- Sealed bytes do not compress; trying costs time. Deletions are looked for early, because what is deleted was deleted
-- for a reason.
DO $$
BEGIN
  FOR part IN 0..31 LOOP
    EXECUTE format('CREATE TABLE people_p%s PARTITION OF people FOR VALUES WITH (MODULUS 32, REMAINDER %s)
      WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02)', part, part);
    EXECUTE format('CREATE TABLE entries_p%s PARTITION OF entries FOR VALUES WITH (MODULUS 32, REMAINDER %s)
      WITH (autovacuum_vacuum_scale_factor = 0.02)', part, part);
    EXECUTE format('CREATE TABLE outbox_p%s PARTITION OF outbox FOR VALUES WITH (MODULUS 32, REMAINDER %s)
      WITH (autovacuum_vacuum_scale_factor = 0.02)', part, part);
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
