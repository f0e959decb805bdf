import { fixedPart } from '@/lib/compile/fixed-part';
import type { Plan } from '@/lib/compile/plan';
import type { Counters, StateData } from '@/lib/compile/tf/state';
import { bytesOf, hashBytes, hashText } from '@/lib/util/hash';

/** A parameter changed while the run went on. */
export interface LiveEdit {
  readonly iteration: number;
  /** `adam-g.learningRate` */
  readonly path: string;
  readonly value: unknown;
}

/** All that a run needs to go on: numbers, counters, and which game they belong to. */
export interface Checkpoint {
  readonly fingerprint: string;
  /** The run's; older checkpoints have none. */
  readonly seed?: number;
  readonly counters: Counters;
  readonly edits: readonly LiveEdit[];
  readonly data: StateData;
}

/** Says which of two checkpoints holds more. */
export interface Mark {
  /** Another one each time that the numbers do not come from the iterations before: after a failure, say. */
  readonly line: string;
  readonly iteration: number;
  readonly edits: number;
}

/** What decides whether a checkpoint goes on bit for bit. */
export const fingerprint = (plan: Plan): string => hashText(fixedPart(plan));

/** Hash of the weights alone: equal runs have equal digests. */
export function digestOf(data: StateData): string {
  const names = [...data.arrays.keys()].filter((name) => name.startsWith('weights/')).sort();
  return hashBytes(...names.map((name) => bytesOf(data.arrays.get(name)?.values ?? new Float32Array())));
}

/** The first array that holds a NaN or an infinity, or undefined. */
export function findNonFinite(data: StateData): string | undefined {
  for (const [name, { values }] of data.arrays)
    for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return name;
  return undefined;
}

/** Weights that are all zero: no training gives them, a lost device does. */
export function isBlank(data: StateData): boolean {
  let hasWeights = false;
  for (const [name, { values }] of data.arrays) {
    if (!name.startsWith('weights/')) continue;
    if (values.some((value) => value !== 0)) return false;
    hasWeights ||= values.length > 0;
  }
  return hasWeights;
}

const MAGIC = 'ganvas-checkpoint-1\n';
const HASH = 16;
/** Magic, hash, length of the header. */
const START = MAGIC.length + HASH + 4;

/**
 * Bytes: magic, hash of all that follows the hash, length of the header, header (JSON), then all numbers as
 * little-endian float32. The header is padded with spaces to four bytes.
 */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { fingerprint: plan, seed, counters, edits, data } = checkpoint;
  const arrays = [...data.arrays].map(([name, { shape, values }]) => ({ name, shape, size: values.length }));
  const text = new TextEncoder().encode(
    JSON.stringify({ plan, seed, counters, edits, steps: data.steps, arrays }),
  );
  const padded = Math.ceil((START + text.length) / 4) * 4;
  const bytes = new Uint8Array(padded + 4 * arrays.reduce((sum, { size }) => sum + size, 0)).fill(32);
  new DataView(bytes.buffer).setUint32(START - 4, padded - START, true);
  bytes.set(text, START);
  let offset = padded;
  for (const { values } of data.arrays.values()) {
    bytes.set(bytesOf(values), offset);
    offset += values.byteLength;
  }
  bytes.set(new TextEncoder().encode(MAGIC + hashBytes(bytes.subarray(START - 4))));
  return bytes;
}

/** The checkpoint in these bytes, or why there is none. The hash distinguishes damage from our own writing. */
export function decodeCheckpoint(
  bytes: Uint8Array,
): { ok: true; checkpoint: Checkpoint } | { ok: false; reason: string } {
  const refuse = (reason: string) => ({ ok: false as const, reason });
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  if (bytes.length < START || text(0, MAGIC.length) !== MAGIC)
    return refuse('This is not a checkpoint of Ganvas.');
  if (hashBytes(bytes.subarray(START - 4)) !== text(MAGIC.length, MAGIC.length + HASH))
    return refuse('The checkpoint is cut off or damaged: its hash does not fit.');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(START - 4, true);
  const { plan, seed, counters, edits, steps, arrays } = JSON.parse(text(START, START + length));
  // A copy, since floats must be aligned; `slice` would not copy where `bytes` is Node's Buffer.
  const body = new Float32Array(new Uint8Array(bytes.subarray(START + length)).buffer);
  const read = new Map<string, { shape: number[]; values: Float32Array }>();
  let offset = 0;
  for (const { name, shape, size } of arrays) {
    read.set(name, { shape, values: body.slice(offset, offset + size) });
    offset += size;
  }
  const known = { fingerprint: plan, ...(seed !== undefined && { seed }), counters, edits };
  return { ok: true, checkpoint: { ...known, data: { arrays: read, steps } } };
}
