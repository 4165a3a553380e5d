// Owns: the bounds of this adapter, each with its reason.

export const SQLITE = {
  /**
   * How long a statement waits for another connection of this process. Between our own two there is nothing
   * to wait for in WAL mode; this is for a person with a database browser.
   */
  busyMsMax: 2000,
  /**
   * Each commit looks through all pages that are kept: at 64 MB that was a quarter of what a batch of 25
   * decisions costs, and of 500 events none was written faster for it.
   */
  writeCacheKibibytes: 8192,
  readCacheKibibytes: 32_768,
  /**
   * Pages in the write-ahead log before it is copied into the file: 16 MB, so that a page that is hot in many
   * batches is copied once. Four times the default measured 30 % more entries per second.
   */
  checkpointPages: 4000,
  /** Bytes that the write-ahead log keeps on disk between checkpoints. */
  walBytesKept: 64 * 2 ** 20,
  /** Bytes of one group commit: at 200 MB/s below 20 ms, so that nobody waits longer for theirs. */
  groupBytesMax: 4 * 2 ** 20,
  /** Bytes that wait for the writer before new writes are refused with `overloaded`. */
  queueBytesMax: 128 * 2 ** 20,
  /** Pause before the write-ahead log is tried again when a reader (a backup) was still in it. */
  scrubRetryMs: 50,
  /** People looked at in one step of `expire`: some 20 ms at 50 entries each. */
  expiryPeople: 500,
} as const;
