// Goal: the stream in memory keeps the contract of the port.

import { runEventStream } from '../../../test/contracts/event-stream.contract.ts';
import { memoryEventStream } from './event-stream.ts';

runEventStream('memory', async () => ({
  open: async (bounds) => memoryEventStream({ ...bounds, partitions: 4 }),
  close: async () => undefined,
}));
