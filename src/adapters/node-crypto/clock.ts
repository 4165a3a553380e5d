// Owns: the Clock port on the system's clock.

import { systemNowMs } from '../../kernel/clock.ts';

import type { Clock } from '../../engine/ports.ts';

export const systemClock: Clock = { nowMs: systemNowMs };
