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
) PARTITION BY RANGE (person);

DO $$
DECLARE
  first text;
  next text;
BEGIN
  FOR part IN 0..31 LOOP
    first := CASE part WHEN 0 THEN 'MINVALUE' ELSE quote_literal(rpad(lpad(to_hex(part * 8), 2, '0'), 32, '0')) END;
    next := CASE part WHEN 31 THEN 'MAXVALUE' ELSE quote_literal(rpad(lpad(to_hex(part * 8 + 8), 2, '0'), 32, '0')) END;
    EXECUTE format('CREATE TABLE keys_p%s PARTITION OF keys FOR VALUES FROM (%s) TO (%s)
      WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02)', part, first, next);
  END LOOP;
END $$;

CREATE INDEX keys_erased ON keys (state) WHERE state = 1;
CREATE INDEX keys_left ON keys (erasures) WHERE erasures > 0;
CREATE INDEX keys_until ON keys (until) WHERE until IS NOT NULL;
