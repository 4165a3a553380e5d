// What several nodes stand on, as it stands under `cluster` in `fineline.yaml`: two databases, which node
// this is, and the event stream where there is one. `data/` and `src/adapters/nats/settings.ts` say what each
// of the numbers does.

import { err, ok } from '../kernel/result.ts';
import { type Parsed, parseList, parseNumber, parseText, parseWord, problem } from '../facts/parse.ts';
import { STREAM_SHARDS } from './event-stream.ts';
import { NODES_MAX } from './nobody.ts';
import { ROLES, type Role } from './roles.ts';
import { fieldsOf } from './settings-fields.ts';

/** Two databases, as `postgresql://user@host:port/name`. */
export interface ClusterUrls {
  readonly data: string;
  readonly keys: string;
}

/** Databases, which of several nodes this is, and what events go through. */
export interface ClusterSettings extends ClusterUrls {
  /** 0 to 63; absent: a free one. */
  readonly node?: number;
  /** Absent: all, the log where it can be. */
  readonly roles?: readonly Role[];
  /**
   * `shared`: all nodes with the role learn count, each its part of the people; absent: one counts everybody.
   */
  readonly learning?: Learning;
  /** Absent: each event is written into its journal before it is answered. */
  readonly nats?: NatsSettings;
}

/** Who counts what people add. */
const LEARNINGS = ['one', 'shared'] as const;
export type Learning = (typeof LEARNINGS)[number];

/** Servers of an event stream, and how it lies there. Absent numbers are those of the adapter. */
export interface NatsSettings {
  /** `nats://host:port` or `tls://host:port`, one or several of the cluster. */
  readonly servers: readonly string[];
  /** A file with a line `USER:PASSWORD`, or a `.creds` file of NATS. From the home, or absolute. */
  readonly credentials?: string;
  /** A file with certificates (PEM) that those of the servers are checked by; absent: those of the system. */
  readonly ca?: string;
  /** First part of every name, so that shops can share servers. */
  readonly prefix?: string;
  /** Servers that keep each event. */
  readonly replicas?: number;
  /** Parts in which it is taken, hence the most workers at once; for good. */
  readonly partitions?: number;
  /** Events that may wait before senders are told to. */
  readonly waitingMax?: number;
  /** Room reserved on each server. */
  readonly bytesMax?: number;
}

/** What several nodes stand on, from settings or a command line. */
export function parseCluster(value: unknown): Parsed<ClusterSettings> {
  const names = ['data', 'keys', 'node', 'roles', 'learning', 'nats'];
  const object = fieldsOf(value, names, { what: 'cluster', at: 'cluster' });
  if (!object.ok) return object;
  const data = parseDatabase(object.value['data'], 'cluster/data');
  if (!data.ok) return data;
  const keys = parseDatabase(object.value['keys'], 'cluster/keys');
  if (!keys.ok) return keys;
  const node = parseNode(object.value['node'], 'cluster/node');
  if (!node.ok) return node;
  const roles = parseRoles(object.value['roles'], 'cluster/roles');
  if (!roles.ok) return roles;
  const said = object.value['learning'];
  const learning = said === undefined ? ok(undefined) : parseWord(said, LEARNINGS, 'cluster/learning');
  if (!learning.ok) return learning;
  const nats = object.value['nats'] === undefined ? undefined : parseNats(object.value['nats']);
  if (nats?.ok === false) return nats;
  if (data.value !== keys.value) {
    return ok({
      data: data.value,
      keys: keys.value,
      ...(node.value === undefined ? {} : { node: node.value }),
      ...(roles.value === undefined ? {} : { roles: roles.value }),
      ...(learning.value === undefined ? {} : { learning: learning.value }),
      ...(nats === undefined ? {} : { nats: nats.value }),
    });
  }
  const advice = 'Give the keys a database of their own, which is in no backup of the data.';
  return err(problem('cluster/keys', 'another database than that of the data', advice));
}

