import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toTorch } from '@/lib/export/torch/to-torch';
import { comparedExamples, comparedSmall } from './games';
import { hasTorch, python } from './python';

/**
 * E5 as far as a machine without such a device shows it: no tensor of a game is float64, the device is chosen
 * in order, and a device that is not there is a sentence. Kernels of CUDA and MPS are not tried here.
 */
const script = fileURLToPath(new URL('device.py', import.meta.url));

test.skipIf(hasTorch)(`is not tried: ${python} has no torch (set PYTHON to one that has)`, () => {});

describe.runIf(hasTorch)('an exported game', () => {
  let scratch: string;
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'device-'));
  });
  afterAll(() => rmSync(scratch, { recursive: true }));

  const write = ({ name, plan }: ReturnType<typeof comparedExamples>[number]): string => {
    const written = toTorch(plan, { title: name, about: '' });
    if (!written.ok) throw new Error(JSON.stringify(written.diagnostics));
    const file = join(scratch, `${name.replace(/[^A-Za-z0-9]+/g, '-')}.py`);
    writeFileSync(file, written.text);
    return file;
  };

  test('makes no float64 tensor, and would run on MPS where it is', () => {
    const games = [...comparedExamples(), ...comparedSmall()];
    const out = execFileSync(python, [script, ...games.map(write)], { encoding: 'utf8' });
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(games.map(({ name }, i) => [name, lines[i]?.error, lines[i]?.with_mps])).toEqual(
      games.map(({ name }) => [name, undefined, lines[0]?.device === 'cpu' ? 'mps' : 'cuda:0']),
    );
  }, 300_000);

  test.each([
    ['mps', /There is .*cpu/],
    ['tpu', /There is .*cpu/],
  ])(
    'says what there is where --device %s is not',
    (device, reason) => {
      const [game] = comparedExamples();
      if (!game) throw new Error('no example');
      const ended = spawnSync(python, [write(game), '--device', device], { encoding: 'utf8' });
      expect(ended.status).toBe(1);
      expect(ended.stderr).toMatch(reason);
      expect(ended.stderr).not.toContain('Traceback');
    },
    60_000,
  );
});
