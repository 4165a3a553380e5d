// Owns: the bounds of this adapter, each with its reason.

export const POSTGRES = {
  /** Oldest server: what is used of SQL is in 15, and older ones are not tried. */
  versionMin: 15,
  /**
   * Connections of one pool. A commit waits for a disk, so a few more than cores; a server has 100 in all.
   */
  poolMax: 10,
  /**
   * Writes that stand in a row on one connection, some 5 ms. Each may wait `lockMsMax` for a row, and the
   * last has to be answered within `statementMsMax` and `answerMsMax`.
   */
  inRowMax: 3,
  /** Waiting for a connection, a new one or a turn, before `unreachable` is said. */
  connectMsMax: 5000,
  /**
   * Silence on a connection after which the other side is asked whether it is there. Whoever waits for an
   * answer has sent all there is to send: when the server's machine is gone without a word, and another
   * stands in its place, nothing else would ever tell (Linux asks after two hours by itself).
   */
  silenceMsMax: 5000,
  /** Of one statement; a walk over all people goes in pages. */
  statementMsMax: 30_000,
  /**
   * Beyond it, until a server that has not answered is given up. What was sent and never arrived keeps a
   * connection from asking (`silenceMsMax`) for a quarter of an hour, and a server that stands still would
   * answer that question.
   */
  answerMsMax: 5000,
  /** Waiting for a row that another transaction holds. */
  lockMsMax: 10_000,
  /** Tries of a transaction that lost to another (deadlock, serialization) before `busy` is said. */
  triesMax: 4,
  /** Bytes that wait for a connection before new writes are refused with `overloaded`. */
  queueBytesMax: 128 * 2 ** 20,
  /** Pauses before an uncertain write is looked for again: the server may still be at it, or starting. */
  askAgainMs: [50, 200, 750],
  /** Pauses before a read whose connection ended is asked on another one. */
  readAgainMs: [10, 50],
  /**
   * Journals that one statement reads, of 64 entries of some 400 bytes and a snapshot: 1 to 2 MB. Three such
   * statements are under way, so that a slow one leaves the others their way.
   */
  journals: { atOnceMax: 32, turnsMax: 3 },
  /** Rows of keys that one statement reads. */
  keyRows: { atOnceMax: 1000, turnsMax: 3 },
  /** People looked at in one step of `expire`. */
  expiryPeople: 500,
} as const;
