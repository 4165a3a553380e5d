-- The witness log: one tree, one writer at a time. All of it is public but what waits.
--
-- One row holds the lease and the head, so that whoever changes the tree holds the very row by which another would take
-- over. `token` grows with each new writer; `expires` is set and read by this server's clock alone. `size` and `root`
-- are the tree as it stands; `signed` and `note` what was published of it last.
CREATE TABLE log_head (
  id integer PRIMARY KEY CHECK (id = 0),
  origin text NOT NULL,
  vkey text NOT NULL,
  token bigint NOT NULL DEFAULT 0,
  holder text NOT NULL DEFAULT '',
  expires timestamptz NOT NULL DEFAULT '-infinity',
  size bigint NOT NULL,
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  signed bigint,
  note text,
  CHECK (signed <= size)
);

-- Leaves by their own value, which is random: no order of arrival is kept, nor any time.
CREATE TABLE log_waiting (
  leaf bytea PRIMARY KEY CHECK (octet_length(leaf) = 34)
);

-- A leaf is in the log once, wherever two nodes may have put it.
CREATE TABLE log_entries (
  idx bigint PRIMARY KEY,
  leaf bytea NOT NULL UNIQUE CHECK (octet_length(leaf) = 34)
);

-- Tiles as they are shown, the rightmost of each level still growing.
CREATE TABLE log_tiles (
  level smallint NOT NULL,
  idx bigint NOT NULL,
  hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
  PRIMARY KEY (level, idx)
);
ALTER TABLE log_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- What is in the log stays as it is, whatever a program does: tiles only grow, and a full one cannot.
CREATE FUNCTION log_tile_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF substring(NEW.hashes FROM 1 FOR octet_length(OLD.hashes)) <> OLD.hashes THEN
    RAISE EXCEPTION 'a tile of the log may only grow' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER log_tile_grows BEFORE UPDATE ON log_tiles FOR EACH ROW EXECUTE FUNCTION log_tile_grows();

CREATE FUNCTION log_head_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size < OLD.size OR NEW.token < OLD.token OR NEW.signed < OLD.signed
    OR (NEW.size = OLD.size AND NEW.root <> OLD.root) THEN
    RAISE EXCEPTION 'the log may only grow' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER log_head_grows BEFORE UPDATE ON log_head FOR EACH ROW EXECUTE FUNCTION log_head_grows();
