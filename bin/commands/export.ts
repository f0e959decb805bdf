import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import { startBackend } from '@/lib/engine/backend';
import { recordReplay } from '@/lib/export/record';
import { encodeSafetensors } from '@/lib/export/safetensors';
import { toTorchState } from '@/lib/export/state-names';
import { toTorch } from '@/lib/export/torch/to-torch';
import { hasErrors } from '@/lib/graph/diagnostic';
import type { Graph } from '@/lib/graph/schema';
import { type Checkpoint, decodeCheckpoint, fingerprint } from '@/lib/train/checkpoint';
import { loadGraph, printDiagnostics } from '../load';
import { UsageError } from '../usage';

const options = {
  out: { type: 'string', short: 'o' },
  checkpoint: { type: 'string' },
  record: { type: 'string' },
} as const;

const MOST_RECORDED = 1_000;

/** Writes a graph for other machinery: `export torch GRAPH -o game.py`. Exit 2 where it cannot be written. */
export async function exportGraph(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [target, name] = positionals;
  if (target !== 'torch') throw new UsageError('What to export? `export torch GRAPH -o game.py`.');
  if (values.out === undefined || !values.out.endsWith('.py'))
    throw new UsageError('Where to? -o takes the name of a Python file: -o game.py.');
  const updates = values.record === undefined ? 0 : wholeNumber(values.record);
  const graph = loadGraph(name);
  if (!graph) return 2;
  const checked = checkGraph(graph);
  if (hasErrors(checked.diagnostics)) {
    printDiagnostics(checked.diagnostics.filter(({ severity }) => severity === 'error'));
    return 2;
  }
  const plan = compilePlan(checked);
  return write({
    graph,
    plan,
    out: values.out,
    updates,
    checkpoint: readCheckpoint(values.checkpoint, plan),
  });
}

interface Job {
  readonly graph: Graph;
  readonly plan: Plan;
  readonly out: string;
  readonly updates: number;
  readonly checkpoint: Checkpoint | undefined;
}

async function write({ graph, plan, out, updates, checkpoint }: Job): Promise<number> {
  const beside = (ending: string) => out.replace(/\.py$/, ending);
  const weights = checkpoint && toTorchState(plan, checkpoint.data.arrays);
  const { title, about } = graph;
  const written = toTorch(plan, {
    title,
    about,
    ...(weights && { weights: basename(beside('.safetensors')) }),
  });
  if (!written.ok) {
    printDiagnostics(written.diagnostics);
    return 2;
  }
  writeFileSync(out, written.text);
  if (weights) writeFileSync(beside('.safetensors'), encodeSafetensors(weights, { title }));
  if (updates > 0) {
    const engine = await startBackend('wasm');
    try {
      writeFileSync(beside('.replay.npz'), await recordReplay(engine.tf, plan, { updates, checkpoint }));
    } finally {
      engine.dispose();
    }
  }
  return 0;
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1 && value <= MOST_RECORDED) return value;
  throw new UsageError(`--record takes a whole number from 1 to ${MOST_RECORDED}, not "${text}".`);
}

function readCheckpoint(path: string | undefined, plan: Plan): Checkpoint | undefined {
  if (path === undefined) return undefined;
  if (!existsSync(path)) throw new UsageError(`There is no file "${path}".`);
  const decoded = decodeCheckpoint(readFileSync(path));
  if (!decoded.ok) throw new UsageError(`--checkpoint ${path}: ${decoded.reason}`);
  if (decoded.checkpoint.fingerprint !== fingerprint(plan))
    throw new UsageError(
      `--checkpoint ${path}: the checkpoint belongs to another graph, seed or batch size.`,
    );
  return decoded.checkpoint;
}
