import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '@/lib/compile/plan';
import { createState, disposeState, readState } from '@/lib/compile/tf/state';
import { type Engine, startBackend } from '@/lib/engine/backend';
import { decodeSafetensors, encodeSafetensors } from '@/lib/export/safetensors';
import { readEvents } from '@/lib/export/testing/read-events';
import { isShareable } from '@/lib/export/torch/testing/is-shareable';
import { toTorch } from '@/lib/export/torch/to-torch';
import { fromTorchState, toTorchState } from '@/lib/export/torch-state';
import { loadExample, planOf } from '@/lib/train/testing/train';
import { defined } from '@/lib/util/assert';
import {
  type ComparedGame,
  comparedBenchGames,
  comparedCases,
  comparedExamples,
  comparedSmall,
  comparedVariants,
} from './games';
import { hasTorch, type Outcome, python, replayAll, writeGame } from './python';

/**
 * Exported games against the editor's: each of 20 updates from our weights, moments and batch gives our losses
 * and weights to 1e-4 (the file itself compares and says so by its exit status).
 */
const UPDATES = 20;

let engine: Engine;
let scratch: string;
beforeAll(async () => {
  engine = await startBackend('wasm');
  scratch = mkdtempSync(join(tmpdir(), 'export-'));
});
afterAll(() => {
  engine.dispose();
  rmSync(scratch, { recursive: true });
});

const fileOf = (name: string): string => join(scratch, `${name.replaceAll(' ', '-')}.py`);
const write = (game: ComparedGame, updates = UPDATES) => writeGame(engine, scratch, game, updates);

function report(
  games: readonly ComparedGame[],
  outcomes: readonly { readonly outcome: Outcome | null }[],
): void {
  const lines = games.map(({ name }, i) => {
    const outcome = outcomes[i]?.outcome;
    const show = (value: number | undefined) => (value === undefined ? '-' : value.toExponential(1));
    return `${name.padEnd(26)} loss ${show(outcome?.loss)}  weights ${show(outcome?.weights)}  means ${show(outcome?.statistics)}`;
  });
  process.stdout.write(`${lines.join('\n')}\n`);
}

test.skipIf(hasTorch)(`is not tried: ${python} has no torch (set PYTHON to one that has)`, () => {});

describe.runIf(hasTorch)('20 updates in PyTorch equal ours:', () => {
  test.each([
    ['every example', comparedExamples()],
    ['the games of the bench', comparedBenchGames()],
    ['every rule of the loop', comparedVariants()],
    ['what no example does yet', comparedSmall()],
    ['what differed once', comparedCases()],
  ] as const)(
    '%s',
    // Ten seconds or so for each of them.
    { timeout: 15_000 * comparedExamples().length },
    async (_, games) => {
      const files: string[] = [];
      for (const game of games) files.push(await write(game));
      const outcomes = replayAll(files);
      report(games, outcomes);
      expect(games.map(({ name }, i) => [name, outcomes[i]?.status, outcomes[i]?.outcome?.updates])).toEqual(
        games.map(({ name }) => [name, 0, UPDATES]),
      );
    },
  );

  test.each([
    ['constant', comparedVariants()[0], 'negative_slope=0.2', 'negative_slope=0.3'],
    [
      'order of calls',
      comparedSmall().find(({ name }) => name === 'batch norm, simultaneous'),
      'CALLS = ["d-real", "d-fake"]',
      'CALLS = ["d-fake", "d-real"]',
    ],
  ] as const)(
    'a wrong %s is found',
    async (what, game, right, wrong) => {
      const file = await write({ ...defined(game, 'a game'), name: `wrong ${what}` }, 4);
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(right);
      writeFileSync(file, text.replace(right, wrong));
      expect(replayAll([file])[0]?.status).toBe(1);
    },
    60_000,
  );
});

