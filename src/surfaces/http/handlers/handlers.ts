// Which function carries out which line of the contract. The type makes a line without a function a compile
// error.

import type { Handlers } from '../host.ts';
import { collect } from './collect.ts';
import { decide } from './decide.ts';
import { log, receipt, why } from './evidence.ts';
import { docs, gpc, health, metrics, notices, openapi, ready } from './operations.ts';
import {
  changeConsent,
  erasePerson,
  exportPerson,
  join,
  mintToken,
  part,
  readConsent,
  readPerson,
  restrict,
} from './people.ts';
import { copy, publish, releases } from './releases.ts';
import { review, thing } from './catalogue.ts';
import { audiences, learn, proxies, putItems } from './shop.ts';

export const HANDLERS: Handlers = {
  collect,
  decide,
  readConsent,
  changeConsent,
  readPerson,
  exportPerson,
  erasePerson,
  join,
  part,
  restrict,
  mintToken,
  why,
  receipt,
  log,
  putItems,
  learn,
  proxies,
  audiences,
  review,
  thing,
  notices,
  releases,
  publish,
  copy,
  health,
  ready,
  metrics,
  gpc,
  openapi,
  docs,
};
