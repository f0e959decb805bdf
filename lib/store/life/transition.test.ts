import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { find, follow, game, machine, open, report, vacated } from '../testing/life';
import type { Life, LifeEvent, Step } from './life';
import { transition } from './transition';

const error: Diagnostic = { code: 'shape-mismatch', severity: 'error', message: 'no' };

const compiled = report({ type: 'compiled', backend: 'wasm', iteration: 0, summaries: {} });
const compiledBy = (run: number) =>
  report({ type: 'compiled', backend: 'wasm', iteration: 0, summaries: {} }, 'doc', `run-${run}`);
const saved = (iteration: number) => report({ type: 'saved', iteration });
const lost = (run = 1): LifeEvent => ({
  type: 'lost',
  runId: `run-${run}`,
  loss: 'crashed',
  detail: 'out of memory',
});
const failed = (code: string) =>
  report({ type: 'failed', iteration: 3, diagnostic: { code, severity: 'error', message: 'It failed.' } });
const running: LifeEvent[] = [open(), { type: 'play' }, vacated(), compiled];

const types = ({ effects }: Step) => effects.map(({ type }) => type);
const statusOf = ({ life }: { readonly life: Life }) => life.status.type;

describe('a run begins', () => {
  test('at rest, to be looked at: from what is kept, and not where one is there', () => {
    const asked = follow([open(game(), 40), { type: 'rest' }]);
    expect(asked.life.status).toEqual({ type: 'compiling', next: 'paused' });
    const begun = follow([open(game(), 40), { type: 'rest' }, vacated()]);
    expect(find(begun, 'start')?.message).toMatchObject({ resume: true, paused: true });
    expect(types(follow([...running, { type: 'rest' }]))).toEqual([]);
  });

  test('when the run before it has ended, and not sooner', () => {
    const asked = follow([open(), { type: 'play' }]);
    expect(types(asked)).toEqual(['measure', 'results', 'predict', 'vacate']);
    expect(asked.life.status).toEqual({ type: 'compiling', next: 'running' });
    const begun = follow([open(), { type: 'play' }, vacated()]);
    expect(find(begun, 'start')?.message).toMatchObject({
      runId: 'run-1',
      backend: 'wasm',
      resume: false,
      paused: false,
      checkpointKey: 'doc',
    });
  });

  test('paused, where a pause came meanwhile', () => {
    const begun = follow([open(), { type: 'play' }, { type: 'pause' }, vacated()]);
    expect(find(begun, 'start')?.message.paused).toBe(true);
  });

  test('from what is kept, without clearing its curves', () => {
    const asked = follow([open(game(), 400), { type: 'play' }]);
    expect(asked.life.iteration).toBe(400);
    expect(types(asked)).not.toContain('results');
    expect(find(follow([open(game(), 400), { type: 'play' }, vacated()]), 'start')?.message.resume).toBe(
      true,
    );
  });

  test('with one iteration, for a step', () => {
    const begun = follow([open(), { type: 'step' }, vacated()]);
    expect(find(begun, 'start')?.message.paused).toBe(true);
    expect(find(begun, 'send')?.message).toEqual({ type: 'step', runId: 'run-1' });
  });

  test('at rest with opened weights, once they are written', () => {
    const weights = { iteration: 70, write: async () => {} };
    const asked = follow([...running, { type: 'open-weights', weights }]);
    expect(find(asked, 'vacate')).toMatchObject({ runId: 'run-2', weights });
    expect(asked.life).toMatchObject({ kept: 70, iteration: 70 });
    const begun = follow([...running, { type: 'open-weights', weights }, vacated(2)]);
    expect(find(begun, 'start')?.message).toMatchObject({ resume: true, paused: true });
  });

  test('not at all where the weights could not be written', () => {
    const problem: Diagnostic = { code: 'weights-not-kept', severity: 'error', message: 'full' };
    const weights = { iteration: 70, write: async () => {} };
    const ended = follow([
      open(),
      { type: 'open-weights', weights },
      { type: 'vacated', runId: 'run-1', problem },
    ]);
    expect(types(ended)).toEqual(['keep', 'mark']);
    expect(ended.life).toMatchObject({ kept: 0, status: { type: 'failed', diagnostic: problem } });
  });

  test('once, for the newest of two that were asked for', () => {
    const events: LifeEvent[] = [open(), { type: 'play' }, { type: 'reset' }];
    expect(follow([...events, vacated(1)]).effects).toEqual([]);
    expect(find(follow([...events, vacated(1), vacated(2)]), 'start')?.message.runId).toBe('run-2');
  });

  test('not for a document that was closed meanwhile', () => {
    const events: LifeEvent[] = [open(), { type: 'play' }, open(game(), 0, 'other')];
    expect(statusOf(follow(events))).toBe('idle');
    expect(follow([...events, vacated()]).effects).toEqual([]);
  });
});

