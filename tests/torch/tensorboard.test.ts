import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEventFile } from '@/bin/tensorboard';
import { toTorch } from '@/lib/export/torch/to-torch';
import { loadExample, planOf } from '@/lib/train/testing/train';
import { hasPackages, hasTorch, python, script } from './python';

/** What is written for TensorBoard, read by its own reader. */
const hasReader = hasPackages('tensorboard');

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'tensorboard-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

interface Read {
  readonly scalars: Readonly<Record<string, readonly (readonly [step: number, value: number])[]>>;
  readonly images: Readonly<Record<string, readonly (readonly [step: number, ...size: number[]])[]>>;
}

const readBy = (folder: string): Read =>
  JSON.parse(
    execFileSync(python, [script('read_events.py'), folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );

test.skipIf(hasReader)(`is not tried: ${python} has no tensorboard (set PYTHON to one that has)`, () => {});

describe.runIf(hasReader)('TensorBoard reads', () => {
  test('the event files of train --tensorboard, of a run that went on too', () => {
    const folder = join(scratch, 'train');
    const write = () => createEventFile(folder, (attempt) => attempt());
    const first = write();
    first.losses({ 'adam-d': { iterations: [0, 1, 1], values: [0.5, 9, -0.25] } });
    first.metrics(2, { quality: { modes: 8, far: Number.NaN } });
    const second = write();
    second.losses({ 'adam-d': { iterations: [2], values: [0.125] } });
    second.pictures(3, { samples: { type: 'empty', message: 'nothing yet' } });
    const { scalars, images } = readBy(folder);
    expect(scalars).toEqual({
      'loss/adam-d': [
        [1, 0.5],
        [2, -0.25],
        [3, 0.125],
      ],
      'quality/modes': [[2, 8]],
    });
    expect(images).toEqual({ 'samples/image/0': [[3, 640, 640]] });
  });

  test.runIf(hasTorch)('those of the exported Python file', { timeout: 240_000 }, () => {
    const game = planOf(loadExample('gan-lab'));
    const written = toTorch(game, { title: 'events', about: '' });
    if (!written.ok) throw new Error('it is written');
    const [file, folder, out] = ['game.py', 'events', 'out'].map((name) => join(scratch, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(file, written.text);
    execFileSync(python, [file, '--out', out, '--tensorboard', folder, '--iterations', '3']);
    const { scalars } = readBy(folder);
    const [head = '', ...rows] = String(readFileSync(join(out, 'losses.csv')))
      .trim()
      .split('\n');
    for (const [i, player] of head.split(',').slice(1).entries())
      expect(scalars[`loss/${player}`]).toEqual(
        rows.map((row) => [Number(row.split(',')[0]), Math.fround(Number(row.split(',')[i + 1]))]),
      );
    for (const { id } of game.metrics)
      expect(Object.keys(scalars).some((tag) => tag.startsWith(`${id}/`))).toBe(true);
  });
});
