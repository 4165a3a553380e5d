// How nodes reach the servers, and how that is cut. Two ways with one meaning: network namespaces, one host
// each, where the machine permits them (namespaces.ts), and proxies in the harness itself where it does not
// (proxies.ts).

import type { NatsPlace } from '../support/nats-servers.ts';

/** `both`: nothing passes. `answers`: the server hears the node, and the node never hears back. */
export type Cut = 'both' | 'answers';

export interface Network {
  readonly kind: 'namespaces' | 'proxies';
  /** Words before the command of node `at` (0, 1, …). */
  nodeWords(at: number): readonly string[];
  /** Words before the command of a server: 0 is the database, 1, 2 and 3 the stream's. */
  serverWords(at: number): readonly string[];
  /** Where node `at` listens for clients. */
  nodeHost(at: number): string;
  /** Where the database listens; absent: on its socket alone. */
  readonly databaseHost: string | undefined;
  /** Where the servers of the stream are to be started; empty: there is none. */
  readonly streamPlaces: readonly NatsPlace[];
  /** Where node `at` finds the database: `HOST:PORT`. */
  databaseOf(at: number): string;
  /** And the servers of the stream. */
  streamOf(at: number): readonly string[];
  /** Silently, as a cable is cut: nobody is told, what was sent waits or is lost. */
  cut(at: number, how: Cut): void;
  heal(at: number): void;
  /** The same of a server, as far as nodes reach it; in namespaces also what the others reach. */
  cutServer(at: number): void;
  healServer(at: number): void;
  close(): Promise<void>;
}

export const DATABASE_PORT = 5432;
/** Number of the database among the servers; those of the stream come after it. */
export const DATABASE = 0;
export const STREAM_FIRST = 1;
export const STREAM_SERVERS = 3;
