import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addTiming,
  costClass,
  offerSwitch,
  readTimings,
  suggestBackend,
  type Timings,
  worthMeasuring,
} from './choose';
import type { Machine } from './gpu';

const desktop: Machine = {
  gpu: { renderer: 'ANGLE (NVIDIA GeForce RTX 4070)', hardware: true },
  webgpu: true,
  wasm: true,
  isolated: true,
  cores: 8,
  safari: false,
};
const laptop: Machine = { ...desktop, gpu: { renderer: 'SwiftShader', hardware: false } };

describe('where nothing was measured', () => {
  it('starts on WebGL with a hardware GPU', () => {
    expect(suggestBackend(desktop, 1e6, {})).toEqual({
      backend: 'webgl',
      reason: 'this machine has a GPU',
    });
  });

  it('starts on WASM where WebGL is software, absent, or in Safari', () => {
    expect(suggestBackend(laptop, 1e6, {}).backend).toBe('wasm');
    expect(suggestBackend({ ...desktop, gpu: undefined }, 1e6, {}).backend).toBe('wasm');
    expect(suggestBackend({ ...desktop, safari: true }, 1e6, {}).backend).toBe('wasm');
  });

  it('computes in JavaScript where there is nothing else', () => {
    const bare = { ...desktop, gpu: undefined, wasm: false, webgpu: false };
    expect(suggestBackend(bare, 1e6, {})).toMatchObject({ backend: 'cpu' });
  });

  it('measures neither the backend in use nor software', () => {
    expect(worthMeasuring(desktop, 'webgl')).toEqual(['wasm', 'webgpu']);
    expect(worthMeasuring(laptop, 'wasm')).toEqual([]);
  });
});

describe('where it was measured', () => {
  const timings = addTiming(addTiming({}, desktop, 2e6, 'webgl', 12), desktop, 2e6, 'wasm', 8);

  it('starts on the fastest for games of this size, on this machine only', () => {
    expect(suggestBackend(desktop, 9e6, timings)).toMatchObject({ backend: 'wasm' });
    expect(suggestBackend(desktop, 2e7, timings).backend).toBe('webgl');
    expect(suggestBackend({ ...desktop, cores: 4 }, 2e6, timings).backend).toBe('webgl');
  });

  it('offers a switch from 1.2 times on', () => {
    expect(offerSwitch('webgl', desktop, 2e6, timings)).toEqual({ backend: 'wasm', speedup: 1.5 });
    expect(offerSwitch('wasm', desktop, 2e6, timings)).toBeUndefined();
    expect(
      offerSwitch('webgl', desktop, 2e6, addTiming(timings, desktop, 2e6, 'wasm', 10.01)),
    ).toBeUndefined();
    expect(
      offerSwitch('webgl', desktop, 2e6, addTiming(timings, desktop, 2e6, 'wasm', 10))?.speedup,
    ).toBeCloseTo(1.2);
    expect(offerSwitch('webgpu', desktop, 2e6, timings)).toBeUndefined();
  });

  it('keeps 64 entries and drops the oldest', () => {
    let grown: Timings = {};
    for (let cores = 1; cores <= 70; cores++) grown = addTiming(grown, { ...desktop, cores }, 1, 'wasm', 1);
    expect(Object.keys(grown)).toHaveLength(64);
    expect(Object.keys(grown)[0]).toContain('7 cores');
  });
});

it('puts costs into decades', () => {
  expect([0, 1, 9.9e5, 1e6, 3e9].map(costClass)).toEqual(['1e0', '1e0', '1e5', '1e6', '1e9']);
});

it('reads any stored value as timings', () => {
  expect(readTimings({ a: { wasm: 3, webgl: 'x', other: 1 }, b: 4, c: { wasm: -1 } })).toEqual({
    a: { wasm: 3 },
  });
  fc.assert(
    fc.property(fc.jsonValue(), (stored) => {
      const timings = readTimings(stored);
      expect(suggestBackend(desktop, 1e6, timings).backend).toBe('webgl');
    }),
  );
});
