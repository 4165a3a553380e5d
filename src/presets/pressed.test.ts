// Goal: a node says that it is pressed while its intake works and the process has no time left, and only
// then. Method: this process, kept busy.

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createPressed } from './pressed.ts';

/** Leaves the loop of events no time until it is over, and lets timers run in between. */
async function keepBusy(ms: number): Promise<void> {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs) {
    const untilMs = performance.now() + 20;
    while (performance.now() < untilMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a node', () => {
  it('[Y60] is pressed while somebody waits for its intake and the process has no time', async () => {
    const pressed = createPressed();
    let end: () => void = () => undefined;
    const during = pressed.during(() => new Promise<void>((resolve) => void (end = resolve)));
    await keepBusy(300);
    expect(pressed.isPressed()).toBe(true);
    end();
    await during;
    expect(pressed.isPressed(), 'nobody waits any more').toBe(false);
  });

  it('[Y60] is not while it has time, nor when work of the intake failed', async () => {
    const pressed = createPressed();
    const failing = pressed.during(async () => {
      await sleep(600);
      throw new Error('planted');
    });
    const told = failing.catch((error: unknown) => String(error));
    await sleep(400);
    expect(pressed.isPressed()).toBe(false);
    expect(await told).toBe('Error: planted');
    await keepBusy(300);
    expect(pressed.isPressed()).toBe(false);
  });
});
