/**
 * A number as people write one: `1,000`, `1e-3`, `1/3`, `2^10`, `10k`, `5 %`, `-2 * 3`. NaN where the text is
 * none. Not a language: no brackets, no names.
 */
export function readNumber(text: string): number {
  const digits = text
    .trim()
    .replaceAll(thousands, '')
    .replaceAll(/\s*([*/^%×])\s*/g, '$1');
  const factors = digits.replaceAll('×', '*').split(/([*/])/);
  return factors.reduce((result, part, i) => {
    if (i === 0) return readPower(part);
    if (part === '*' || part === '/') return result;
    return factors[i - 1] === '*' ? result * readPower(part) : result / readPower(part);
  }, Number.NaN);
}

/** Between groups of three digits alone: 1,5 is not 15. */
const thousands = /(?<=\d)[,_\s](?=\d{3}(?!\d))/g;

/** From the right: 2^3^2 is 2^9; and -2^2 is -4. */
function readPower(text: string): number {
  const at = text.indexOf('^');
  if (at < 0) return readPlain(text);
  const isNegative = text.startsWith('-');
  const base = readPlain(text.slice(isNegative ? 1 : 0, at));
  const power = base ** readPower(text.slice(at + 1));
  return isNegative ? -power : power;
}

const units: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, G: 1e9, '%': 0.01 };
const plain = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([kKMG%]?)$/;

function readPlain(text: string): number {
  const [, digits, unit = ''] = plain.exec(text) ?? [];
  if (digits === undefined) return Number.NaN;
  // Rounded to what a double holds, so that 0.7 k is 700 and not 699.9999999999999.
  return Number((Number(digits) * (units[unit] ?? 1)).toPrecision(15));
}
