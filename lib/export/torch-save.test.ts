import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readTensors } from './read-tensors';
import { dict, file, name, number, op, ordered, string, tensor, tuple } from './testing/torch-file';

/** That PyTorch’s own files are read is shown in tests/torch. */

const read = (bytes: Uint8Array) => {
  const decoded = readTensors(bytes);
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded;
};

describe('a state_dict of torch.save is read:', () => {
  test('names, dims, numbers', () => {
    const { tensors } = read(file(ordered({ 'main.0.weight': tensor({ dims: [2, 3] }) })));
    expect(tensors).toEqual(
      new Map([['main.0.weight', { dims: [2, 3], values: Float32Array.of(0, 1, 2, 3, 4, 5) }]]),
    );
  });

  test('a view of its storage, transposed', () => {
    const { tensors } = read(file(dict({ a: tensor({ dims: [2, 2], strides: [1, 2], offset: 1 }) })));
    expect(tensors.get('a')).toEqual({ dims: [2, 2], values: Float32Array.of(1, 3, 2, 4) });
  });

  test('types by storage; whole numbers are left out', () => {
    const decoded = read(
      file(
        dict({
          a: tensor({ storage: 'DoubleStorage', dims: [3] }),
          n: tensor({ storage: 'LongStorage', dims: [] }),
        }),
      ),
    );
    expect(decoded.converted).toEqual(new Map([['F64', 1]]));
    expect(decoded.skipped).toEqual([{ name: 'n', dims: [], type: 'I64' }]);
  });

  test('a checkpoint of dicts in dicts, with objects of which nothing is made', () => {
    const options = [...name('argparse', 'Namespace'), op(')'), op('R'), ...dict({ lr: number(1) }), op('b')];
    const parameter = [
      ...name('torch._utils', '_rebuild_parameter'),
      ...tuple(tensor({ dims: [6] }), [136], [op('N')]),
      op('R'),
    ];
    const { tensors } = read(
      file(dict({ epoch: number(3), opt: options, netG: ordered({ 'main.0.weight': parameter }) })),
    );
    expect([...tensors.keys()]).toEqual(['netG.main.0.weight']);
  });
});

describe('it is refused with a reason:', () => {
  const evil = [...name('os', 'system'), ...tuple(string('touch x')), op('R')];
  test.each([
    ['a call that would run something', file(evil), /no dict of tensors/],
    [
      'a model instead of its state',
      file([...name('__main__', 'Net'), op(')'), 129, op('.')]),
      /operation 129/,
    ],
    ['a pickle before the zips', Uint8Array.of(128, 2, 138, 10, 108, 252), /before 1\.6/],
    ['a zip of something else', zipSync({ 'a.txt': new Uint8Array(3) }), /no data\.pkl/],
    ['numbers that are missing', file(dict({ a: tensor({ key: '9', dims: [1] }) })), /data\/9 are missing/],
    ['a tensor beyond its numbers', file(dict({ a: tensor({ dims: [7] }) })), /beyond its numbers/],
    [
      'strides beyond its numbers',
      file(dict({ a: tensor({ dims: [2], strides: [6] }) })),
      /beyond its numbers/,
    ],
    [
      'a tensor spread out of one number',
      file(dict({ a: tensor({ dims: [2 ** 30], strides: [0] }) })),
      /more numbers than it has bytes/,
    ],
    [
      'files that are compressed',
      file(dict({ a: tensor({ dims: [6] }) }), { 0: new Uint8Array(1e6) }, 6),
      /compressed/,
    ],
    ['a list that is cut off', file([op('('), op('K')]), /cut off|operation/],
    ['what refers to itself', file([op('}'), op('q'), 0, ...string('a'), op('h'), 0, op('s')]), /too deep/],
  ])('%s', (_, bytes, reason) => {
    expect(readTensors(bytes)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });

  test('a dict of dicts that doubles with each', () => {
    const start = [op('}'), op('q'), 0];
    const doubled = (index: number) => [
      op('}'),
      ...string('a'),
      op('h'),
      index - 1,
      op('s'),
      ...string('b'),
      op('h'),
      index - 1,
      op('s'),
      op('q'),
      index,
    ];
    const bytes = file([...start, ...Array.from({ length: 40 }, (_, i) => doubled(i + 1)).flat()]);
    expect(readTensors(bytes)).toMatchObject({ ok: false, reason: expect.stringContaining('too deep') });
  });

  test('damage anywhere, without throwing', () => {
    const whole = file(
      ordered({ w: tensor({ dims: [2, 3] }), n: tensor({ storage: 'LongStorage', dims: [] }) }),
    );
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.nat(whole.length), (changes, end) => {
        const bytes = whole.slice(0, end || whole.length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        expect(typeof readTensors(bytes).ok).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });

  test('any pickle, without throwing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(255), { maxLength: 60 }), (body) => {
        expect(typeof readTensors(file(body)).ok).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });
});
