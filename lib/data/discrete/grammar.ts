import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { pythonExpression, pythonSource } from '../python';
import { defineSource } from '../source';
import type { Reading } from '../truth';

const ALPHABET = ['0', '1', '2', '+', '-', '_'] as const;
const LETTERS = ALPHABET.length;
const [DIGITS, SIGNS, END] = [3, 2, 5];

/** Odd lengths up to the whole. */
const lengthsOf = (length: number): number[] =>
  Array.from({ length: Math.ceil(length / 2) }, (_, i) => 2 * i + 1);

/** Whether a letter may stand at a place of a sum of so many letters. */
function fits(letter: number, place: number, length: number): boolean {
  if (place >= length) return letter === END;
  return place % 2 === 0 ? letter < DIGITS : letter >= DIGITS && letter < END;
}

/** A sum's letters: the largest number at each place decides. */
function lettersOf(sample: Float32Array): number[] {
  return Array.from({ length: sample.length / LETTERS }, (_, place) => {
    const row = sample.subarray(place * LETTERS, (place + 1) * LETTERS);
    return row.reduce((best, value, i) => (value > (row[best] as number) ? i : best), 0);
  });
}

function read(sample: Float32Array): Reading {
  const letters = lettersOf(sample);
  const shares = lengthsOf(letters.length).map(
    (length) => letters.filter((letter, place) => fits(letter, place, length)).length / letters.length,
  );
  const fit = sample.every(Number.isFinite) ? Math.max(...shares) : 0;
  return {
    values: [fit === 1 ? shares.indexOf(1) : -1],
    fit,
    legal: fit === 1,
    text: letters.map((letter) => ALPHABET[letter]).join(''),
  };
}

/** sum := digit | digit sign sum, of any odd length with equal chance, filled up with `_`. */
export const grammar = defineSource({
  id: 'grammar',
  title: 'Grammar',
  summary: 'Sums such as 1+0-2, one-hot letter by letter and filled up with underscores.',
  family: 'Strings and bits',
  options: z.strictObject({
    length: param(z.int().min(1).max(31).default(7), {
      label: 'Length',
      help: 'Letters of a string, the filling included.',
      step: 1,
    }),
  }),
  ports: ({ length }) => ({ x: [length, LETTERS] }),
  draw({ length }, rows, stream) {
    const lengths = lengthsOf(length);
    const x = new Float32Array(rows * length * LETTERS);
    for (let row = 0; row < rows; row++) {
      const used = lengths[stream.integer(lengths.length)] as number;
      for (let place = 0; place < length; place++) {
        const sign = place % 2 === 1;
        const letter = sign ? DIGITS + stream.integer(SIGNS) : stream.integer(DIGITS);
        x[(row * length + place) * LETTERS + (place < used ? letter : END)] = 1;
      }
    }
    return { x };
  },
  truth: ({ length }) => {
    const lengths = lengthsOf(length);
    // -ln of 1/lengths · 3^-digits · 2^-signs, on average over the lengths.
    const letters = lengths.map(
      (used) => ((used + 1) / 2) * Math.log(DIGITS) + ((used - 1) / 2) * Math.log(SIGNS),
    );
    return {
      entropy: Math.log(lengths.length) + letters.reduce((sum, value) => sum + value, 0) / lengths.length,
      alphabet: ALPHABET,
      attributes: [{ name: 'length', values: lengths.map(String) }],
      read,
      python: { read: pythonExpression('read_sum', readSum) },
    };
  },
  python: ({ length }) =>
    pythonSource(`place = np.arange(${length})
digit, sign = rng.integers(${DIGITS}, size=(rows, ${length})), ${DIGITS} + rng.integers(${SIGNS}, size=(rows, ${length}))
used = 2 * rng.integers(${lengthsOf(length).length}, size=(rows, 1)) + 1
letter = np.where(place >= used, ${END}, np.where(place % 2 == 0, digit, sign))
return {"x": np.eye(${LETTERS})[letter]}`),
});

const readSum = `def read_sum(sample, given):
    """Which odd length a sum has, and how near its letters come to one."""
    letters, place = sample.argmax(1), np.arange(len(sample))
    at_place = np.where(place % 2 == 0, letters < ${DIGITS}, (letters >= ${DIGITS}) & (letters < ${END}))
    shares = [np.where(place >= used, letters == ${END}, at_place).mean() for used in range(1, len(sample) + 1, 2)]
    fit = max(shares) if np.isfinite(sample).all() else 0
    text = "".join("${ALPHABET.join('')}"[letter] for letter in letters)
    return [shares.index(1) if fit == 1 else -1], fit, fit == 1, text`;
