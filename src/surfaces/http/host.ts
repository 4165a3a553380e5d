// What every handler works with, and the form of a handler.

import type { z } from 'zod';
import type { Engine } from '../../engine/engine.ts';
import type { IntakeHost } from '../../engine/intake.ts';
import type { StreamTold } from '../../engine/stream-told.ts';
import type { Caller } from './authorise.ts';
import type { Contract, RouteName } from './contract.ts';
import type { Reply } from './exchange.ts';
import type { Metrics } from './metrics.ts';
import type { PersonTokens } from './person-token.ts';
import type { Refused } from './problem.ts';

export interface Host {
  readonly engine: Engine;
  /** Where events and choices go in: the engine itself, or the intake of an event stream. */
  readonly intake: IntakeHost;
  /** How that stream is; `undefined`: there is none. */
  readonly stream: (() => StreamTold) | undefined;
  readonly tokens: PersonTokens;
  readonly metrics: Metrics;
  /** True from the moment the server begins to stop. */
  stopping(): boolean;
}

type Field<Name extends RouteName, Part extends 'body' | 'query'> =
  Contract[Name] extends Readonly<Record<Part, infer Schema extends z.ZodType>>
    ? z.output<Schema>
    : undefined;

/** A request that may be answered: its caller may ask, its body has the form of the contract. */
export interface Ask<Name extends RouteName = RouteName> {
  readonly caller: Caller;
  /** Decoded parts of the path, as they came; handlers read them with the parsers of `facts`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Field<Name, 'query'>;
  readonly body: Field<Name, 'body'>;
  header(name: string): string | undefined;
}

export type Handler<Name extends RouteName> = (host: Host, ask: Ask<Name>) => Promise<Reply | Refused>;
export type Handlers = { readonly [Name in RouteName]: Handler<Name> };
