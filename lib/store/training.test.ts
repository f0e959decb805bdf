import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Checked } from '@/lib/check/checked';
import type { Plan } from '@/lib/compile/plan';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { gameOf as document, trainingWith as setUp } from './testing/training';

vi.mock('@/lib/compile/compile', () => ({
  compilePlan: ({ graph }: Checked): Plan => ({
    format: 1,
    settings: graph.settings,
    networks: [],
    game: [],
    averagings: [],
    players:
      graph.title === 'Nothing'
        ? []
        : [{ id: 'adam', kind: 'adam', params: {} } as unknown as Plan['players'][number]],
    views: [],
    metrics: [],
    calls: graph.nodes.map(({ id }) => id),
  }),
}));

const error: Diagnostic = { code: 'shape-mismatch', severity: 'error', message: 'no' };

let at: ReturnType<typeof setUp>;
beforeEach(() => {
  at = setUp();
  at.store.setDocument('doc', document());
});

test('play starts one run with the plan of the document and its checkpoint key', async () => {
  await at.run();
  expect(at.started).toHaveLength(1);
  expect(at.started[0]).toMatchObject({
    backend: 'wasm',
    resume: false,
    paused: false,
    checkpointKey: 'doc',
  });
  expect(at.store.getState().status.type).toBe('running');
});

test('a document with errors does not start, and says so', () => {
  at.store.setDocument('doc', document({}, { diagnostics: [error] }));
  at.store.play();
  expect(at.store.getState()).toMatchObject({ refusals: 1, status: { type: 'idle' } });
});

test('play takes edits along that are still on their way', async () => {
  const fixed = document({ batchSize: 32 });
  at = setUp({}, () => ({ id: 'doc', checked: fixed }));
  at.store.setDocument('doc', document({}, { diagnostics: [error] }));
  await at.run();
  expect(at.store.getState()).toMatchObject({ refusals: 0, status: { type: 'running' } });
  expect(at.started[0]?.plan.settings.batchSize).toBe(32);
});

test('a game without players or views is refused', () => {
  const empty = document();
  at.store.setDocument('doc', { ...empty, graph: { ...empty.graph, title: 'Nothing' } });
  at.store.play();
  expect(at.started).toHaveLength(0);
  expect(at.store.getState()).toMatchObject({ refusals: 1, status: { type: 'idle' } });
});

test('a game over the budget asks first', async () => {
  at.store.setDocument(
    'doc',
    document({}, { cost: { parameters: 1, multiplyAdds: 1e11, bytes: 1, memory: { base: 1, moments: [] } } }),
  );
  at.store.play();
  expect(at.store.getState().asking).toBeDefined();
  expect(at.started).toHaveLength(0);
  at.store.answer(true);
  await vi.waitFor(() => expect(at.started).toHaveLength(1));
});

test('opening another document runs nothing and ends the run', async () => {
  await at.run();
  at.store.setDocument('other', document());
  expect(at.store.getState()).toMatchObject({ documentId: 'other', status: { type: 'idle' } });
  expect(at.started).toHaveLength(1);
});

test('an edit that breaks the graph leaves the run and says how many errors there are', async () => {
  await at.run();
  at.store.setDocument('doc', document({}, { diagnostics: [error, error] }));
  expect(at.store.getState()).toMatchObject({ staleErrors: 2, status: { type: 'running' } });
  expect(at.sent).toEqual([]);
  at.store.setDocument('doc', document());
  expect(at.store.getState().staleErrors).toBe(0);
});

test('target, structure and seed each reach the worker in their own way', async () => {
  await at.run();
  at.store.setDocument('doc', document({ iterations: 9000 }));
  expect(at.sent).toMatchObject([{ type: 'target', iterations: 9000 }]);
  at.store.setDocument('doc', document({ iterations: 9000, batchSize: 32 }));
  expect(at.sent[1]).toMatchObject({ type: 'replan' });
  at.store.setDocument('doc', document({ iterations: 9000, batchSize: 32, seed: 5 }));
  await vi.waitFor(() => expect(at.started).toHaveLength(2));
  expect(at.started[1]).toMatchObject({ resume: false, paused: false });
});

test('an edit made while the run before it is being stopped is not lost', async () => {
  at.store.play();
  at.store.setDocument('doc', document({ batchSize: 16 }));
  await vi.waitFor(() => expect(at.sent.length + at.started.length).toBeGreaterThan(1));
  expect(at.started[0]?.plan.settings.batchSize).toBe(64);
  expect(at.sent).toMatchObject([{ type: 'replan', plan: { settings: { batchSize: 16 } } }]);
});

