import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from './safetensors';

const tensors = new Map([
  ['Generator.g_dense_1.weight', { dims: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-30, 6) }],
  ['Generator.g_dense_1.bias', { dims: [2], values: Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY) }],
  ['scalar', { dims: [], values: Float32Array.of(7) }],
  ['empty', { dims: [0, 4], values: new Float32Array() }],
]);

/** They are float32 all. */
const all = { tensors, converted: new Map(), skipped: [] };

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
  expect(decodeSafetensors(bytes)).toEqual({ ok: true, ...all, about: { title: 'Ring' } });
});

test('is read from anywhere in a larger buffer', () => {
  const bytes = encodeSafetensors(tensors);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(decodeSafetensors(shifted.subarray(3))).toEqual({ ok: true, ...all, about: {} });
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
    ['a type that is no name', forge(entry({ dtype: { F32: 1 } })), /dtype/],
    ['fewer bytes than its type takes', forge(entry({ dtype: 'F64' })), /takes 32 bytes; it claims 16/],
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

describe('numbers of every type', () => {
  /** A file of one tensor of these bytes. */
  const file = (dtype: string, size: number, body: Uint8Array) => {
    const bytes = forge({ a: { dtype, shape: [size], data_offsets: [0, body.length] } }, body.length);
    bytes.set(body, bytes.length - body.length);
    return bytes;
  };
  const read = (dtype: string, size: number, body: Uint8Array) => {
    const decoded = decodeSafetensors(file(dtype, size, body));
    if (!decoded.ok) throw new Error(decoded.reason);
    return decoded;
  };
  const bytesOf = (values: Float64Array | Uint16Array) => new Uint8Array(values.buffer);
  const valuesOf = (dtype: string, body: Float64Array | Uint16Array) =>
    read(dtype, body.length, bytesOf(body)).tensors.get('a')?.values;

  test('F64 is rounded to the nearest float32', () => {
    const values = [
      0.1,
      -1 / 3,
      1e-45,
      2 ** -149,
      2 ** -151,
      3.4028234663852886e38,
      1e39,
      -Infinity,
      NaN,
      -0,
    ];
    expect(valuesOf('F64', Float64Array.from(values))).toEqual(Float32Array.from(values, Math.fround));
  });

  test('every F16 is exact: normal, subnormal, infinite, not a number', () => {
    const bits = Uint16Array.from({ length: 65_536 }, (_, i) => i);
    const values = valuesOf('F16', bits) as Float32Array;
    // Sign, exponent and fraction by the definition of binary16.
    const expected = Float32Array.from(bits, (word) => {
      const [sign, exponent, fraction] = [word >> 15 ? -1 : 1, (word >> 10) & 31, word & 1023];
      if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
      return sign * (exponent === 0 ? fraction / 2 ** 24 : (fraction + 1024) * 2 ** (exponent - 25));
    });
    expect(bits.filter((word) => !Object.is(values[word], expected[word]))).toHaveLength(0);
    expect(values[0x0001]).toBe(2 ** -24);
    expect(values[0x7bff]).toBe(65_504);
    expect(values[0x3555]).toBe(0.333251953125);
    expect(Object.is(values[0x8000], -0)).toBe(true);
  });

  test('every BF16 is the float32 with its upper half', () => {
    const bits = Uint16Array.from({ length: 65_536 }, (_, i) => i);
    const values = valuesOf('BF16', bits) as Float32Array;
    const words = new Uint32Array(values.buffer);
    // A signalling NaN may come back as a quiet one.
    const kept = bits.filter((word, i) => Number.isNaN(values[i]) || words[i] === word * 65_536);
    expect(kept).toHaveLength(65_536);
    expect(values[0x3f80]).toBe(1);
    expect(values[0x0001]).toBe(2 ** -133);
    expect(values[0x7f80]).toBe(Number.POSITIVE_INFINITY);
  });

  test.each([
    ['BOOL', 1],
    ['U8', 1],
    ['I8', 1],
    ['U16', 2],
    ['I16', 2],
    ['U32', 4],
    ['I32', 4],
    ['U64', 8],
    ['I64', 8],
    ['F8_E4M3', 1],
  ])('%s holds no weights, and is left out by name', (dtype, bytes) => {
    expect(read(dtype, 3, new Uint8Array(3 * bytes))).toEqual({
      ok: true,
      tensors: new Map(),
      converted: new Map(),
      skipped: [{ name: 'a', dims: [3], type: dtype }],
      about: {},
    });
  });

  test('what was converted is counted by type', () => {
    const entry = (dtype: string, start: number, end: number) => ({
      dtype,
      shape: [1],
      data_offsets: [start, end],
    });
    const decoded = decodeSafetensors(
      forge(
        { a: entry('F64', 0, 8), b: entry('F16', 8, 10), c: entry('F64', 10, 18), d: entry('F32', 18, 22) },
        22,
      ),
    );
    expect(decoded.ok && decoded.converted).toEqual(
      new Map([
        ['F64', 2],
        ['F16', 1],
      ]),
    );
  });

  test('a header of any entries is read or refused, never thrown at', () => {
    const anything = fc.oneof(fc.constantFrom('F32', 'F64', 'F16', 'BF16', 'I64', 'F8', ''), fc.jsonValue());
    const entry = fc.record({
      dtype: anything,
      shape: fc.oneof(fc.array(fc.integer({ min: -2, max: 9 }), { maxLength: 9 }), fc.jsonValue()),
      data_offsets: fc.oneof(fc.tuple(fc.nat(80), fc.nat(80)), fc.jsonValue()),
    });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(entry, fc.jsonValue())), fc.nat(64), (header, body) => {
        const decoded = decodeSafetensors(forge(header, body));
        if (!decoded.ok) expect(decoded.reason).not.toBe('');
        else
          for (const { dims, values } of decoded.tensors.values())
            expect(values).toHaveLength(dims.reduce((product, dim) => product * dim, 1));
      }),
    );
  });
});
