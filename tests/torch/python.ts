import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '@/lib/compile/plan';
import type { Engine } from '@/lib/engine/backend';
import { recordReplay } from '@/lib/export/record';
import { toTorch } from '@/lib/export/torch/to-torch';

/** Exported games and their records, and the Python that makes the updates again. PYTHON names one with torch. */
export const python = process.env.PYTHON ?? 'python3';
/** Whether that Python has these; a test of what is not there says so and is left out. */
export const hasPackages = (...names: readonly string[]): boolean =>
  spawnSync(python, ['-c', `import ${names.join(', ')}`]).status === 0;
export const hasTorch = hasPackages('torch', 'numpy');

const folder = fileURLToPath(new URL('.', import.meta.url));
/** A program of this folder. */
export const script = (name: string): string => join(folder, name);

/** Writes a game and its record; returns the Python file. */
export async function writeGame(
  engine: Engine,
  scratch: string,
  { name, plan }: { readonly name: string; readonly plan: Plan },
  updates: number,
): Promise<string> {
  const written = toTorch(plan, { title: name, about: '' });
  if (!written.ok) throw new Error(JSON.stringify(written.diagnostics));
  const file = join(scratch, `${name.replace(/[^A-Za-z0-9]+/g, '-')}.py`);
  writeFileSync(file, written.text);
  const recorded = await recordReplay(engine.tf, plan, { updates });
  writeFileSync(file.replace(/\.py$/, '.replay.npz'), recorded.bytes);
  return file;
}

export interface Outcome {
  readonly updates: number;
  readonly ranks: number;
  readonly loss: number;
  readonly weights: number;
  readonly statistics: number;
  /** Where each was: `Generator.g_dense_1.bias, update 3`. */
  readonly worst: { readonly loss?: string; readonly weights?: string; readonly statistics?: string };
  /** How many weights of which tensors were treated apart; only with an optimizer that divides. */
  readonly rounding?: { readonly [tensor: string]: number };
}

/** Status and differences per game, all in one process. */
export function replayAll(
  files: readonly string[],
): { readonly status: number; readonly outcome: Outcome }[] {
  const out = execFileSync(python, [script('replay.py'), ...files], { encoding: 'utf8' });
  return out
    .trim()
    .split('\n')
    .map((line) => {
      const [status, ...json] = line.split(' ');
      return { status: Number(status), outcome: JSON.parse(json.join(' ') || 'null') };
    });
}
