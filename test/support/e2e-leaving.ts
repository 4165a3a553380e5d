// Going and coming back: the acts of the kill test that must never be undone by a crash.

import { z } from 'zod';
import { consentKept, erasedAnswer } from '../../src/surfaces/http/answers.ts';
import { expect } from 'vitest';
import { fromBase64 } from '../../src/kernel/bytes.ts';
import type { JsonObject } from '../../src/kernel/canonical.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { utcDay } from '../../src/kernel/time.ts';
import { recordBytes } from '../../src/prove/chain.ts';
import { decisionCommitment, decisionDayKey, decisionSalt } from '../../src/prove/leaf.ts';
import { adoptConsent, learn } from './e2e-acts.ts';
import { type Book, owe, promiseIn } from './e2e-book.ts';
import { exportOf, okJson, pathOf } from './e2e-ask.ts';
import { type Act, type Client, born } from './e2e-clients.ts';
import { type Exported, type Life, applyConsent, checkLife, decisionsOf } from './e2e-life.ts';
import { NOTICE, all } from './e2e-shop.ts';

export function erase(book: Book, client: Client, life: Life): Act {
  let known: { readonly evidenceKey: string; readonly exported: Exported } | undefined;
  const leave = (): void => {
    if (known === undefined) throw new Error(`${life.name} went before anybody asked`);
    const { evidenceKey, exported } = known;
    life.state = 'erased';
    book.lives.splice(book.lives.indexOf(life), 1);
    const commitments = commitmentsOf(evidenceKey, exported);
    const base = { name: life.name, evidenceKey, commitments, consents: life.consents.length };
    book.gone.push({ ...base, checked: false, back: false });
    client.people[client.people.indexOf(life)] = born(book);
    book.counts.erasures += 1;
  };
  return {
    run: async (server) => {
      const keys = z.object({ evidence: z.string() }).parse(await server.inPrivate('keys', life.name));
      const exported = await exportOf(server, life);
      checkLife(life, exported);
      known = { evidenceKey: keys.evidence, exported };
      const key = life.token ?? server.keys.officer;
      const answer = await server.http('DELETE', pathOf(life), { key });
      const { record, receipt } = erasedAnswer.parse(okJson(answer));
      const promise = promiseIn(book, receipt);
      expect(promise.opening).toMatchObject({ scheme: 'record', record });
      owe(book, promise, `the erasure of ${life.name}`);
      leave();
    },
    settle: async (server) => {
      life.story.push('an erasure without an answer');
      const { status, text } = await server.http('GET', pathOf(life), { key: server.keys.officer });
      expect([200, 410], text).toContain(status);
      if (status === 410) leave();
    },
  };
}

function commitmentsOf(evidenceKey: string, exported: Exported): readonly Uint8Array[] {
  const key = fromBase64(evidenceKey) ?? new Uint8Array(0);
  return decisionsOf(exported).map(({ seq, json, record }) => {
    const salt = decisionSalt(decisionDayKey(key, utcDay(record.input.timeMs)), seq);
    return decisionCommitment(salt, sha256(recordBytes(json)));
  });
}

/** One who was erased says yes with a token of their own: they are back, and nothing of the old is. */
export function comeBack(book: Book, client: Client): Act {
  const found = book.gone.find(({ checked, back }) => checked && !back);
  if (found === undefined) return learn();
  found.back = true;
  let entered = false;
  const enter = (): Life => {
    entered = true;
    const life = born(book, found.name);
    life.story.push('back');
    client.people.push(life);
    book.counts.returns += 1;
    return life;
  };
  return {
    run: async (server) => {
      const token = await server.token(found.name);
      const body = { grants: all('given'), notice: NOTICE };
      const answer = await server.http('PUT', `${pathOf(found)}/consent`, { key: token, body });
      const { record, receipt } = consentKept.parse(okJson(answer));
      const life = enter();
      life.token = token;
      owe(book, promiseIn(book, receipt), `the return of ${life.name}`);
      applyConsent(life, all('given'), record as JsonObject);
      checkLife(life, await exportOf(server, life));
    },
    settle: async (server) => {
      if (entered) return;
      const { status } = await server.http('GET', pathOf(found), { key: server.keys.officer });
      found.back = status !== 410;
      if (!found.back) return;
      // Keys first, the choice a moment later: they may be here and have said nothing yet.
      const life = enter();
      await adoptConsent(server, life, all('given'));
      if (life.consents.length === 0) life.state = 'new';
    },
  };
}
