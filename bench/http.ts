// POST /v1/decide, receipt included, against a bare node:http JSON echo: requests per CPU-second of the
// server process, in alternating rounds, so that a busy machine disturbs both alike.

import { type ChildProcess, fork } from 'node:child_process';
import { Agent, request } from 'node:http';

const CONNECTIONS = 64;

export interface HttpFigures {
  readonly rounds: number;
  readonly decidePerCpuSecond: number;
  readonly echoPerCpuSecond: number;
  /** Median of the rounds' ratios, and between what the middle half of them lies. */
  readonly ratio: number;
  readonly ratioLow: number;
  readonly ratioHigh: number;
  readonly answerBytes: number;
}

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
  readonly key: string;
}

/**
 * Rounds are short and many: on a machine that others use as well, what disturbs one of two long ones is most
 * of their difference. `warmUp` requests go before, so that code is compiled and everybody was looked at.
 */
export async function benchHttp(options: {
  readonly people: number;
  readonly rounds: number;
  readonly requests: number;
  readonly warmUp: number;
}): Promise<HttpFigures> {
  const { people, rounds, requests, warmUp } = options;
  const fineline = await start('fineline', people);
  const answerBytes = (await post(fineline, bodyOf(0, people))).length;
  const echo = await start('echo', people, answerBytes);
  const ours: number[] = [];
  const theirs: number[] = [];
  await load(fineline, warmUp, people);
  await load(echo, warmUp, people);
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await load(fineline, requests, people));
    theirs.push(await load(echo, requests, people));
  }
  for (const { child } of [fineline, echo]) child.send({ kind: 'close' });
  const ratios = ours.map((rate, round) => rate / (theirs[round] ?? 1)).toSorted((a, b) => a - b);
  return {
    rounds,
    decidePerCpuSecond: median(ours),
    echoPerCpuSecond: median(theirs),
    ratio: median(ratios),
    ratioLow: ratios[Math.floor(ratios.length / 4)] ?? 0,
    ratioHigh: ratios[Math.floor((ratios.length * 3) / 4)] ?? 0,
    answerBytes,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function start(kind: 'fineline' | 'echo', people: number, bytes = 0): Promise<Server> {
  const child = fork(new URL('./http-server.ts', import.meta.url), [kind, String(people), String(bytes)], {
    execArgv: process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [],
  });
  return new Promise((resolve, reject) => {
    child.once('message', ({ port, key }: { port: number; key: string }) => resolve({ child, port, key }));
    child.once('exit', (code) => reject(new Error(`the ${kind} server stopped with ${code}`)));
  });
}

/** Sends `requests` over 64 kept connections; requests per CPU-second of the server. */
async function load(server: Server, requests: number, people: number): Promise<number> {
  const before = await cpuMicros(server.child);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < requests) {
      next += 1;
      await post(server, bodyOf(next, people));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return requests / (((await cpuMicros(server.child)) - before) / 1e6);
}

function bodyOf(n: number, people: number): string {
  return JSON.stringify({
    person: `person-${(n * 7919) % people}`,
    placement: 'home',
    channel: 'web',
    limit: 10,
  });
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

function post(server: Server, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${server.key}`,
    };
    const options = {
      port: server.port,
      host: '127.0.0.1',
      path: '/v1/decide',
      method: 'POST',
      agent,
      headers,
    };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`status ${response.statusCode}: ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function cpuMicros(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('message', ({ micros }: { micros: number }) => resolve(micros));
    child.send({ kind: 'cpu' });
  });
}
