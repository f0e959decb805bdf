import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from './safetensors';

const tensors = new Map([
  ['Generator.g_dense_1.weight', { dims: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-30, 6) }],
  ['Generator.g_dense_1.bias', { dims: [2], values: Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY) }],
  ['scalar', { dims: [], values: Float32Array.of(7) }],
  ['empty', { dims: [0, 4], values: new Float32Array() }],
]);

/** A file with this header and this many bytes of numbers. */
function forge(header: unknown, body = 16, length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + body);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

test('what is written is read, bit for bit', () => {
  const bytes = encodeSafetensors(tensors, { title: 'Ring' });
  expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
  expect(decodeSafetensors(bytes)).toEqual({ ok: true, tensors, about: { title: 'Ring' } });
});

test('is read from anywhere in a larger buffer', () => {
  const bytes = encodeSafetensors(tensors);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(decodeSafetensors(shifted.subarray(3))).toEqual({ ok: true, tensors, about: {} });
});

describe('refuses', () => {
  const entry = (changes: object) => ({ a: { dtype: 'F32', shape: [4], data_offsets: [0, 16], ...changes } });
  test.each([
    ['nothing', new Uint8Array(), /8 bytes/],
    ['a header longer than the file', forge({}, 0, 1n << 40n), /claims 1099511627776 bytes/],
    ['a length beyond all numbers', forge({}, 0, (1n << 64n) - 1n), /claims/],
    ['a header that is no JSON', forge('{'), /JSON/],
    ['a header that is a list', forge([]), /JSON/],
    ['bytes that are no text', forge('\ud800{}').fill(0xff, 8), /JSON/],
    ['other types', forge(entry({ dtype: 'F64' })), /F64/],
    ['a negative size', forge(entry({ shape: [-4] })), /shape/],
    ['a size that is no whole number', forge(entry({ shape: [1.5] })), /shape/],
    ['a size beyond the bytes', forge(entry({ shape: [2 ** 50, 2 ** 50] })), /takes/],
    ['too many axes', forge(entry({ shape: Array(9).fill(1) })), /at most 8/],
    ['offsets beyond the end', forge(entry({ shape: [8], data_offsets: [0, 32] })), /0 to 32/],
    ['offsets that run backwards', forge(entry({ data_offsets: [16, 0] })), /16 to 0/],
    ['offsets that are missing', forge(entry({ data_offsets: null })), /data_offsets/],
    ['an entry that is no object', forge({ a: 1 }), /object/],
    [
      'tensors over one another',
      forge({ ...entry({}), b: { dtype: 'F32', shape: [4], data_offsets: [0, 16] } }),
      /a and b overlap at byte 0/,
    ],
    [
      'tensors that share some bytes',
      forge({ ...entry({}), b: { dtype: 'F32', shape: [2], data_offsets: [12, 20] } }, 64),
      /a and b overlap at byte 12/,
    ],
  ])('%s', (_, bytes, reason) => {
    const decoded = decodeSafetensors(bytes);
    expect(decoded).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });

  test('damage anywhere without throwing', () => {
    const bytes = encodeSafetensors(tensors);
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(bytes.length),
        (at, value, end) => {
          const damaged = bytes.slice(0, end);
          if (at < end) damaged[at] = value;
          const decoded = decodeSafetensors(damaged);
          expect(typeof decoded.ok).toBe('boolean');
        },
      ),
    );
  });
});
