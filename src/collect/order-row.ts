// Owns: the meaning of one row of an order file: which thing, how many, whose, when, at what price. It runs a
// million times, so it allocates one object per good row and a message only for a bad one.

import type { PersonId } from '../facts/ids.ts';
import { type Parsed, problem } from '../facts/parse.ts';
import { LIMITS } from '../kernel/limits.ts';
import { err, ok } from '../kernel/result.ts';
import { parseInstant } from '../kernel/time.ts';
import { countryCode } from './countries.ts';
import { type ItemEntry, ownCopy, smallHash } from './item-table.ts';
import { currencyCode, minorUnits } from './money.ts';
import type { OrderColumns } from './order-columns.ts';
import { parseKnown } from './people.ts';

/** What one row says. */
export interface Row {
  readonly order: string;
  readonly entry: ItemEntry;
  readonly title: string;
  readonly quantity: number;
  readonly returned: boolean;
  readonly priceMinor: number | undefined;
  readonly timeMs: number;
  readonly person: PersonId | undefined;
  readonly personHash: number;
  readonly country: string | undefined;
}

export type RowReader = (
  fields: readonly string[],
  columns: OrderColumns,
  entryOf: (code: string) => Parsed<ItemEntry>,
) => Parsed<Row>;

/** Remembers the last time, customer and country: they are the same for all rows of an order. */
export function createRowReader(fileCurrency: string | undefined): RowReader {
  const whole = /^[+-]?\d{1,9}(?:\.0+)?$/;
  const readTime = lastOne((text): number | undefined => parseInstant(text.trim()));
  const readCountry = lastOne((text): string | undefined => countryCode(text));
  const readPerson = lastOne((text): Parsed<PersonId> =>
    parseKnown(text.trim().replace(/^(\d+)\.0$/, '$1'), 'person'),
  );
  const readHash = lastOne(smallHash);

  return (fields, columns, entryOf) => {
    const { at } = columns;
    if (fields.length !== columns.count) {
      return err(
        problem(
          'row',
          `${columns.count} fields, got ${fields.length}`,
          'Quote fields that hold a separator.',
        ),
      );
    }
    const entry = entryOf(fields[at.item] ?? '');
    if (!entry.ok) return entry;
    const pieces = fields[at.quantity] ?? '1';
    const signed = whole.test(pieces) ? Number(pieces) : 0;
    if (signed === 0 || Math.abs(signed) > LIMITS.quantityMax) {
      return err(problem('quantity', 'a whole number of pieces, not 0', 'A negative number is a return.'));
    }
    const timeMs = readTime(fields[at.time] ?? '');
    if (timeMs === undefined) {
      return err(
        problem(
          'time',
          'ISO 8601 or epoch time',
          'Write for instance 2011-12-09 12:50; 9/12/2011 can mean two days.',
        ),
      );
    }
    const customer = fields[at.person] ?? '';
    const person = customer === '' ? undefined : readPerson(customer);
    if (person?.ok === false) return person;
    const order = fields[at.order] ?? '';
    const country = fields[at.country];
    return ok({
      order,
      entry: entry.value,
      title: fields[at.title] ?? '',
      quantity: Math.abs(signed),
      returned: signed < 0 || (columns.cancelledByC && cancelledPattern.test(order)),
      priceMinor: minorUnits(fields[at.price] ?? '', currencyCode(fields[at.currency]) ?? fileCurrency),
      timeMs,
      person: person?.value,
      personHash: person === undefined ? 0 : readHash(person.value),
      country: country === undefined ? undefined : readCountry(country),
    });
  };
}

const cancelledPattern = /^[Cc]\d/;

/** A cache of one: `read` is asked again only when the text differs from the last. */
function lastOne<T>(read: (text: string) => T): (text: string) => T {
  let lastText = '';
  let lastValue = read('');
  return (text) => {
    if (text !== lastText) {
      lastText = ownCopy(text);
      lastValue = read(lastText);
    }
    return lastValue;
  };
}
