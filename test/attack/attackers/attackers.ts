// Everybody who tries, in the order of docs/threat-model.md.

import type { Attacker } from './attacker.ts';
import { ENGINEER } from './engineer.ts';
import { FAMILY } from './family.ts';
import { INTEGRATOR } from './integrator.ts';
import { MARKETER } from './marketer.ts';
import { SCRAPER } from './scraper.ts';
import { SELLER } from './seller.ts';
import { THIEF } from './thief.ts';

export const ATTACKERS: readonly Attacker[] = [
  FAMILY,
  MARKETER,
  ENGINEER,
  SELLER,
  THIEF,
  SCRAPER,
  INTEGRATOR,
];
