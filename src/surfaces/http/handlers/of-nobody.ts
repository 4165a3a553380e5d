// Answers that are the same whoever serves: of no home, and of no person.

import { type Reply, json, reply } from '../exchange.ts';
import { DOCS_CSP, docsPage } from '../docs.ts';
import { openApiText } from '../openapi.ts';

const HOUR = { 'cache-control': 'public, max-age=3600' };

export const healthReply = (): Reply => json(200, { status: 'ok' });
export const gpcReply = (): Reply => json(200, { gpc: true });
export const openapiReply = (): Reply => reply(200, openApiText(), HOUR);
export const docsReply = (): Reply =>
  reply(200, docsPage(), { ...HOUR, 'content-security-policy': DOCS_CSP });