describe('a run is refused', () => {
  test.each([
    ['for errors', game({}, { diagnostics: [error] })],
    ['without players and views', game({}, { active: new Set() })],
    [
      'for its memory',
      game({}, { cost: { ...game().cost, memory: { base: 0, moments: [{ fixed: 1e12, perRow: 0 }] } } }),
    ],
  ])('%s, and what is kept stays', (_, checked) => {
    const { life, effects } = follow([open(checked, 400), { type: 'reset' }]);
    expect(life).toMatchObject({ refusals: 1, kept: 400, status: { type: 'idle' } });
    expect(effects).toEqual([]);
  });

  test('until a yes, where it is large; the yes holds', () => {
    const large = game({}, { cost: { ...game().cost, multiplyAdds: 1e11 } });
    const asked = follow([open(large), { type: 'play' }]);
    expect(asked.life.asking).toBe(large.cost);
    expect(asked.effects).toEqual([]);
    const no: LifeEvent[] = [open(large), { type: 'play' }, { type: 'answer', yes: false }];
    expect(follow(no).life).toMatchObject({ asking: undefined, status: { type: 'idle' } });
    const yes: LifeEvent[] = [open(large), { type: 'play' }, { type: 'answer', yes: true }];
    expect(statusOf(follow(yes))).toBe('compiling');
    expect(follow([...yes, vacated(), { type: 'reset' }]).life.asking).toBeUndefined();
  });
});

describe('an edit', () => {
  test('of the target, of a layer, of the seed: sent, planned anew, begun anew', () => {
    const target = follow([...running, open(game({ iterations: 9000 }))]);
    expect(target.effects).toEqual([
      { type: 'send', message: { type: 'target', runId: 'run-1', iterations: 9000 } },
    ]);
    const layer = follow([...running, open(game({ batchSize: 8 }))]);
    expect(find(layer, 'send')?.message).toMatchObject({ type: 'replan', runId: 'run-1' });
    const seed = follow([...running, saved(40), open(game({ seed: 5 }))]);
    expect(find(seed, 'keep')).toEqual({ type: 'keep', documentId: 'doc', iteration: 0 });
    expect(seed.life).toMatchObject({ runId: 'run-2', status: { type: 'compiling', next: 'running' } });
  });

  test('that breaks the graph leaves the run', () => {
    const broken = follow([...running, open(game({}, { diagnostics: [error] }))]);
    expect(broken.effects).toEqual([]);
    expect(broken.life).toMatchObject({ staleErrors: 1, status: { type: 'running' } });
  });

  test('before the worker has the plan reaches it after', () => {
    const events: LifeEvent[] = [open(), { type: 'play' }, open(game({ batchSize: 16 }))];
    expect(follow(events).effects).toEqual([]);
    const begun = follow([...events, vacated()]);
    expect(types(begun)).toEqual(['start', 'send']);
    expect(find(begun, 'start')?.message.plan.settings.batchSize).not.toBe(16);
    expect(find(begun, 'send')?.message).toMatchObject({
      type: 'replan',
      plan: { settings: { batchSize: 16 } },
    });
  });

  test('of a game at rest has its speed found anew', () => {
    expect(follow([open(), open(game({ batchSize: 8 }))]).effects).toEqual([
      { type: 'predict', how: 'update' },
    ]);
  });
});

