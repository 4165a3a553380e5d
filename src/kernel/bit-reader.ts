// Base64url text as a row of bits, read from the left. Past the end it reads zeros and says so for good, so
// that a reader of a format asks once, at the end, whether all of it was there.

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const BITS_PER_DIGIT = 6;

const VALUES: ReadonlyMap<string, number> = new Map(DIGITS.split('').map((digit, value) => [digit, value]));

/** Fibonacci numbers of the code: the 40th is above 165 million, more than any id that is written so. */
const FIBONACCI: readonly number[] = fibonacci(40);

export interface BitReader {
  /** The next `width` bits (0–48) as a whole number, the first bit the greatest. */
  take(width: number): number;
  skip(width: number): void;
  /** The next number in Fibonacci code, which ends with two ones; 0, and short, when it does not end. */
  takeFibonacci(): number;
  /** What came makes no sense: from here on it is short, so that whoever asks at the end hears of it. */
  giveUp(): void;
  /** Bits that are left; negative when more were asked for than there are. */
  bitsLeft(): number;
  /**
   * Whether all that was asked for was there, and behind it nothing but zeros: some encoders fill up a lot.
   */
  endsHere(): boolean;
}

/**
 * `undefined` when the text is empty or has a character that is none of base64url (RFC 4648 §5, no padding).
 *
 *     readBits('DBABMA')?.take(6) // 3
 */
export function readBits(text: string): BitReader | undefined {
  const digits: number[] = [];
  for (const character of text) {
    const value = VALUES.get(character);
    if (value === undefined) return undefined;
    digits.push(value);
  }
  if (digits.length === 0) return undefined;
  const length = digits.length * BITS_PER_DIGIT;
  let at = 0;
  const bit = (): number => {
    const digit = digits[Math.floor(at / BITS_PER_DIGIT)] ?? 0;
    const shift = BITS_PER_DIGIT - 1 - (at % BITS_PER_DIGIT);
    at += 1;
    return (digit >> shift) & 1;
  };
  const take = (width: number): number => {
    let value = 0;
    for (let taken = 0; taken < width; taken += 1) value = value * 2 + bit();
    return value;
  };
  const giveUp = (): void => {
    at = Math.max(at, length + 1);
  };
  return {
    take,
    giveUp,
    skip: (width) => {
      at += width;
    },
    takeFibonacci: () => {
      let value = 0;
      let last = 0;
      for (const worth of FIBONACCI) {
        const one = bit();
        if (one === 1 && last === 1) return value;
        value += one * worth;
        last = one;
      }
      giveUp();
      return 0;
    },
    bitsLeft: () => length - at,
    endsHere: () => at <= length && take(length - at) === 0,
  };
}

function fibonacci(count: number): readonly number[] {
  const numbers: number[] = [];
  let [next, after] = [1, 2];
  while (numbers.length < count) {
    numbers.push(next);
    [next, after] = [after, next + after];
  }
  return numbers;
}
