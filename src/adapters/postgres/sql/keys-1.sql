-- Keys of people, wrapped by the master key, which is in no database. One row a person, never deleted: the row of
-- somebody who was erased is the mark that keeps a re-import from bringing them back.
--
-- `state`: 0 live, 1 erased. `withdrawals`: of this life. `erasures`: how often this person was erased who had keys.
-- `until`: end of the evidence key's term, in milliseconds since 1970.
CREATE TABLE keys (
  person uuid NOT NULL,
  state smallint NOT NULL CHECK (state IN (0, 1)),
  wrapped bytea NOT NULL CHECK (octet_length(wrapped) = 92),
  withdrawals bigint NOT NULL DEFAULT 0,
  erasures bigint NOT NULL DEFAULT 0,
  until bigint,
  PRIMARY KEY (person)
) PARTITION BY HASH (person);

DO $$
BEGIN
  FOR part IN 0..31 LOOP
    EXECUTE format('CREATE TABLE keys_p%s PARTITION OF keys FOR VALUES WITH (MODULUS 32, REMAINDER %s)
      WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02)', part, part);
  END LOOP;
END $$;

CREATE INDEX keys_erased ON keys (state) WHERE state = 1;
CREATE INDEX keys_left ON keys (erasures) WHERE erasures > 0;
CREATE INDEX keys_until ON keys (until) WHERE until IS NOT NULL;
