// Looks at a NATS cluster before anything is entrusted to it, and says what is missing or weaker than needed.
// Whether three servers can keep a stream of that size is not guessed from settings but tried: a stream of
// its own is made, written to, read and deleted.

import { type JetStreamManager, type StreamInfo, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import type { Finding } from '../../kernel/finding.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { type NatsOptions, type Settings, formerStreamOf, settingsOf, streamsOf } from './settings.ts';
import { connectTo, foundStream } from './connect.ts';

/** An event of the most lines with the longest names, sealed, is about 300 KB. */
const PAYLOAD_BYTES_MIN = 512 * 1024;
/** Beyond it times in the stream and here disagree visibly; a lease is a matter of seconds. */
const OFFSET_MS_WARNING = 1000;
/** Of three any one may be lost. */
const REPLICAS_MIN = 3;
const VERSION_MIN = [2, 9] as const;
/** The first that can flush each write to the disk. */
const VERSION_SYNC = [2, 10] as const;

/** Never throws: what cannot be asked is a finding. */
export async function checkNats(target: string | NatsOptions): Promise<readonly Finding[]> {
  const settings = settingsOf(typeof target === 'string' ? { servers: target } : target);
  const expected = 'a NATS server that answers';
  let connection: NatsConnection;
  try {
    connection = await connectTo({
      ...settings,
      connection: { ...settings.connection, maxReconnectAttempts: 0, reconnect: false },
    });
  } catch (error) {
    const remedy = 'Start the servers, or correct address, user, password and certificates.';
    return [failed('connection', { found: causeOf(error), expected, remedy })];
  }
  try {
    return [
      fine('connection', 'it answers', expected),
      ...serverFindings(connection),
      ...(await streamFindings(connection, settings)),
    ];
  } finally {
    await connection.close();
  }
}

function serverFindings(connection: NatsConnection): readonly Finding[] {
  const { info } = connection;
  if (info === undefined) return [];
  const { version, max_payload: bytes } = info;
  const versionIs = { found: version, expected: `${VERSION_MIN.join('.')} or later` };
  const payload = { found: `${bytes} bytes`, expected: `${PAYLOAD_BYTES_MIN} bytes or more` };
  const sync = isAtLeast(version, VERSION_SYNC)
    ? 'Set “sync_interval: always” in jetstream, unless the servers stand in different rooms.'
    : 'Let the servers stand in different rooms; from 2.10 on “sync_interval: always” can be set.';
  return [
    isAtLeast(version, VERSION_MIN)
      ? fine('version', versionIs.found, versionIs.expected)
      : failed('version', { ...versionIs, remedy: 'Install a newer nats-server.' }),
    bytes >= PAYLOAD_BYTES_MIN
      ? fine('max_payload', payload.found, payload.expected)
      : failed('max_payload', { ...payload, remedy: 'Raise max_payload in the settings of the servers.' }),
    info.auth_required === true
      ? fine('authentication', 'required', 'required')
      : warned('authentication', {
          found: 'anybody may connect',
          expected: 'required',
          remedy: 'Set “authorization” or accounts in the settings of the servers.',
        }),
    info.tls_required === true
      ? fine('TLS', 'required', 'required')
      : warned('TLS', {
          found: 'not required',
          expected: 'required',
          remedy: 'Set “tls”; without it who listens sees when and how much, and can put messages in.',
        }),
    warned('flushing to disk', {
      found: 'cannot be seen from here; the default is every two minutes',
      expected: 'power that fails for two servers at once loses nothing',
      remedy: sync,
    }),
  ];
}

async function streamFindings(connection: NatsConnection, settings: Settings): Promise<readonly Finding[]> {
  const remedy = 'Set “jetstream { store_dir: … }” on every server of the cluster.';
  let jsm: JetStreamManager;
  try {
    jsm = await jetstreamManager(connection, { timeout: 5000 });
  } catch (error) {
    return [failed('JetStream', { found: causeOf(error), expected: 'switched on', remedy })];
  }
  const findings: Finding[] = [fine('JetStream', 'switched on', 'switched on'), copiesFinding(settings)];
  findings.push(...(await formerFindings(jsm, settings)));
  let isThere = false;
  for (const wanted of streamsOf(settings)) {
    try {
      const found = await foundStream(jsm, wanted.name);
      if (found === undefined) continue;
      isThere = true;
      findings.push(...settingsFindings(found, wanted));
    } catch (error) {
      findings.push(
        failed(`stream ${wanted.name}`, {
          found: causeOf(error),
          expected: 'it can be asked',
          remedy: 'Look whether a majority of the servers runs, and whether this user may ask.',
        }),
      );
    }
  }
  return [...findings, ...(await tried(connection, jsm, settings, isThere))];
}

function copiesFinding({ replicas }: Settings): Finding {
  const [found, expected] = [String(replicas), '3 or more'];
  if (replicas >= REPLICAS_MIN) return fine('replicas', found, expected);
  const remedy =
    'With fewer a disk that fails takes confirmed events along: set “replicas: 3” before the first start.';
  return warned('replicas', { found, expected, remedy });
}

/** The one stream of versions before: its subjects are those of the partitions now. */
async function formerFindings(jsm: JetStreamManager, settings: Settings): Promise<readonly Finding[]> {
  const name = formerStreamOf(settings);
  const found = await foundStream(jsm, name).catch(() => undefined);
  if (found === undefined) return [];
  const told = { found: `${found.state.messages} messages in it`, expected: 'one stream for each partition' };
  const remedy = `Let workers of the version before empty it, then “nats stream rm ${name}”.`;
  return [failed(`stream ${name}`, { ...told, remedy })];
}

type Wanted = ReturnType<typeof streamsOf>[number];
type Told = Pick<Wanted, 'num_replicas' | 'storage' | 'retention' | 'discard' | 'max_age' | 'description'>;

function settingsFindings({ config, cluster }: StreamInfo, wanted: Wanted): readonly Finding[] {
  const what = `stream ${wanted.name}`;
  const remedy = 'Correct it with “nats stream edit”, or delete the stream while it is empty and start anew.';
  const names = ['num_replicas', 'storage', 'retention', 'discard', 'max_age', 'description'] as const;
  const other = names.filter((name) =>
    name === 'num_replicas' ? config[name] < wanted[name] : (config[name] ?? '') !== (wanted[name] ?? ''),
  );
  const told = (of: Told): string => names.map((name) => `${name} ${of[name] ?? 'none'}`).join(', ');
  const absent = (cluster?.replicas ?? []).filter(({ current, offline }) => offline || !current);
  const first =
    other.length === 0
      ? fine(what, told(config), told(wanted))
      : failed(what, { found: told(config), expected: told(wanted), remedy });
  if (absent.length === 0) return [first];
  return [
    first,
    warned(`${what}, replicas`, {
      found: `${absent.map(({ name }) => name).join(', ')} behind or away`,
      expected: 'all current',
      remedy: 'Look at those servers: until they are back one more loss stops the stream.',
    }),
  ];
}

/** Makes, uses and deletes a stream as large as ours will be. */
async function tried(
  connection: NatsConnection,
  jsm: JetStreamManager,
  settings: Settings,
  isThere: boolean,
): Promise<readonly Finding[]> {
  const [events] = streamsOf({ ...settings, partitions: 1 });
  const name = `${settings.prefix.toUpperCase()}_CHECK_${randomUUID()}`;
  const subject = `${settings.prefix}.check.${randomUUID()}`;
  const expected = `${settings.replicas} servers keep a stream of ${settings.bytesMax} bytes`;
  const remedy = 'Join at least three servers with JetStream and that much max_file_store each.';
  try {
    // Where the stream is there already its room is reserved, and a second one need not fit.
    const bytes = isThere ? { max_bytes: 2 ** 20 } : {};
    await jsm.streams.add({ ...events, name, subjects: [subject], ...bytes, duplicate_window: 1e9 });
    try {
      const js = jetstream(connection, { timeout: 5000 });
      const beforeMs = Date.now();
      const { seq } = await js.publish(subject, new Uint8Array());
      const middleMs = (beforeMs + Date.now()) / 2;
      const kept = await jsm.streams.getMessage(name, { seq });
      const offsetMs = Math.round((kept?.time.getTime() ?? Number.NaN) - middleMs);
      return [fine('servers', expected, expected), clockFinding(offsetMs)];
    } finally {
      await jsm.streams.delete(name).catch(() => undefined);
    }
  } catch (error) {
    return [failed('servers', { found: causeOf(error), expected, remedy })];
  }
}

/** What the leader of the trial stream says the time is, against this machine. Exported for its test. */
export function clockFinding(offsetMs: number): Finding {
  const found = `${offsetMs} ms from this machine`;
  const expected = `within ${OFFSET_MS_WARNING} ms`;
  const remedy = 'Let all machines follow one time service (chrony, systemd-timesyncd).';
  const distance = Math.abs(offsetMs);
  if (distance <= OFFSET_MS_WARNING) return fine('clock', found, expected);
  if (distance <= LIMITS.clockSkewMsMax) return warned('clock', { found, expected, remedy });
  return failed('clock', { found, expected, remedy });
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [isMajor = 0, isMinor = 0] = version.split('.').map(Number);
  return isMajor > major || (isMajor === major && isMinor >= minor);
}

interface Said {
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}
const named = (what: string): string => `events: ${what}`;
const fine = (what: string, found: string, expected: string): Finding => ({
  about: named(what),
  level: 'good',
  found,
  expected,
});
const warned = (what: string, said: Said): Finding => ({
  about: named(what),
  level: 'doubtful',
  ...plain(said),
});
const failed = (what: string, said: Said): Finding => ({ about: named(what), level: 'bad', ...plain(said) });
/** Whoever prints it makes sentences. */
const plain = (said: Said): Said => ({ ...said, remedy: said.remedy.replace(/\.$/, '') });

/** The words of the one who failed; of an error of ours those of its cause. */
function causeOf(error: unknown): string {
  const cause: unknown = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof Error ? cause.message : 'it failed';
}
