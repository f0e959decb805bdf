import { expect, test } from 'vitest';
import { ganvas } from './testing/process';

test('COMMAND --help: what is said of this command alone', async () => {
  const all = await ganvas(['help']);
  const { code, out, error } = await ganvas(['sample', '--help']);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(error).toContain('  sample GRAPH --checkpoint CHECKPOINT -o FILE');
  expect(error).toContain('CHECKPOINT is the folder of --out');
  expect(error).not.toContain('  interpolate GRAPH');
  for (const line of error.split('\n')) expect(all.error.split('\n')).toContain(line);
}, 120_000);