describe.runIf(hasTorch)('two processes with half of each batch equal one with the whole:', () => {
  const shared = () =>
    [...comparedExamples(), ...comparedBenchGames(), ...comparedVariants()].filter(
      ({ name, plan, isShareable: chosen }) =>
        isShareable(plan) && (chosen || ['ring', 'minimax-vs-non-saturating', 'gan-lab'].includes(name)),
    );

  test.each(shared().map((game) => [game.name, game] as const))(
    '%s, five updates in a row',
    // Gloo's threads may abort a process that is done (pytorch/pytorch#179291).
    { timeout: 90_000, retry: 2 },
    async (_, game) => {
      const file = await write({ ...game, name: `shared ${game.name}` }, 5);
      const run = spawnSync(
        join(dirname(python), 'torchrun'),
        [
          '--standalone',
          '--nproc_per_node=2',
          file,
          '--chain',
          '--replay',
          file.replace(/\.py$/, '.replay.npz'),
        ],
        { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' } },
      );
      expect(run.stderr.includes('Traceback') ? run.stderr : '').toBe('');
      const outcome = JSON.parse(run.stdout.trim()) as Outcome;
      report([game], [{ outcome }]);
      expect(outcome).toMatchObject({ updates: 5, ranks: 2 });
      expect(run.status).toBe(0);
    },
  );
});

describe.runIf(hasTorch)('a run of its own', () => {
  const plan = (): Plan =>
    defined(
      comparedExamples().find(({ name }) => name === 'dcgan-glyphs'),
      'dcgan',
    ).plan;

  test('starts from our weights, trains, and gives weights that fit the graph', async () => {
    const state = createState(engine.tf, plan());
    const { arrays } = await readState(state);
    disposeState(state);
    const tensors = toTorchState(plan(), arrays);
    const weights = join(scratch, 'start.safetensors');
    writeFileSync(weights, encodeSafetensors(tensors));
    const written = toTorch(plan(), { title: 'Glyphs', about: 'A "quoted" \\ text"""' });
    if (!written.ok) throw new Error(JSON.stringify(written.diagnostics));
    const file = fileOf('own');
    writeFileSync(file, written.text);
    const run = (iterations: number) => {
      const out = join(scratch, `out-${iterations}`);
      execFileSync(python, [file, '--iterations', String(iterations), '--weights', weights, '--out', out], {
        stdio: 'pipe',
      });
      const decoded = decodeSafetensors(readFileSync(join(out, 'weights.safetensors')));
      if (!decoded.ok) throw new Error(decoded.reason);
      expect(decoded.about.iteration).toBe(String(iterations));
      return { out, decoded, tensors: decoded.tensors };
    };
    const still = run(0);
    expect(still.tensors).toEqual(tensors);
    const back = fromTorchState(plan(), still.decoded);
    expect(back.problems).toEqual([]);
    for (const [name, { values }] of back.arrays) expect(values).toEqual(arrays.get(name)?.values);

    const trained = run(2);
    expect(fromTorchState(plan(), trained.decoded).problems).toEqual([]);
    expect(trained.tensors).not.toEqual(tensors);
    const png = readFileSync(join(trained.out, 'samples.fake.png'));
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  }, 120_000);
});

describe.runIf(hasTorch)('the exported file takes from its command line', () => {
  const plan = planOf(loadExample('gan-lab'));
  let file: string;
  beforeAll(() => {
    const written = toTorch(plan, { title: 'overrides', about: '' });
    if (!written.ok) throw new Error('it is written');
    file = join(scratch, 'overrides.py');
    writeFileSync(file, written.text);
  });
  const trained = (...args: string[]): Buffer => {
    const out = join(scratch, 'overrides');
    execFileSync(python, [file, '--out', out, ...args]);
    const bytes = readFileSync(join(out, 'weights.safetensors'));
    // Numbers alone: what stands before them says at which iteration.
    return bytes.subarray(8 + Number(bytes.readBigUInt64LE()));
  };

  test('another seed', { timeout: 120_000 }, () => {
    const own = trained('--iterations', '1');
    expect(trained('--iterations', '1', '--seed', String(plan.settings.seed)).equals(own)).toBe(true);
    expect(trained('--iterations', '1', '--seed', '5').equals(own)).toBe(false);
  });

  test('other rates: with none nothing moves', { timeout: 120_000 }, () => {
    const still = plan.players.flatMap(({ id }) => ['--set', `${id}.learningRate=0`]);
    expect(trained('--iterations', '3', ...still).equals(trained('--iterations', '1', ...still))).toBe(true);
  });

  test('a run to go on from, as if it had never stopped', { timeout: 240_000 }, () => {
    const statistics = comparedSmall().find(({ name }) => name === 'batch norm, simultaneous');
    for (const game of [plan, defined(statistics, 'a game with moving statistics').plan]) {
      const written = toTorch(game, { title: 'resumed', about: '' });
      if (!written.ok) throw new Error('it is written');
      const script = join(scratch, 'resumed.py');
      writeFileSync(script, written.text);
      // Rates that fall depend on where the run shall end.
      const constant = game.players.flatMap(({ id: player }) => ['--set', `${player}.learningRate=0.001`]);
      const run = (out: string, ...args: string[]) =>
        execFileSync(python, [script, '--out', join(scratch, out), ...constant, ...args], {
          encoding: 'utf8',
        });
      const read = (out: string, name: string) => readFileSync(join(scratch, out, name));
      expect(run('half', '--iterations', '3')).toContain('3 iterations on ');
      run('half', '--iterations', '6', '--resume', join(scratch, 'half'));
      run('whole', '--iterations', '6');
      expect(read('half', 'weights.safetensors').equals(read('whole', 'weights.safetensors'))).toBe(true);
      expect(String(read('half', 'losses.csv'))).toBe(String(read('whole', 'losses.csv')));
      const lines = String(read('whole', 'losses.csv')).trim().split('\n');
      expect(lines).toHaveLength(7);
      expect(lines[0]).toBe(['iteration', ...game.players.map(({ id: player }) => player)].join(','));
      if (game.metrics.length === 0) continue;
      const measured = String(read('half', 'metrics.ndjson'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(measured.at(-1)).toEqual(JSON.parse(String(read('whole', 'metrics.ndjson')).trim()));
      expect(Object.keys(measured[0])).toEqual([
        'iteration',
        ...game.metrics.map(({ id: metric }) => metric),
      ]);
    }
  });

  test('event files for TensorBoard, with the numbers of its own files', { timeout: 240_000 }, () => {
    for (const id of ['gan-lab', 'dcgan-glyphs']) {
      const game = planOf(loadExample(id));
      // Measuring images takes longer than all else here.
      const plan = id === 'gan-lab' ? game : { ...game, metrics: [] };
      const written = toTorch(plan, { title: 'events', about: '' });
      if (!written.ok) throw new Error('it is written');
      const script = join(scratch, 'events.py');
      writeFileSync(script, written.text);
      const [out, folder] = [join(scratch, `out-${id}`), join(scratch, `events-${id}`)];
      const run = (...args: string[]) =>
        execFileSync(python, [script, '--out', out, '--tensorboard', folder, '--iterations', ...args]);
      run('1');
      if (id === 'gan-lab') run('2', '--resume', out);
      const files = readdirSync(folder).sort();
      expect(files.every((name) => /^events\.out\.tfevents\.\d+\.ganvas$/.test(name))).toBe(true);
      const events = files.flatMap((name) => readEvents(readFileSync(join(folder, name))));
      expect(events[0]).toMatchObject({ version: 'brain.Event:2' });
      const scalars = events.flatMap(({ step, values }) =>
        (values as { tag: string; value?: number }[]).flatMap(({ tag, value }) =>
          value === undefined ? [] : [`${step} ${tag} ${Math.fround(value)}`],
        ),
      );
      const [head = '', ...rows] = String(readFileSync(join(out, 'losses.csv')))
        .trim()
        .split('\n');
      const [, ...players] = head.split(',');
      expect(rows).toHaveLength(id === 'gan-lab' ? 2 : 1);
      for (const row of rows) {
        const [step, ...losses] = row.split(',').map(Number);
        for (const [i, player] of players.entries())
          expect(scalars).toContain(`${step} loss/${player} ${Math.fround(losses[i] as number)}`);
      }
      if (id === 'gan-lab') {
        const { iteration, ...metrics } = JSON.parse(
          String(readFileSync(join(out, 'metrics.ndjson')))
            .trim()
            .split('\n')
            .at(-1) as string,
        );
        for (const [metric, results] of Object.entries(metrics as Record<string, Record<string, number>>))
          for (const [name, value] of Object.entries(results))
            expect(scalars).toContain(`${iteration} ${metric}/${name} ${Math.fround(value)}`);
        continue;
      }
      const pictures = events.flatMap(
        ({ values }) => values as { tag: string; image?: { png: Uint8Array } }[],
      );
      const last = pictures.findLast(({ tag }) => tag === 'samples.fake/image/0')?.image?.png;
      expect(Buffer.from(last ?? []).equals(readFileSync(join(out, 'samples.fake.png')))).toBe(true);
    }
  });

  test('no run that is not there, or of another seed', () => {
    const refused = (...args: string[]) =>
      spawnSync(python, [file, ...args], { encoding: 'utf8' }).stderr.trim();
    expect(refused('--resume', scratch)).toContain('there is no run.pt');
    trained('--iterations', '1');
    const kept = join(scratch, 'overrides');
    expect(refused('--resume', kept, '--iterations', '9', '--seed', '77')).toMatch(
      /that run is of seed \d+\. Add --seed/,
    );
    expect(refused('--resume', kept, '--iterations', '1')).toContain('that run has made 1 iterations');
  });

  test('nothing that it does not know', () => {
    const { status, stderr } = spawnSync(python, [file, '--set', 'nobody.learningRate=1'], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain(
      '--set nobody.learningRate=1: nobody.learningRate is no number that this file can change. It can change ',
    );
    for (const { id } of plan.players) expect(stderr).toContain(`${id}.learningRate`);
    const many = spawnSync(python, [file, '--set', `${plan.players[0]?.id}.learningRate=many`], {
      encoding: 'utf8',
    });
    expect(many.stderr).toContain('"many" is no number.');
  });
});
