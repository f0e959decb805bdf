import type { Plan } from '@/lib/compile/plan';
import type { Counters, StateData } from '@/lib/compile/tf/state';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { paramMeta } from '@/lib/nodes/params';
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
  readonly counters: Counters;
  readonly edits: readonly LiveEdit[];
  readonly data: StateData;
}

/** What decides whether a checkpoint goes on bit for bit: the plan without target and live parameters. */
export function fingerprint(plan: Plan): string {
  const fixed = (node: { kind: string; params: Readonly<Record<string, unknown>> }) => {
    const shape = definitionOf(node.kind).params.shape;
    const kept = Object.entries(node.params).filter(([name]) => {
      const field = shape[name] as Parameters<typeof paramMeta>[0] | undefined;
      return !(field && paramMeta(field).live);
    });
    return { ...node, params: Object.fromEntries(kept) };
  };
  return hashText(
    JSON.stringify({
      settings: { ...plan.settings, iterations: 0 },
      networks: plan.networks.map((network) => ({ ...network, name: '', nodes: network.nodes.map(fixed) })),
      game: plan.game.map(fixed),
      players: plan.players.map(fixed),
    }),
  );
}

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

const MAGIC = 'ganvas-checkpoint-1\n';

/**
 * Bytes: magic, length of the header, header (JSON, with the hash of what follows), then all numbers as
 * little-endian float32. The header is padded to four bytes.
 */
export function encodeCheckpoint({ fingerprint: plan, counters, edits, data }: Checkpoint): Uint8Array {
  const arrays = [...data.arrays].map(([name, { shape, values }]) => ({ name, shape, size: values.length }));
  const body = new Float32Array(arrays.reduce((sum, { size }) => sum + size, 0));
  let offset = 0;
  for (const { values } of data.arrays.values()) {
    body.set(values, offset);
    offset += values.length;
  }
  const header = { plan, counters, edits, steps: data.steps, arrays, hash: hashBytes(bytesOf(body)) };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = MAGIC.length + 4;
  const padded = Math.ceil((start + text.length) / 4) * 4;
  const bytes = new Uint8Array(padded + body.byteLength).fill(32);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(MAGIC.length, padded - start, true);
  bytes.set(text, start);
  bytes.set(bytesOf(body), padded);
  return bytes;
}

/** The checkpoint in these bytes, or why there is none. Trusts nothing: lengths and hash are checked. */
export function decodeCheckpoint(
  bytes: Uint8Array,
): { ok: true; checkpoint: Checkpoint } | { ok: false; reason: string } {
  const bad = (reason: string) => ({ ok: false as const, reason });
  const start = MAGIC.length + 4;
  if (bytes.length < start || new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC)
    return bad('This is not a checkpoint of Ganvas.');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (start + length > bytes.length) return bad('The checkpoint is cut off.');
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(start, start + length)));
    const body = new Float32Array(bytes.slice(start + length).buffer);
    if (hashBytes(bytesOf(body)) !== header.hash)
      return bad('The checkpoint is damaged: its hash does not fit.');
    const arrays = new Map<string, { shape: number[]; values: Float32Array }>();
    let offset = 0;
    for (const { name, shape, size } of header.arrays) {
      arrays.set(name, { shape, values: body.slice(offset, offset + size) });
      offset += size;
    }
    const data: StateData = { arrays, steps: header.steps };
    return {
      ok: true,
      checkpoint: { fingerprint: header.plan, counters: header.counters, edits: header.edits, data },
    };
  } catch (error) {
    return bad(`The checkpoint cannot be read: ${String(error).slice(0, 200)}`);
  }
}