describe('a lost worker', () => {
  test('is replaced once; the run goes on from what is kept, and says so', () => {
    const again = follow([...running, saved(400), lost()]);
    expect(again.life).toMatchObject({
      runId: 'run-2',
      iteration: 400,
      status: { type: 'compiling', next: 'running' },
      recovered: expect.stringContaining('from iteration 400'),
    });
    expect(find(follow([...running, saved(400), lost(), vacated(2)]), 'start')?.message).toMatchObject({
      resume: true,
      paused: false,
    });
  });

  test('twice in a short time ends the run', () => {
    const ended = follow([...running, lost(), vacated(2), lost(2)]);
    expect(ended.life.status).toMatchObject({ type: 'failed', diagnostic: { code: 'worker-lost' } });
  });

  test('twice, with time and iterations between, is bad luck twice', () => {
    const further = report({ type: 'status', status: 'running', iteration: 401 }, 'doc', 'run-2');
    const first = follow([...running, saved(400), lost(), vacated(2), further]).life;
    const later = { ...machine('wasm'), now: 60_000 };
    expect(statusOf(transition(first, lost(2), later))).toBe('compiling');
  });

  test('twice without an iteration between ends the run, however much later', () => {
    const first = follow([...running, saved(400), lost(), vacated(2)]).life;
    const later = { ...machine('wasm'), now: 60_000 };
    expect(statusOf(transition(first, lost(2), later))).toBe('failed');
  });

  test('without a word is replaced as well, and the second time so is its backend', () => {
    const silent = (run: number) =>
      ({ ...lost(run), loss: 'silent', detail: 'No answer for 31 s.' }) as LifeEvent;
    const again = follow([...running, saved(400), silent(1)]);
    expect(again.life).toMatchObject({
      backend: 'wasm',
      recovered: 'No answer for 31 s. The run went on from iteration 400 in another one.',
    });
    const later = { ...machine('wasm', 'webgl'), now: 200_000 };
    const moved = transition(follow([...running, saved(400), silent(1), vacated(2)]).life, silent(2), later);
    expect(moved.life).toMatchObject({
      backend: 'webgl',
      failed: ['wasm'],
      recovered: 'No answer for 31 s. The run went on from iteration 400 on WebGL.',
      status: { type: 'compiling', next: 'running' },
    });
  });

  test('of an earlier run is nobody’s loss', () => {
    expect(follow([...running, { type: 'reset' }, lost(1)]).effects).toEqual([]);
  });

  test('at rest comes back at rest', () => {
    const paused: LifeEvent[] = [
      { type: 'pause' },
      report({ type: 'status', status: 'paused', iteration: 9 }),
    ];
    expect(follow([...running, ...paused, lost()]).life.status).toEqual({
      type: 'compiling',
      next: 'paused',
    });
  });
});

describe('a device that fails', () => {
  test.each(['device-lost', 'out-of-memory'])(
    'by %s: the run goes on elsewhere from what is kept',
    (code) => {
      const moved = follow([...running, saved(40), failed(code)]);
      expect(types(moved)[0]).toBe('end');
      expect(moved.life).toMatchObject({
        backend: 'webgl',
        iteration: 40,
        recovered: 'It failed. The run went on from iteration 40 on WebGL.',
        status: { type: 'compiling', next: 'running' },
      });
    },
  );

  test('goes on with the next of the table that is there', () => {
    const webgpu = machine('webgpu', 'webgl', 'wasm');
    const begun = follow([open(), { type: 'play' }, vacated()], webgpu).life;
    expect(transition(begun, failed('device-lost'), webgpu).life.backend).toBe('webgl');
    const bare = machine('webgpu');
    expect(transition(begun, failed('device-lost'), bare).life.backend).toBe('webgl');
    const without = follow([open(), { type: 'play' }, vacated()], bare).life;
    expect(transition(without, failed('device-lost'), bare).life.backend).toBe('wasm');
  });

  test('with nowhere left to go ends the run', () => {
    const alone = machine('wasm');
    const ended = follow([...running, failed('out-of-memory')], alone);
    expect(ended.life.status).toMatchObject({
      type: 'failed',
      diagnostic: { message: 'It failed. There is no other backend to try.' },
    });
  });

  test('is tried again once the person asks for it', () => {
    const moved = follow([...running, failed('device-lost')]);
    expect(moved.life.failed).toEqual(['wasm']);
    expect(transition(moved.life, { type: 'prefer' }, machine('webgl')).life.failed).toEqual([]);
  });
});

describe('another backend', () => {
  test('takes over a run from a checkpoint of now', () => {
    const asked = transition(follow(running).life, { type: 'prefer' }, machine('webgl'));
    const change: LifeEvent = { type: 'change-backend', runId: 'run-1' };
    expect(asked.effects).toEqual([{ type: 'save', next: change }]);
    const kept = transition(asked.life, saved(77), machine('webgl'));
    expect(kept.effects[0]).toEqual({ type: 'keep', documentId: 'doc', iteration: 77 });
    const begun = transition(kept.life, change, machine('webgl'));
    expect(begun.life).toMatchObject({ backend: 'webgl', iteration: 77, status: { next: 'running' } });
  });

  test('does not take over the run of a document that was opened meanwhile', () => {
    const other = follow([...running, { type: 'prefer' }, open(game(), 0, 'other')]);
    expect(
      transition(other.life, { type: 'change-backend', runId: 'run-1' }, machine('webgl')).effects,
    ).toEqual([]);
  });

  test('that is in use already changes nothing of the run', () => {
    expect(follow([...running, { type: 'prefer' }]).effects).toEqual([]);
  });
});

