import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { spell } from '@/lib/check/mention';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import { startBackend } from '@/lib/engine/backend';
import { layersModels } from '@/lib/export/layers-models';
import { onnxModel } from '@/lib/export/onnx/to-onnx';
import { recordReplay } from '@/lib/export/record';
import { torchFiles } from '@/lib/export/torch-files';
import type { Checkpoint } from '@/lib/train/checkpoint';
import { parseArguments } from '../arguments';
import { otherGame, readCheckpoint, readCheckpointOf } from '../checkpoint-files';
import { openData, provideData } from '../data-files';
import { exportHuggingFace } from '../export-huggingface';
import { exportTorchSweep } from '../export-torch-sweep';
import { checkLoaded, loadGraph, printDiagnostics } from '../load';
import { sampledOf, weightsOf } from '../trained';
import { UsageError } from '../usage';

const options = {
  out: { type: 'string', short: 'o' },
  checkpoint: { type: 'string' },
  record: { type: 'string' },
  of: { type: 'string' },
  weights: { type: 'string' },
  sweep: { type: 'string' },
  data: { type: 'string', multiple: true, default: [] as string[] },
} as const;

const MOST_RECORDED = 1_000;

/**
 * Writes a graph for other machinery: `export torch GRAPH -o game.py`, `export torch --sweep FILE -o DIR`,
 * `export tfjs GRAPH -o game.zip`, `export onnx GRAPH -o generator.onnx`, `export huggingface GRAPH -o model`. Exit 2 where it cannot be written.
 */
export async function exportGraph(args: string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options);
  const [target, name] = positionals;
  if (target === 'torch')
    return values.sweep === undefined
      ? exportTorch(name, values)
      : exportTorchSweep(values.sweep, name, values);
  if (target === 'tfjs') return exportTfjs(name, values);
  if (target === 'onnx') return exportOnnx(name, values);
  if (target === 'huggingface') return exportHuggingFace(name, values);
  throw new UsageError(
    'What to export? `export torch GRAPH -o game.py`, or tfjs, onnx or huggingface in the place of torch.',
  );
}

type Values = ReturnType<typeof parseArguments<typeof options>>['values'];

async function exportTorch(name: string | undefined, values: Values): Promise<number> {
  const out = outOf(values, '.py', 'a Python file: -o game.py');
  const updates = values.record === undefined ? 0 : wholeNumber(values.record);
  const graph = await loadGraph(name);
  if (!graph) return 2;
  const checkpoint = values.checkpoint === undefined ? undefined : readCheckpoint(values.checkpoint);
  const beside = (ending: string) => out.replace(/\.py$/, ending);
  const files = torchFiles(graph, checkpoint, basename(beside('.safetensors')));
  if (!files.ok) {
    printDiagnostics(files.diagnostics);
    return 2;
  }
  if (checkpoint && !files.weights) throw otherGame('--checkpoint');
  writeFileSync(out, files.script);
  if (files.weights) writeFileSync(beside('.safetensors'), files.weights);
  if (updates === 0) return 0;
  await provideData(files.plan, await Promise.all(values.data.map(openData)));
  const engine = await startBackend('wasm');
  try {
    const recorded = await recordReplay(engine.tf, files.plan, { updates, checkpoint });
    if (recorded.updates < updates)
      process.stderr.write(`Recorded ${recorded.updates} updates: a loss of the next is not a number.\n`);
    if (recorded.updates === 0) return 3;
    writeFileSync(beside('.replay.npz'), recorded.bytes);
  } finally {
    engine.dispose();
  }
  return 0;
}

/** Networks that cannot be layers models are reported on standard error; without any that can, exit 2. */
async function exportTfjs(name: string | undefined, values: Values): Promise<number> {
  const out = outOf(values, '.zip', 'a zip: -o game.zip');
  const graph = await loadGraph(name);
  if (!graph) return 2;
  const checked = checkLoaded(graph);
  if (!checked) return 2;
  const plan = compilePlan(checked);
  const checkpoint = checkpointOf(values, plan);
  const { zip, networks, diagnostics } = layersModels(plan, checkpoint?.data.arrays);
  printDiagnostics(diagnostics.map((each) => spell(each, checked)));
  if (networks.length === 0) return 2;
  writeFileSync(out, zip);
  return 0;
}

/** What makes the samples that a view shows as fake, or what is asked for. */
async function exportOnnx(name: string | undefined, values: Values): Promise<number> {
  const out = outOf(values, '.onnx', 'an ONNX file: -o generator.onnx');
  const weights = weightsOf(values.weights);
  const graph = await loadGraph(name);
  if (!graph) return 2;
  const checked = checkLoaded(graph);
  if (!checked) return 2;
  const plan = compilePlan(checked);
  const checkpoint = checkpointOf(values, plan);
  const of = sampledOf(plan, values.of);
  await provideData(plan, await Promise.all(values.data.map(openData)));
  // Plain kernels, each of which has an operator: the faster ones compute several at once.
  const engine = await startBackend('cpu', { stockKernels: true });
  try {
    const made = onnxModel(engine.tf, plan, { of, state: checkpoint?.data, ...weights });
    if (!made.ok) {
      printDiagnostics(made.diagnostics.map((each) => spell(each, checked)));
      return 2;
    }
    writeFileSync(out, made.bytes);
    const inputs = Object.entries(made.inputs).map(([key, input]) => `${input} (${key})`);
    process.stderr.write(`${of.node}.${of.port} as samples, from ${inputs.join(' and ')}.\n`);
  } finally {
    engine.dispose();
  }
  return 0;
}

function outOf({ out }: Values, ending: string, what: string): string {
  if (out?.endsWith(ending)) return out;
  throw new UsageError(`Where to? -o takes the name of ${what}.`);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1 && value <= MOST_RECORDED) return value;
  throw new UsageError(`--record takes a whole number from 1 to ${MOST_RECORDED}, not "${text}".`);
}

const checkpointOf = ({ checkpoint }: Values, plan: Plan): Checkpoint | undefined =>
  checkpoint === undefined ? undefined : readCheckpointOf(plan, checkpoint, '--checkpoint');
