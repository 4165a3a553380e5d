// A worker in a process of its own that takes messages and never says what became of them, until it is
// killed. Arguments: the settings of the stream as JSON. It prints how many it has in hand.

import type { NatsOptions } from '../../src/adapters/nats/settings.ts';
import { openNatsStream } from '../../src/adapters/nats/stream.ts';

import type { Verdict } from '../../src/engine/ports.ts';

// Written by the test that starts this.
const stream = await openNatsStream(JSON.parse(process.argv[2] ?? '{}') as NatsOptions);
let held = 0;
await stream.consume((batch) => {
  held += batch.length;
  console.log(held);
  return new Promise<readonly Verdict[]>(() => undefined);
});
