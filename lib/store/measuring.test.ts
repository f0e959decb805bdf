import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Plan } from '@/lib/compile/plan';
import { type BackendChoice, type BackendGuide, noChoice } from './backend-guide';
import { createMeasuring, type Moving } from './measuring';

const cost = { parameters: 1, multiplyAdds: 1e6, bytes: 1e6, memory: { base: 1, moments: [] } };
const run: Moving = {
  runId: 'r1',
  plan: {} as Plan,
  cost,
  backend: 'webgl',
  rate: 50,
  choice: { ...noChoice, backend: 'webgl', unmeasured: ['wasm', 'webgpu'] },
};

function setUp(moving: () => Moving | undefined) {
  const learn = vi.fn<BackendGuide['learn']>(() => noChoice);
  const measure = vi.fn(async (_plan: Plan, name: string) => (name === 'wasm' ? 8 : null));
  const shown: BackendChoice[] = [];
  const guide: BackendGuide = { choose: () => noChoice, learn, prefer: () => {} };
  const measuring = createMeasuring({ client: { measure }, guide, moving, show: (c) => void shown.push(c) });
  return { measuring, learn, measure, shown };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the others share five seconds; the run keeps its own figure', async () => {
  const { measuring, learn, measure, shown } = setUp(() => run);
  measuring.schedule();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(measure.mock.calls.map(([, name, ms]: unknown[]) => [name, ms])).toEqual([
    ['wasm', 2500],
    ['webgpu', 2500],
  ]);
  expect(learn).toHaveBeenCalledWith(cost, { webgl: 20, wasm: 8, webgpu: null }, 'webgl');
  expect(shown.map(({ measuring: name }) => name)).toEqual(['wasm', 'webgpu', undefined]);
});

test('a person’s own choice is timed and compared with nothing', async () => {
  const { measuring, learn, measure } = setUp(() => ({ ...run, choice: { ...run.choice, isManual: true } }));
  measuring.schedule();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(measure).not.toHaveBeenCalled();
  expect(learn).toHaveBeenCalledWith(cost, { webgl: 20 }, 'webgl');
});

test('nothing is learnt from a run that ended meanwhile', async () => {
  let now: Moving | undefined = run;
  const { measuring, learn, measure } = setUp(() => now);
  measure.mockImplementation(async () => {
    now = undefined;
    return 8;
  });
  measuring.schedule();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(measure).toHaveBeenCalledTimes(1);
  expect(learn).not.toHaveBeenCalled();
});

test('a pause before its time cancels it', async () => {
  const { measuring, measure } = setUp(() => run);
  measuring.schedule();
  measuring.cancel();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(measure).not.toHaveBeenCalled();
});
