// Deliberate faults: one line of the code that holds the line, changed as a slip of the hand or a bad idea
// would change it. Each is applied to a copy and has to be noticed (main.ts).

import type { Sabotage } from './sabotage.ts';
import { AUDIENCE_SABOTAGES } from './sabotages-audience.ts';
import { CONSENT_SABOTAGES } from './sabotages-consent.ts';
import { CONTACT_SABOTAGES } from './sabotages-contact.ts';
import { DOOR_SABOTAGES } from './sabotages-door.ts';
import { GUARD_SABOTAGES } from './sabotages-guards.ts';
import { JOINT_SABOTAGES } from './sabotages-joint.ts';
import { LIST_SABOTAGES } from './sabotages-list.ts';
import { NEXT_SABOTAGES } from './sabotages-next.ts';
import { PERSON_SABOTAGES } from './sabotages-person.ts';
import { SHOP_SABOTAGES } from './sabotages-shop.ts';

export const SABOTAGES: readonly Sabotage[] = [
  ...LIST_SABOTAGES,
  ...GUARD_SABOTAGES,
  ...PERSON_SABOTAGES,
  ...SHOP_SABOTAGES,
  ...CONTACT_SABOTAGES,
  ...AUDIENCE_SABOTAGES,
  ...DOOR_SABOTAGES,
  ...CONSENT_SABOTAGES,
  ...NEXT_SABOTAGES,
  ...JOINT_SABOTAGES,
];
