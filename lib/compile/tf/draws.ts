import type { DrawContext, SourceDefinition, Tensors, Tf } from '@/lib/nodes/define';
import { rowsOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { joinNumbers } from '@/lib/util/join';
import { createStream } from '@/lib/util/random';
import type { PlanNode } from '../plan';

/** Which draw of a source: the update of a training batch, the chunk of an evaluation, or a run's reference. */
interface DrawKey {
  readonly seed: number;
  readonly purpose: 'train' | 'evaluation' | 'reference';
  readonly index: number;
  readonly rows: number;
}

/** The streams of one draw: (seed, node, purpose, what for, index), and a fixed one for epochs. */
function drawContext(node: string, { seed, purpose, index, rows }: DrawKey): DrawContext {
  return {
    rows,
    index,
    stream: (what) => createStream(seed, node, purpose, what, index),
    fixedStream: (what) => createStream(seed, node, 'fixed', what),
  };
}

/** Rows of a source by port, each drawn by its own number, so that it is the same in any company. */
export function drawNumbered(
  { id, params }: Pick<PlanNode, 'id' | 'params'>,
  definition: SourceDefinition,
  seed: number,
  numbers: readonly number[],
): { readonly [port: string]: Float32Array } {
  const rows = numbers.map((index) =>
    definition.draw(params, drawContext(id, { seed, purpose: 'evaluation', index, rows: 1 })),
  );
  return Object.fromEntries(
    Object.keys(rows[0] ?? {}).map((port) => [
      port,
      joinNumbers(rows.map((row) => row[port] ?? new Float32Array())),
    ]),
  );
}

/** One batch of a source as tensors, per output port. */
export function drawTensors(
  tf: Tf,
  node: PlanNode,
  definition: SourceDefinition,
  params: Readonly<Record<string, unknown>>,
  key: DrawKey,
): Tensors {
  const drawn = definition.draw(params, drawContext(node.id, key));
  return Object.fromEntries(
    Object.entries(drawn).map(([port, values]) => {
      const { dims, batch } = defined(node.outputShapes[port], `${node.id}.${port}`);
      return [port, tf.tensor(values, [rowsOf(batch, key.rows), ...dims], 'float32')];
    }),
  );
}

/** Tensors drawn so far in one batch, so that all readers of a source share it. */
export function createBatch(
  tf: Tf,
  key: DrawKey,
): {
  drawn(node: PlanNode, definition: SourceDefinition, params: Readonly<Record<string, unknown>>): Tensors;
  dispose(): void;
} {
  const held = new Map<string, Tensors>();
  return {
    drawn(node, definition, params) {
      const known = held.get(node.id);
      if (known) return known;
      const tensors = drawTensors(tf, node, definition, params, key);
      for (const tensor of Object.values(tensors)) tf.keep(tensor);
      held.set(node.id, tensors);
      return tensors;
    },
    dispose() {
      for (const tensors of held.values()) for (const tensor of Object.values(tensors)) tensor.dispose();
      held.clear();
    },
  };
}
