import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { SweepResult } from '@/lib/train/sweep';
import { reasonOf } from '@/lib/util/reason-of';
import { UsageError } from './usage';

/** What `ganvas sweep` reads: a graph and the values that its parameters take. */
const sweepSchema = z.strictObject({
  /** An example's id, a path from here, a link, or a document. */
  graph: z.union([z.string().min(1), z.looseObject({ format: z.literal('ganvas') })]),
  /** `node.parameter` or `settings.name`, with at least one value. */
  vary: z.record(z.string(), z.array(z.json()).min(1)),
  iterations: z.int().min(1).optional(),
  /** `given`: the last parameter moves fastest. */
  order: z.enum(['given', 'random']).default('given'),
});

export type SweepFile = z.infer<typeof sweepSchema>;

export function readSweep(path: string | undefined): SweepFile {
  if (path === undefined || !existsSync(path))
    throw new UsageError(path === undefined ? 'Which sweep? Give its file.' : `There is no file "${path}".`);
  const parsed = sweepSchema.safeParse(parseJson(path, readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new UsageError(`"${path}" is no sweep. ${z.prettifyError(parsed.error)}`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`"${path}" is not JSON: ${reasonOf(error)}`);
  }
}

const RESULTS = 'results.jsonl';

/** The results under a folder, the newest of each run. A line that was cut off by a kill is left out. */
export function readResults(folder: string): ReadonlyMap<string, SweepResult> {
  const path = join(folder, RESULTS);
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, 'utf8').split('\n').flatMap(readLine);
  return new Map(lines.map((result) => [result.id, result]));
}

function readLine(text: string): SweepResult[] {
  try {
    const value = JSON.parse(text);
    return typeof value?.id === 'string' ? [value] : [];
  } catch {
    return [];
  }
}

/** On the disk when it returns. */
export function writeResult(folder: string, result: SweepResult): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, RESULTS);
  // After a line that was cut off, on one of its own.
  if (existsSync(path) && !readFileSync(path, 'utf8').endsWith('\n')) appendFileSync(path, '\n');
  const file = openSync(path, 'a');
  try {
    writeSync(file, `${JSON.stringify(result)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