describe('a document that is closed', () => {
  test('ends its run, whose last checkpoint still counts for it', () => {
    const closed = follow([...running, open(game(), 0, 'other')]);
    expect(types(closed)).toEqual(['measure', 'stop', 'results', 'predict']);
    const late = transition(closed.life, saved(120), machine('wasm'));
    expect(late.effects).toEqual([{ type: 'keep', documentId: 'doc', iteration: 120 }]);
    expect(late.life.kept).toBe(0);
  });
});

test('the last checkpoint of a run that was reset does not count', () => {
  expect(follow([...running, { type: 'reset' }, saved(120)]).effects).toEqual([]);
});

test.each(['play', 'step'] as const)(
  'P15: %s goes on from what another page has kept since this one opened',
  (type) => {
    const trained = { ...machine('wasm'), kept: (id: string) => (id === 'doc' ? 700 : 0) };
    const begun = follow([open(), { type }, vacated()], trained);
    expect(begun.life).toMatchObject({ kept: 700, iteration: 700, replaced: undefined });
    expect(find(begun, 'start')?.message.resume).toBe(true);
  },
);

describe('P15: a run that is kept apart, since another page trains its document,', () => {
  const apart = report({ type: 'saved', iteration: 120, isApart: true });

  test('goes on in a copy; nothing is noted of the document', () => {
    const parted = follow([...running, apart]);
    expect(parted.effects).toEqual([{ type: 'part' }]);
    expect(parted.life.kept).toBe(0);
  });

  test('and that has ended changes nothing of the one that is open', () => {
    expect(follow([...running, open(game(), 0, 'other'), apart]).effects).toEqual([]);
  });
});

test('losses are measured against other backends once the run moves', () => {
  expect(types(follow(running))).toEqual(['show', 'measure']);
});

describe('a reset', () => {
  const trained = [...running, saved(300), report({ type: 'status', status: 'paused', iteration: 320 })];
  const reset: LifeEvent[] = [...trained, { type: 'reset' }, vacated(2), compiledBy(2)];

  test('sets aside what the run has shown, and the worker sets aside its weights', () => {
    const asked = follow([...trained, { type: 'reset' }]);
    expect(find(asked, 'results')).toMatchObject({ how: 'setAside', documentId: 'doc' });
    expect(asked.life.replaced).toMatchObject({ fits: true });
    expect(find(follow([...trained, { type: 'reset' }, vacated(2)]), 'start')?.message.resume).toBe(false);
  });

  test('is undone: weights and results come back, at the iteration of the checkpoint', () => {
    const asked = follow([...reset, { type: 'undo-reset' }]);
    expect(find(asked, 'results')).toMatchObject({ how: 'exchange' });
    expect(find(asked, 'vacate')).toMatchObject({ bringBack: 'doc' });
    const back = follow([...reset, { type: 'undo-reset' }, { ...vacated(3), iteration: 320 } as LifeEvent]);
    expect(back.life).toMatchObject({ kept: 320, iteration: 320, replaced: undefined });
    expect(find(back, 'keep')).toMatchObject({ iteration: 320 });
    expect(find(back, 'start')?.message).toMatchObject({ resume: true, paused: true });
  });

  test('of a run that never moved replaces nothing', () => {
    expect(follow([...running, { type: 'reset' }]).life.replaced).toBeUndefined();
    const twice = follow([...reset, { type: 'reset' }]);
    expect(twice.life.replaced).toMatchObject({ fits: true });
  });

  test('cannot be undone for another game, and can again when the edit is undone', () => {
    const other = game({ batchSize: 8 });
    const edited = follow([...reset, open(other)]);
    expect(edited.life.replaced).toMatchObject({ fits: false });
    expect(types(follow([...reset, open(other), { type: 'undo-reset' }]))).toEqual([]);
    expect(follow([...reset, open(other), open()]).life.replaced).toMatchObject({ fits: true });
  });

  test('by another seed is undone with the edit', () => {
    const seeded = [...trained, open(game({ seed: 9 })), vacated(2), compiledBy(2)];
    expect(follow(seeded).life.replaced).toMatchObject({ fits: false });
    expect(find(follow([...seeded, open()]), 'vacate')).toMatchObject({ bringBack: 'doc' });
  });

  test('is forgotten with the document', () => {
    expect(follow([...reset, open(game(), 0, 'other')]).life.replaced).toBeUndefined();
  });
});

describe('what a run has shown', () => {
  test('is kept with each checkpoint', () => {
    expect(find(follow([...running, saved(300)]), 'results')).toMatchObject({
      how: 'keep',
      documentId: 'doc',
    });
  });

  test('is recalled where a checkpoint is kept', () => {
    expect(find(follow([open(game(), 400)]), 'results')).toMatchObject({ how: 'recall', documentId: 'doc' });
    expect(find(follow([open()]), 'results')).toMatchObject({ how: 'clear' });
  });
});
