// One of the processes that ask at once: reads its questions from the parent, sends all of them before it has
// an answer to any, and hands back what came. Only a test starts it (caps.test.ts).

import { Agent, request } from 'node:http';

export interface Question {
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
}

/** Sockets of each process: enough that no question waits for another, few enough for any machine. */
const SOCKETS_MAX = 64;

async function ask(url: string, { path, key, body }: Question, agent: Agent): Promise<Answered> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method: 'POST', headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}

if (import.meta.main) {
  process.on('message', (message) => {
    // Sent by the test that started this process.
    const { url, questions } = message as { readonly url: string; readonly questions: readonly Question[] };
    const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
    void Promise.all(questions.map(async (question) => ask(url, question, agent))).then((answers) => {
      agent.destroy();
      process.send?.(answers, () => process.disconnect());
    });
  });
}
