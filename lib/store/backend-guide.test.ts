import { expect, test } from 'vitest';
import type { Machine } from '@/lib/engine/gpu';
import { createBackendGuide } from './backend-guide';

const withoutGpu: Machine = {
  gpu: { renderer: 'SwiftShader', hardware: false },
  webgpu: false,
  wasm: true,
  isolated: true,
  cores: 2,
  safari: false,
};
const withGpu: Machine = { ...withoutGpu, gpu: { renderer: 'NVIDIA', hardware: true } };
const cost = { parameters: 100, multiplyAdds: 1e7, bytes: 1e6, memory: { base: 1, moments: [] } };

function setUp(machine: Machine) {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return { guide: createBackendGuide(() => machine, storage), storage };
}

test('without a GPU a game starts on WASM, with one on WebGL', () => {
  expect(setUp(withoutGpu).guide.choose(cost).backend).toBe('wasm');
  expect(setUp(withGpu).guide.choose(cost)).toMatchObject({ backend: 'webgl', unmeasured: ['wasm'] });
});

test('a faster backend is offered, remembered for games of this size, and chosen next time', () => {
  const { guide } = setUp(withGpu);
  const learnt = guide.learn(cost, { webgl: 42, wasm: 20 }, 'webgl');
  expect(learnt).toMatchObject({
    backend: 'webgl',
    faster: { backend: 'wasm', speedup: 2.1 },
    unmeasured: [],
  });
  expect(guide.choose(cost)).toMatchObject({ backend: 'wasm', figures: { webgl: 42, wasm: 20 } });
  expect(guide.choose({ ...cost, multiplyAdds: 1e9 }).backend).toBe('webgl');
});

test('the fastest in use is called so', () => {
  const { guide } = setUp(withGpu);
  const learnt = guide.learn(cost, { webgl: 10, wasm: 20 }, 'webgl');
  expect(learnt).toMatchObject({ faster: undefined, why: 'fastest of 2 measured here' });
});

test('a backend that failed is not tried again in this page', () => {
  const { guide } = setUp(withGpu);
  const learnt = guide.learn(cost, { webgl: 10, wasm: null }, 'webgl');
  expect(learnt).toMatchObject({ unmeasured: [], figures: { wasm: null } });
});

test('a preference outranks measurements until it is taken back', () => {
  const { guide } = setUp(withGpu);
  guide.prefer('wasm');
  expect(guide.choose(cost)).toMatchObject({ backend: 'wasm', isManual: true });
  guide.prefer('auto');
  expect(guide.choose(cost)).toMatchObject({ backend: 'webgl', isManual: false });
});

test('a damaged memory is measured anew', () => {
  const { guide, storage } = setUp(withGpu);
  storage.setItem('ganvas-speed', '{"broken');
  expect(guide.choose(cost).backend).toBe('webgl');
});
