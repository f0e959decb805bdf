import { describe, expect, test } from 'vitest';
import { compilePlan } from '@/lib/compile/compile';
import { fingerprint } from '@/lib/train/checkpoint';
import { find, follow, game, open, report, vacated } from '../testing/life';

describe('P14: a kept run whose graph was edited', () => {
  const begun = [open(game(), 400), { type: 'play' }, vacated()] as const;
  const changed = (change: object, iteration: number) =>
    report({ type: 'compiled', backend: 'wasm', iteration, summaries: {}, change });

  test('goes on with what fits, and names what does not', () => {
    const fitted = { type: 'fitted', anew: ['g-dense-1', 'sgd-d'], gone: ['old'] };
    const { life, effects } = follow([...begun, changed(fitted, 400)]);
    expect(life).toMatchObject({
      iteration: 400,
      kept: 400,
      replaced: undefined,
      status: { type: 'running' },
    });
    expect(life.recovered).toBe(
      'The graph was edited since the run was kept at iteration 400; what fits goes on. From the seed: Dense, SGD for D. 1 layer or player of it is no longer in the graph.',
    );
    expect(effects.map(({ type }) => type)).toEqual(['show', 'measure', 'mark']);
    const all = follow([...begun, changed({ type: 'fitted', anew: [], gone: [] }, 400)]);
    expect(all.life.recovered).toBeUndefined();
  });

  test('by its seed is set aside, and comes back with the seed', () => {
    const replaced = {
      type: 'replaced',
      iteration: 400,
      seed: 1,
      fingerprint: fingerprint(compilePlan(game())),
    };
    const events = [open(game({ seed: 9 }), 400), { type: 'play' }, vacated(), changed(replaced, 0)] as const;
    const aside = follow(events);
    expect(aside.life).toMatchObject({ iteration: 0, kept: 0, replaced: { iteration: 400, fits: false } });
    expect(aside.life.recovered).toMatch(/iteration 400, has the seed 1.*begins at iteration 0/);
    expect(find(aside, 'keep')).toMatchObject({ documentId: 'doc', iteration: 0 });
    expect(find(aside, 'results')).toMatchObject({ how: 'setAside' });
    expect(find(follow([...events, open()]), 'vacate')).toMatchObject({ bringBack: 'doc' });
  });

  test('beyond recognition is set aside, and can be brought back once the edits are undone', () => {
    const replaced = { type: 'replaced', iteration: 400, fingerprint: fingerprint(compilePlan(game())) };
    const events = [
      open(game({ batchSize: 8 }), 400),
      { type: 'play' },
      vacated(),
      changed(replaced, 0),
    ] as const;
    expect(follow(events).life.recovered).toMatch(/iteration 400, fits nothing.*begins at iteration 0/);
    expect(follow([...events, open()]).life.replaced).toMatchObject({ iteration: 400, fits: true });
  });
});
