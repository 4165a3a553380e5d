// A broker of ours under one partition, which goes back when it is told to, and begins a consumer whose start
// lies above the end at the end, as nats-server does.

import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { JetStreamApiError } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import { namesOf } from '../../src/adapters/nats/settings.ts';

interface Lying {
  readonly seq: number;
  readonly subject: string;
  readonly id: string;
  readonly time: Date;
  readonly data: Uint8Array;
}

const names = namesOf({ prefix: 'fineline', partitions: 1 });
const PUT_ASIDE = names.deadSubject(0).replace(/[^.]*$/u, '');

interface Begun {
  from: number;
  readonly epoch: number;
}

/** What lies in the stream, and how often it went back. */
class Lies {
  readonly all = new Map<number, Lying>();
  last = 0;
  epoch = 0;
  isDown = false;

  put(subject: string, id: string, data: Uint8Array = new Uint8Array()): number {
    this.last += 1;
    this.all.set(this.last, { seq: this.last, subject, id, data, time: new Date() });
    return this.last;
  }

  up(): void {
    if (this.isDown) throw new Error('timeout');
  }

  first(): number {
    return this.all.size === 0 ? this.last + 1 : Math.min(...this.all.keys());
  }

  back(to: number): void {
    for (const seq of this.all.keys()) if (seq > to) this.all.delete(seq);
    this.last = to;
    this.epoch += 1;
  }
}

function shown(found: Lying | undefined) {
  if (found === undefined)
    throw new JetStreamApiError({ code: 404, err_code: 10037, description: 'no message found' });
  const header = { get: () => found.id };
  return { ...found, header, headers: header };
}

function managing(lies: Lies, begun: Begun[]): JetStreamManager {
  const streams = {
    info: async () => {
      lies.up();
      return { state: { first_seq: lies.first(), last_seq: lies.last } };
    },
    getMessage: async (_: string, query: { readonly seq?: number; readonly last_by_subj?: string }) => {
      lies.up();
      const { seq, last_by_subj: subject } = query;
      if (seq !== undefined) return shown(lies.all.get(seq));
      return shown([...lies.all.values()].filter((one) => one.subject === subject).at(-1));
    },
    deleteMessage: async (_: string, seq: number) => {
      lies.up();
      return lies.all.delete(seq);
    },
  };
  const consumers = {
    add: async (_: string, { opt_start_seq = 1 }: { readonly opt_start_seq?: number }) => {
      lies.up();
      const from = Math.min(Math.max(opt_start_seq, lies.first()), lies.last + 1);
      begun.push({ from, epoch: lies.epoch });
      return { name: String(begun.length - 1) };
    },
    delete: async () => true,
  };
  return { streams, consumers } as unknown as JetStreamManager;
}

function publishing(lies: Lies, begun: readonly Begun[], dead: string[]): JetStreamClient {
  const fetch = (name: string) => async () => {
    const mine = begun[Number(name)]!;
    for (let turn = 0; turn < 50; turn += 1) {
      await sleep(10);
      lies.up();
      if (mine.epoch !== lies.epoch) throw new Error('the consumer is gone');
      const now = [...lies.all.values()].filter(({ seq }) => seq >= mine.from).map(shown);
      mine.from = Math.max(mine.from, ...now.map(({ seq }) => seq + 1));
      if (now.length > 0) return now;
    }
    return [];
  };
  return {
    publish: async (subject: string, data: Uint8Array) => {
      lies.up();
      if (subject.startsWith(PUT_ASIDE)) dead.push(subject);
      else lies.put(subject, '', data);
      return { seq: lies.last };
    },
    consumers: {
      get: async (_: string, name: string) => ({ fetch: fetch(name), info: async () => ({ name }) }),
    },
  } as unknown as JetStreamClient;
}

export function createGoingBack() {
  const lies = new Lies();
  const dead: string[] = [];
  const begun: Begun[] = [];
  return {
    hands: { js: publishing(lies, begun, dead), jsm: managing(lies, begun), names },
    dead,
    event: (id: string) => lies.put(names.eventSubject(0), id),
    end: () => lies.last,
    /** A new leader, whose stream ends there. */
    back: (to: number) => lies.back(to),
    down: (value: boolean) => {
      lies.isDown = value;
    },
  };
}