function parseNode(value: unknown, field: string): Parsed<number | undefined> {
  if (value === undefined) return ok(undefined);
  const isNumber = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < NODES_MAX;
  if (isNumber) return ok(value);
  return err(
    problem(field, `a whole number from 0 to ${NODES_MAX - 1}`, 'Leave it out, and a free one is taken.'),
  );
}

/** What a node does, from settings or a command line: at least one of `ROLES`. */
export function parseRoles(value: unknown, field: string): Parsed<readonly Role[] | undefined> {
  if (value === undefined) return ok(undefined);
  const roles = parseList(value, {
    field,
    countMax: ROLES.length,
    read: (entry) => parseWord(entry, ROLES, field),
  });
  if (!roles.ok) return roles;
  if (roles.value.length > 0) return ok([...new Set(roles.value)]);
  return err(problem(field, `some of ${ROLES.join(', ')}`, 'Name what the node does, or leave it out.'));
}

function parseDatabase(value: unknown, field: string): Parsed<string> {
  const isUrl = typeof value === 'string' && /^postgres(?:ql)?:\/\/\S{1,1000}$/.test(value);
  if (isUrl) return ok(value);
  return err(problem(field, 'an address such as postgresql://fineline@host:5432/shop', 'Correct it.'));
}

const NATS_NUMBERS = {
  // JetStream keeps five copies at most. Fewer than three are for a trial.
  replicas: { min: 1, max: 5 },
  partitions: { min: 1, max: STREAM_SHARDS },
  waitingMax: { min: 1, max: 1e9 },
  bytesMax: { min: 2 ** 20, max: 2 ** 46 },
} as const;
const NATS_FIELDS = ['servers', 'credentials', 'ca', 'prefix', ...Object.keys(NATS_NUMBERS)];
const SERVERS_MAX = 32;

function parseNats(value: unknown): Parsed<NatsSettings> {
  const object = fieldsOf(value, NATS_FIELDS, { what: 'cluster/nats', at: 'cluster/nats' });
  if (!object.ok) return object;
  const fields = object.value;
  const servers = parseList(fields['servers'], {
    field: 'cluster/nats/servers',
    countMax: SERVERS_MAX,
    read: (entry) => parseServer(entry),
  });
  // An entry is a text, and has no field of its own.
  if (!servers.ok) return err({ ...servers.error, field: servers.error.field.replace(/\/$/, '') });
  if (servers.value.length === 0)
    return err(problem('cluster/nats/servers', 'the address of one server at least', 'Name three.'));
  const said: Record<string, string | number> = {};
  for (const name of ['credentials', 'ca'] as const) {
    if (fields[name] === undefined) continue;
    const file = parseText(fields[name], { field: `cluster/nats/${name}`, lengthMax: 4096 });
    if (!file.ok) return file;
    said[name] = file.value;
  }
  if (fields['prefix'] !== undefined) {
    const prefix = parsePrefix(fields['prefix']);
    if (!prefix.ok) return prefix;
    said['prefix'] = prefix.value;
  }
  for (const [name, bounds] of Object.entries(NATS_NUMBERS)) {
    if (fields[name] === undefined) continue;
    const number = parseNumber(fields[name], { field: `cluster/nats/${name}`, whole: true, ...bounds });
    if (!number.ok) return number;
    said[name] = number.value;
  }
  return ok({ servers: servers.value, ...said });
}

/** Without a user: a password would stand in a file that others may read, and in what a start prints. */
function parseServer(value: unknown): Parsed<string> {
  const isAddress =
    typeof value === 'string' && /^(?:nats|tls):\/\/(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/i.test(value);
  if (isAddress) return ok(value);
  const remedy = 'Correct it; user and password belong into the file that cluster/nats/credentials names.';
  return err(problem('', 'an address such as nats://10.0.0.1:4222', remedy));
}

function parsePrefix(value: unknown): Parsed<string> {
  if (typeof value === 'string' && /^[a-z]{1,32}$/.test(value)) return ok(value);
  return err(problem('cluster/nats/prefix', '1 to 32 letters from a to z', 'Correct it, or leave it out.'));
}