test('a kept checkpoint is taken up by the next play, and forgotten by a reset', async () => {
  await at.run();
  at.say({ type: 'saved', iteration: 400 });
  at.store.setDocument('other', document());
  at.store.setDocument('doc', document());
  expect(at.store.getState().kept).toBe(400);
  at.store.play();
  await vi.waitFor(() => expect(at.started).toHaveLength(2));
  expect(at.started[1]?.resume).toBe(true);
  at.store.reset();
  await vi.waitFor(() => expect(at.started).toHaveLength(3));
  expect(at.started[2]).toMatchObject({ resume: false, paused: true });
  expect(at.storage.getItem('ganvas-kept:doc')).toBeNull();
});

test('opened weights are written once the run before has ended, and the run stands there', async () => {
  const { store, run, started } = setUp();
  store.setDocument('doc-1', document());
  await run();
  const write = vi.fn(async () => {});
  store.openWeights({ iteration: 70, write });
  expect(store.getState()).toMatchObject({ kept: 70, iteration: 70 });
  await vi.waitFor(() => expect(started).toHaveLength(2));
  expect(write).toHaveBeenCalledOnce();
  expect(started[1]).toMatchObject({ resume: true, paused: true, checkpointKey: 'doc-1' });
});

test('weights that cannot be kept fail with the reason', async () => {
  const { store, started } = setUp();
  store.setDocument('doc-1', document());
  store.openWeights({ iteration: 70, write: () => Promise.reject(new Error('storage is full')) });
  await vi.waitFor(() => expect(store.getState().status.type).toBe('failed'));
  expect(store.getState()).toMatchObject({ kept: 0, status: { diagnostic: { code: 'weights-not-kept' } } });
  expect(started).toEqual([]);
});

test('one crash goes on from the checkpoint, a second soon after fails', async () => {
  await at.run();
  at.say({ type: 'saved', iteration: 400 });
  at.lose();
  await vi.waitFor(() => expect(at.started).toHaveLength(2));
  expect(at.started[1]).toMatchObject({ resume: true, paused: false });
  expect(at.store.getState().note).toContain('400');
  at.lose();
  expect(at.store.getState().status).toMatchObject({ type: 'failed', diagnostic: { code: 'worker-lost' } });
});

test('a lost graphics device moves the run to another backend', async () => {
  await at.run();
  const diagnostic = { code: 'device-lost', severity: 'error', message: 'The graphics device was lost.' };
  at.say({ type: 'failed', iteration: 3, diagnostic });
  await vi.waitFor(() => expect(at.started).toHaveLength(2));
  const words = 'The graphics device was lost. The run went on from iteration 0 on JavaScript.';
  expect(at.store.getState()).toMatchObject({ note: words, recovered: words, status: { type: 'compiling' } });
  expect(at.started[1]).toMatchObject({ backend: 'cpu', paused: false });
});

test('a device that is full moves the run on too, and a run with nowhere left to go ends', async () => {
  await at.run();
  at.say({ type: 'saved', iteration: 40 });
  const diagnostic = { code: 'out-of-memory', severity: 'error', message: 'No memory.' };
  at.say({ type: 'failed', iteration: 43, diagnostic });
  await vi.waitFor(() => expect(at.started).toHaveLength(2));
  expect(at.started[1]).toMatchObject({ backend: 'cpu', resume: true });
  at.say({ type: 'failed', iteration: 43, diagnostic });
  expect(at.store.getState().status).toMatchObject({
    type: 'failed',
    diagnostic: { code: 'out-of-memory', message: expect.stringContaining('no other backend') },
  });
});

test('a game that does not fit is refused with the estimate', () => {
  const memory = { base: 0, moments: [{ fixed: 0, perRow: 1e8 }] };
  at.store.setDocument(
    'doc',
    document({}, { cost: { parameters: 1, multiplyAdds: 1, bytes: 6.4e9, memory } }),
  );
  at.store.play();
  expect(at.started).toHaveLength(0);
  expect(at.store.getState()).toMatchObject({
    refusals: 1,
    refused: {
      code: 'memory-too-large',
      message: expect.stringContaining('about 6.4 GB of memory; WASM here has at most 4.3 GB'),
      hint: expect.stringContaining('A batch of 42 would fit'),
    },
  });
  at.store.setDocument('doc', document());
  expect(at.store.getState().refused).toBeUndefined();
});

