import { beforeEach, expect, test, vi } from 'vitest';
import type { Engine, startFirst } from '@/lib/engine/backend';
import type { BackendName } from '@/lib/engine/backend-name';
import type { BackendOptions } from '@/lib/engine/backend-options';
import { createEngines } from './engines';

const asked: (readonly BackendName[])[] = [];
const options: BackendOptions[] = [];
const dispose = vi.fn();
const start: typeof startFirst = async (names, given = {}) => {
  asked.push(names);
  options.push(given);
  return { engine: { name: names[0], dispose } as unknown as Engine, failures: [] };
};

beforeEach(() => {
  asked.length = 0;
  options.length = 0;
  dispose.mockClear();
});

test('a backend is started once, however many runs it serves', async () => {
  const engines = createEngines(() => '', start);
  const first = await engines.start('wasm');
  expect(await engines.start('wasm')).toBe(first);
  expect(asked).toEqual([['wasm', 'webgl', 'webgpu', 'cpu']]);
  expect(dispose).not.toHaveBeenCalled();
});

test('another one takes its place', async () => {
  const engines = createEngines(() => '', start);
  await engines.start('wasm');
  await engines.start('webgl');
  expect(asked.map(([name]) => name)).toEqual(['wasm', 'webgl']);
  expect(dispose).toHaveBeenCalledOnce();
});

test.each(['webgl', 'webgpu'] as const)(
  'P7: the run that %s serves hears that its device is lost',
  async (name) => {
    const engines = createEngines(() => '', start);
    const [first, second] = [vi.fn(), vi.fn()];
    await engines.start(name, first);
    await engines.start(name, second);
    options[0]?.onLost?.('the device was lost');
    expect(first).not.toHaveBeenCalled();
    expect(second.mock.calls).toEqual([['the device was lost']]);
  },
);

test('a device that was lost serves no further run', async () => {
  const engines = createEngines(() => '', start);
  const lost = await engines.start('webgpu');
  options[0]?.onLost?.('the device was lost');
  expect(await engines.start('webgpu')).not.toBe(lost);
  // tfjs would hand out the dead one again.
  expect(dispose).toHaveBeenCalledOnce();
});

test('a device that was given up and then reports its end is nobody’s loss', async () => {
  const engines = createEngines(() => '', start);
  const onLost = vi.fn();
  await engines.start('webgpu', onLost);
  await engines.start('wasm', onLost);
  options[0]?.onLost?.('destroyed');
  expect(onLost).not.toHaveBeenCalled();
});
