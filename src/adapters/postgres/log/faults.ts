// Owns: what can be wrong with the log in the database, as Faults with a code and what to do. The codes are
// those of the log on disk, so that a shop that moves has one table to look at.

import { Fault, type Retry } from '../../../kernel/fault.ts';

export type LogFaultCode =
  | 'log-rolled-back'
  | 'log-guard-missing'
  | 'log-other-origin'
  | 'log-other-key'
  | 'log-moved'
  | 'log-damaged'
  | 'log-closed'
  | 'log-locked'
  | 'no-log'
  | 'log-out-of-range';

export function logFault(code: LogFaultCode, message: string): Fault<LogFaultCode> {
  const retry: Retry = code === 'log-locked' || code === 'no-log' ? 'later' : 'never';
  return new Fault(code, message, { retry });
}

export function logDamaged(what: string): Fault<LogFaultCode> {
  return logFault('log-damaged', `${what}: restore the database to its newest state; sign nothing before`);
}
