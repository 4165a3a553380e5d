// Which databases and which event stream a command means: its flags, or what the settings of the home say.

import { type ClusterUrls, type NatsSettings, parseCluster } from '../../engine/cluster-settings.ts';
import { problemText } from '../../facts/parse.ts';
import type { NamedStream } from '../../presets/event-stream.ts';
import { type Paths, pathsOf } from '../../presets/paths.ts';
import { lookUpSettings } from '../../presets/settings-file.ts';
import { homeOf } from './args.ts';
import { type Args, type Flag, usage } from './command.ts';

export const URL_FLAGS: readonly Flag[] = [
  { name: 'data-url', value: 'URL', env: 'FINELINE_DATA_URL', about: 'database of the data' },
  { name: 'keys-url', value: 'URL', env: 'FINELINE_KEYS_URL', about: 'database of the keys' },
];

/** Fault `usage` when neither says it, or what is said is no address. */
export function clusterUrls(args: Args): ClusterUrls {
  const data = args.text('data-url');
  const keys = args.text('keys-url');
  if (data === undefined && keys === undefined) {
    const paths = pathsOf(homeOf(args));
    const named = lookUpSettings(paths).cluster;
    if (named !== undefined) return named;
    throw usage(`${paths.settings} names no databases under cluster: give --data-url and --keys-url`);
  }
  const urls = parseCluster({ data, keys });
  if (!urls.ok) throw usage(problemText(urls.error));
  return urls.value;
}

export const NATS_FLAG: Flag = {
  name: 'nats',
  value: 'URL',
  env: 'FINELINE_NATS',
  about: 'where the event stream is; default: what the settings of the home name',
};

/** `undefined` when neither says it. An address is enough where the settings cannot be read. */
export function namedStream(args: Args): NamedStream | undefined {
  const address = args.text('nats');
  const paths = pathsOf(homeOf(args));
  if (address !== undefined) return { address, nats: natsOrNone(paths) };
  const nats = lookUpSettings(paths).cluster?.nats;
  return nats === undefined ? undefined : { nats, settings: paths.settings };
}

function natsOrNone(paths: Paths): NatsSettings | undefined {
  try {
    return lookUpSettings(paths).cluster?.nats;
  } catch {
    return undefined;
  }
}
