import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { toTorch } from '@/lib/export/torch/to-torch';
import { hasTorch, python, replayAll, writeGame } from './python';
import { rampedGames } from './ramps';

/** Every live parameter of every kind may be a ramp in the exported file, and is the same ramp there. */
const UPDATES = 10;

test.each(rampedGames().map((game) => [game.name, game] as const))('%s is exported', (name, { plan }) => {
  const written = toTorch(plan, { title: name, about: '' });
  expect(written).toMatchObject({ ok: true, text: expect.stringContaining('ramp(') });
});

test.skipIf(hasTorch)(`is not replayed: ${python} has no torch (set PYTHON to one that has)`, () => {});

describe.runIf(hasTorch)('ten updates in PyTorch equal ours', () => {
  let engine: Engine;
  let scratch: string;
  beforeAll(async () => {
    engine = await startBackend('wasm');
    scratch = mkdtempSync(join(tmpdir(), 'ramps-'));
  });
  afterAll(() => {
    engine.dispose();
    rmSync(scratch, { recursive: true });
  });

  test('with a ramp on any live parameter', async () => {
    const games = rampedGames();
    const files: string[] = [];
    for (const game of games) files.push(await writeGame(engine, scratch, game, UPDATES));
    const outcomes = replayAll(files);
    const worst = (what: 'loss' | 'weights') =>
      Math.max(...outcomes.map(({ outcome }) => outcome?.[what] ?? 0));
    process.stdout.write(
      `${games.length} ramps: loss ${worst('loss').toExponential(1)}, weights ${worst('weights').toExponential(1)}\n`,
    );
    expect(games.map(({ name }, i) => [name, outcomes[i]?.status, outcomes[i]?.outcome?.updates])).toEqual(
      games.map(({ name }) => [name, 0, UPDATES]),
    );
  }, 1_800_000);
});
