import type { Picture } from '@/lib/draw/picture';
import type { TensorData, Truth } from '../define';

/** Strings by the largest number at each place. */
export const textsOf = (
  { data, dims }: Pick<TensorData, 'data' | 'dims'>,
  alphabet: readonly string[],
): string[] => {
  const [rows = 0, length = 0, letters = 0] = dims;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length }, (_, place) => {
      const from = (row * length + place) * letters;
      const scores = data.subarray(from, from + letters);
      return alphabet[scores.reduce((best, value, k) => (value > (scores[best] as number) ? k : best), 0)];
    }).join(''),
  );
};

/** Real and made strings, in the letters of the data set that is named. */
export function stringsPicture(
  real: TensorData | undefined,
  fake: TensorData | undefined,
  truth: Truth | undefined,
  named: Pick<Extract<Picture, { type: 'strings' }>, 'names'>,
): Picture {
  const alphabet = truth?.alphabet;
  if (!alphabet) return { type: 'empty', message: 'The data set that is named has no letters.' };
  const letters = (real ?? fake)?.dims[2];
  if (letters !== alphabet.length)
    return {
      type: 'empty',
      message: `These strings have ${letters} letters, the data set ${alphabet.length}: ${alphabet.join(' ')}`,
    };
  return {
    type: 'strings',
    ...named,
    ...(real && { real: textsOf(real, alphabet) }),
    ...(fake && { fake: textsOf(fake, alphabet) }),
  };
}
