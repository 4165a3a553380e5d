// How nodes reach the servers, and how that is cut. Two ways with one meaning: network namespaces, one host
// each, where the machine permits them (namespaces.ts), and proxies in the harness itself where it does not
// (proxies.ts).

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
  /** Where a server listens; absent: on its socket alone. */
  serverHost(at: number): string | undefined;
  /** Where node `at` finds the database: `HOST:PORT`. */
  databaseOf(at: number): string;
  /** Silently, as a cable is cut: nobody is told, what was sent waits or is lost. */
  cut(at: number, how: Cut): void;
  heal(at: number): void;
  close(): Promise<void>;
}

export const DATABASE_PORT = 5432;
