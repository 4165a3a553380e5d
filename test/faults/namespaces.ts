// Hosts made of network namespaces. Each node has two cables: one to its clients, one to the servers, so that
// it can be cut off from the database while everybody still asks it.
//
//     harness ── bridge “front” ── node 0, node 1, …       10.77.0.0/24
//                                    │       │
//                bridge “back”  ─────┴───────┴── database, stream servers     10.78.0.0/24
//
// The harness itself runs in a namespace of its own for network, mounts and processes (main.ts), so nothing
// of this is seen outside, and all of it is gone when the harness is, however it ends.

import { spawnSync } from 'node:child_process';
import { type Cut, DATABASE, DATABASE_PORT, type Network, STREAM_FIRST, STREAM_SERVERS } from './network.ts';

const NODE_FIRST = 10;
const SERVER_FIRST = 100;
const HARNESS = { front: '10.77.0.1', back: '10.78.0.1' } as const;
const CLIENT_PORT = 4222;
const ROUTE_PORT = 6222;

const frontOf = (at: number): string => `10.77.0.${NODE_FIRST + at}`;
const backOf = (at: number): string => `10.78.0.${NODE_FIRST + at}`;
const serverOf = (at: number): string => `10.78.0.${SERVER_FIRST + at}`;

/** Options of `unshare` that give a process a world of its own, which ends with it. */
export const APART = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'] as const;

/** Names of namespaces are files; ours are seen by nobody outside and stay behind nowhere. */
const OWN_NAMES = 'mkdir -p /run/netns && mount -t tmpfs fineline-faults /run/netns';

/** Whether this machine lets us have namespaces, and has what makes them. */
export function mayHaveNamespaces(): boolean {
  const tried = [
    OWN_NAMES,
    'ip link add name a1 type veth peer name a2',
    'ip link add name b1 type bridge',
    'ip netns add c1',
  ].join(' && ');
  return spawnSync('unshare', [...APART, 'sh', '-c', tried], { stdio: 'ignore' }).status === 0;
}

function ip(words: string, ns?: string): void {
  const all = [...(ns === undefined ? [] : ['-n', ns]), ...words.split(' ')];
  const { status, stderr } = spawnSync('ip', all, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${all.join(' ')}: ${stderr}`);
}

const inside = (ns: string): readonly string[] => ['nsenter', `--net=/run/netns/${ns}`];

/** A cable from a namespace to a bridge; its end at the bridge is named `NS-BRIDGE`. */
function plug(ns: string, bridge: 'front' | 'back', address: string): void {
  ip(`link add name ${ns}-${bridge} type veth peer name ${bridge}0 netns ${ns}`);
  ip(`link set ${ns}-${bridge} master ${bridge} up`);
  ip(`addr add ${address}/24 dev ${bridge}0`, ns);
  ip(`link set ${bridge}0 up`, ns);
}

export function openNamespaces({ nodes, stream }: { nodes: number; stream: boolean }): Network {
  const servers = stream ? STREAM_FIRST + STREAM_SERVERS : STREAM_FIRST;
  makeHosts(nodes, servers);
  const streamPlaces = Array.from({ length: servers - STREAM_FIRST }, (_, at) => ({
    host: serverOf(STREAM_FIRST + at),
    clientPort: CLIENT_PORT,
    routePort: ROUTE_PORT,
    words: inside(`s${STREAM_FIRST + at}`),
  }));
  return {
    kind: 'namespaces',
    nodeWords: (at) => inside(`n${at}`),
    serverWords: (at) => inside(`s${at}`),
    nodeHost: frontOf,
    databaseHost: serverOf(DATABASE),
    streamPlaces,
    databaseOf: () => `${serverOf(DATABASE)}:${DATABASE_PORT}`,
    streamOf: () => streamPlaces.map(({ host, clientPort }) => `${host}:${clientPort}`),
    ...cables(servers),
    close: () => Promise.resolve(),
  };
}

function makeHosts(nodes: number, servers: number): void {
  const { status, stderr } = spawnSync('sh', ['-c', OWN_NAMES], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`a place for names of namespaces: ${stderr}`);
  ip('link set lo up');
  for (const bridge of ['front', 'back'] as const) {
    ip(`link add name ${bridge} type bridge`);
    ip(`link set ${bridge} up`);
    ip(`addr add ${HARNESS[bridge]}/24 dev ${bridge}`);
  }
  const add = (ns: string): void => {
    ip(`netns add ${ns}`);
    ip('link set lo up', ns);
  };
  for (let at = 0; at < nodes; at += 1) {
    add(`n${at}`);
    plug(`n${at}`, 'front', frontOf(at));
    plug(`n${at}`, 'back', backOf(at));
  }
  for (let at = 0; at < servers; at += 1) {
    add(`s${at}`);
    plug(`s${at}`, 'back', serverOf(at));
  }
}

function cables(servers: number): Pick<Network, 'cut' | 'heal' | 'cutServer' | 'healServer'> {
  const cuts = new Map<number, Cut>();
  const heal = (at: number): void => {
    const how = cuts.get(at);
    cuts.delete(at);
    if (how === 'both') ip(`link set n${at}-back up`);
    if (how === 'answers')
      for (let to = 0; to < servers; to += 1) ip(`route del blackhole ${backOf(at)}/32`, `s${to}`);
  };
  return {
    cut: (at, how) => {
      heal(at);
      cuts.set(at, how);
      if (how === 'both') ip(`link set n${at}-back down`);
      else for (let to = 0; to < servers; to += 1) ip(`route add blackhole ${backOf(at)}/32`, `s${to}`);
    },
    heal,
    cutServer: (at) => ip(`link set s${at}-back down`),
    healServer: (at) => ip(`link set s${at}-back up`),
  };
}
