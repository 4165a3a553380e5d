// What a reader of docs/capacity.md may set, and what it was made with.

export interface Assumed {
  readonly decisionsPerPersonDay: number;
  readonly eventsPerPersonDay: number;
  readonly activeSharePerDay: number;
  readonly peakToMean: number;
  readonly eventDaysKept: number;
  readonly decisionDaysKept: number;
  readonly factsBytesPerPerson: number;
  readonly busyShareMax: number;
  readonly coresPerServer: number;
  readonly bytesPerServer: number;
  readonly databaseCopies: number;
  readonly streamCopies: number;
  readonly recountMicrosPerPerson: number;
  readonly recountShareOfDayMax: number;
  readonly coreHourPrice: number;
  readonly gigabyteMonthPrice: number;
}

interface Assumption {
  readonly value: number;
  readonly says: string;
}

export const ASSUMED: Readonly<Record<keyof Assumed, Assumption>> = {
  decisionsPerPersonDay: { value: 0.5, says: 'decisions of a known person in a day, over all people' },
  eventsPerPersonDay: { value: 1, says: 'events (views, baskets, orders)' },
  activeSharePerDay: {
    value: 0.1,
    says: 'share of people who are decided for on a day: a leaf of the log each',
  },
  peakToMean: { value: 4, says: 'busiest hour to the mean hour' },
  eventDaysKept: { value: 90, says: 'days until an event is folded into a snapshot, at the latest' },
  decisionDaysKept: { value: 30, says: '`replayDays`' },
  factsBytesPerPerson: { value: 6000, says: 'bytes of a snapshot with what it was folded from' },
  busyShareMax: { value: 0.5, says: 'share of a core that may be used at the peak' },
  coresPerServer: { value: 64, says: 'cores of the largest database server one wants to have' },
  bytesPerServer: { value: 20e12, says: 'bytes of its disks' },
  databaseCopies: { value: 2, says: 'a primary and a synchronous standby' },
  streamCopies: { value: 3, says: 'replicas of an event' },
  recountMicrosPerPerson: { value: 170, says: 'to count a person after a start (README: 1.7 s for 10,000)' },
  recountShareOfDayMax: { value: 0.25, says: 'share of a day that counting everybody may take' },
  coreHourPrice: { value: 0.03, says: 'price of a core for an hour' },
  gigabyteMonthPrice: { value: 0.1, says: 'price of a gigabyte of fast disk for a month' },
};

/** `--decisionsPerPersonDay 2` and so on; throws at a name or number that is none. */
export function assumedFrom(words: readonly string[]): Assumed {
  const said: Record<string, number> = Object.fromEntries(
    Object.entries(ASSUMED).map(([name, { value }]) => [name, value]),
  );
  for (let at = 0; at < words.length; at += 2) {
    const name = words[at]?.replace(/^--/u, '') ?? '';
    const value = Number(words[at + 1]);
    if (!(name in said) || !Number.isFinite(value) || value <= 0)
      throw new Error(`--${name} ${words[at + 1]}: expected one of ${Object.keys(said).join(', ')}, above 0`);
    said[name] = value;
  }
  // Every name of the table has a number by now.
  return said as unknown as Assumed;
}