describe('the expected speed', () => {
  const trial = { msPerIteration: 20, rows: 64, final: true };
  beforeEach(() => {
    vi.useFakeTimers();
    at.store.warm();
    vi.advanceTimersByTime(1);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is found before the first play, for the backend that play would use', () => {
    expect(at.tried).toMatchObject([{ request: { backend: 'wasm', plan: { settings: { batchSize: 64 } } } }]);
    at.tried[0]?.report('wasm', trial);
    const expected = { perSecond: 50, backend: 'wasm', rows: 64, batchSize: 64 };
    expect(at.store.getState().expected).toEqual(expected);
  });

  test('is found anew after a change of the game, once for changes that come quickly', () => {
    for (const batchSize of [16, 8]) {
      at.store.setDocument('doc', document({ batchSize }));
      vi.advanceTimersByTime(100);
    }
    expect(at.store.getState().expected).toBeUndefined();
    expect(at.ended).toEqual([64]);
    vi.advanceTimersByTime(1000);
    expect(at.tried.map(({ request }) => request.plan.settings.batchSize)).toEqual([64, 8]);
    // The first trial is late: its game is another one.
    at.tried[0]?.report('wasm', trial);
    expect(at.store.getState().expected).toBeUndefined();
  });

  test('is known at once for a game that was tried, and whatever a trial does not depend on', () => {
    at.tried[0]?.report('wasm', trial);
    at.store.setDocument('doc', document({ iterations: 7, seed: 3 }));
    expect(at.store.getState().expected).toMatchObject({ perSecond: 50 });
    at.store.setDocument('doc', document({ batchSize: 8 }));
    at.store.setDocument('doc', document());
    expect(at.store.getState().expected).toMatchObject({ perSecond: 50 });
    vi.advanceTimersByTime(1000);
    expect(at.tried).toHaveLength(1);
  });

  test('gives way to a play', async () => {
    at.store.play();
    expect(at.ended).toEqual([64]);
    expect(at.store.getState().expected).toBeUndefined();
  });
});

test('losses, metrics and pictures go to the feed', async () => {
  await at.run();
  const seen = vi.fn();
  at.store.feed.subscribePicture('samples', seen);
  at.say({
    type: 'progress',
    iteration: 2,
    iterationsPerSecond: 10,
    tensors: 1,
    bytes: 1,
    losses: { 'adam-d': { iterations: Float64Array.of(0, 1), values: Float64Array.of(0.7, 0.6) } },
  });
  at.say({ type: 'metrics', iteration: 2, values: { quality: { modes: 8 } } });
  at.say({ type: 'pictures', iteration: 2, pictures: { samples: { type: 'empty', message: 'x' } } });
  expect([...at.store.feed.losses.curve('adam-d').values]).toEqual([0.7, 0.6]);
  expect(at.store.feed.metrics.last('quality.modes')).toBe(8);
  expect(seen.mock.calls).toEqual([[undefined], [{ type: 'empty', message: 'x' }]]);
});

test('what a run has shown is kept with its document, and another run does not take its place', async () => {
  await at.run();
  at.say({ type: 'compiled', backend: 'wasm', iteration: 0, summaries: {}, run: 'kept' });
  const losses = { 'adam-d': { iterations: Float64Array.of(0, 1), values: Float64Array.of(0.7, 0.6) } };
  at.say({ type: 'progress', iteration: 2, iterationsPerSecond: 10, tensors: 1, bytes: 1, losses });
  at.say({ type: 'saved', iteration: 2 });
  at.store.note(1, 'it turns');
  expect(at.recorded).toEqual([
    ['kept', 64, 2, []],
    ['kept', 64, 2, ['it turns']],
  ]);
  // The run that ends was of the document before this edit.
  at.store.setDocument('doc', document({ seed: 9, batchSize: 8 }));
  expect(at.recorded.slice(2)).toEqual([['kept', 64, 2, ['it turns']]]);
  at.store.reset();
  expect(at.recorded).toHaveLength(3);
});

test('a note on a run that is only kept goes to that run, whose graph stays what it was', async () => {
  at.storage.setItem('ganvas-kept:other', '12');
  at.store.setDocument('other', document());
  await vi.waitFor(() => {
    at.store.note(12, 'the end');
    expect(at.recorded.at(-1)).toEqual(['run of other', undefined, 0, expect.arrayContaining(['the end'])]);
  });
  const [note] = at.store.feed.marks();
  if (note) at.store.forget(note);
  expect(at.store.feed.marks()).not.toContain(note);
});

describe('whoever waits for a checkpoint', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('waits for the answer alone, though nothing is new', async () => {
    await at.run();
    const before = performance.now();
    await at.store.saved();
    expect(performance.now() - before).toBeLessThan(500);
  });

  test('waits two seconds at most for a worker that is held up', async () => {
    const held = setUp({ save: () => new Promise(() => {}) });
    held.store.setDocument('doc', document());
    await held.run();
    vi.useFakeTimers();
    const over = vi.fn();
    void held.store.saved().then(over);
    await vi.advanceTimersByTimeAsync(1_900);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(over).toHaveBeenCalled();
  });
});

test('weights that are opened one after another are written in that order', async () => {
  const written: number[] = [];
  const { store, started } = setUp();
  store.setDocument('doc', document());
  const write = (iteration: number, turns: number) => async () => {
    for (let i = 0; i < turns; i++) await Promise.resolve();
    written.push(iteration);
  };
  store.openWeights({ iteration: 70, write: write(70, 50) });
  store.openWeights({ iteration: 80, write: write(80, 1) });
  await vi.waitFor(() => expect(started).toHaveLength(1));
  expect(written).toEqual([70, 80]);
  expect(store.getState().kept).toBe(80);
});
