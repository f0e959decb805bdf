import type { Probe, Tensor, TensorData, Tf } from '@/lib/nodes/define';
import { defined } from '@/lib/util/assert';
import { joinNumbers } from '@/lib/util/join';
import type { Plan, PlanNetwork, Ref } from '../plan';
import { applyNetwork } from './apply-network';
import { evaluateTasks, slopeOf } from './evaluate';
import type { Pass } from './pass';
import { gameTasks, refKey, tasksBetween } from './tasks';

/** What views and metrics read of a game: values on evaluation noise. No state is touched. */
export interface GameReader {
  /** Values of references, `rows` of them, read back. */
  read(refs: readonly Ref[], rows: number): Promise<ReadonlyMap<string, TensorData>>;
  /** ∂ Σ of / ∂ at for so many rows; undefined where `of` does not depend on `at`. */
  slope(of: Ref, at: Ref, rows: number): Promise<TensorData | undefined>;
  /** A network's output over given points, in eval mode. */
  probe(probe: Probe, bounds: readonly (readonly [number, number])[]): Promise<TensorData>;
}

export interface ReaderContext extends Pick<Pass, 'params'> {
  readonly tf: Tf;
  readonly plan: Plan;
  readonly networks: ReadonlyMap<string, PlanNetwork>;
  passOver(purpose: 'evaluation', index: number, rows: number): { pass: Pass; dispose(): void };
}

/** Rows of one evaluation at a time; more are read in several. */
export const CHUNK = 512;

export const createGameReader = (context: ReaderContext): GameReader => ({
  read: (refs, rows) => read(context, refs, rows),
  slope: (of, at, rows) => slope(context, of, at, rows),
  probe: (probe, bounds) => probeNetwork(context, probe, bounds),
});

/** The tensors of one evaluation; what was drawn for it is gone after, though it throws. */
function evaluate(
  { tf, passOver }: ReaderContext,
  { index, rows }: { readonly index: number; readonly rows: number },
  work: (pass: Pass) => Tensor[],
): Tensor[] {
  const { pass, dispose } = passOver('evaluation', index, rows);
  try {
    return tf.tidy(() => work(pass));
  } finally {
    dispose();
  }
}

async function read(
  context: ReaderContext,
  refs: readonly Ref[],
  rows: number,
): Promise<ReadonlyMap<string, TensorData>> {
  const tasks = gameTasks(context.plan, refs);
  const chunks: Map<string, Float32Array[]> = new Map();
  const dims = new Map<string, readonly number[]>();
  for (let index = 0, done = 0; done < rows; index++) {
    const count = Math.min(CHUNK, rows - done);
    done += count;
    const tensors = evaluate(context, { index, rows: count }, (pass) => {
      const values = evaluateTasks(pass, tasks);
      return refs.map((ref) => defined(values.get(refKey(ref)), refKey(ref)).clone());
    });
    for (const [i, ref] of refs.entries()) {
      const { data, dims: all } = await readBack(tensors[i] as Tensor);
      chunks.set(refKey(ref), [...(chunks.get(refKey(ref)) ?? []), data]);
      dims.set(refKey(ref), all.slice(1));
    }
  }
  return new Map(
    refs.map((ref) => {
      const data = joinNumbers(chunks.get(refKey(ref)) ?? []);
      const rest = dims.get(refKey(ref)) ?? [];
      const size = rest.reduce((product, dim) => product * dim, 1);
      return [refKey(ref), { data, dims: [data.length / size, ...rest], label: refKey(ref) }];
    }),
  );
}

async function slope(
  context: ReaderContext,
  of: Ref,
  at: Ref,
  rows: number,
): Promise<TensorData | undefined> {
  const { plan } = context;
  const [gradient] = evaluate(context, { index: 0, rows }, (pass) => {
    const values = evaluateTasks(pass, gameTasks(plan, [of, at]));
    const found = slopeOf(pass, { of, at, between: tasksBetween(plan, at, of) }, values);
    return found ? [found] : [];
  });
  return gradient && { ...(await readBack(gradient)), label: refKey(at) };
}

async function probeNetwork(
  context: ReaderContext,
  { network: id, input, output, weights, points }: Probe,
  bounds: readonly (readonly [number, number])[],
): Promise<TensorData> {
  const { tf, networks } = context;
  const network = defined(networks.get(id), `network ${id}`);
  const values = points(bounds);
  const { shape } = defined(
    network.inputs.find(({ name }) => name === input),
    `input ${input} of ${id}`,
  );
  const [result] = evaluate(context, { index: 0, rows: 1 }, (pass) => {
    const size = shape.dims.reduce((product, dim) => product * dim, 1);
    const tensor = tf.tensor(values, [values.length / size, ...shape.dims], 'float32');
    const application = {
      call: id,
      bindings: weights === 'ema' ? pass.ema : pass.live,
      mode: 'eval' as const,
      inputs: { [input]: tensor },
      outputs: [output],
      observes: false,
    };
    return [defined(applyNetwork(pass, network, application)[output], output).clone()];
  });
  return { ...(await readBack(defined(result, output))), label: `${id}.${output}` };
}

/** The tensor's numbers; it is disposed. */
export async function readBack(tensor: Tensor): Promise<{ data: Float32Array; dims: readonly number[] }> {
  const data = Float32Array.from(await tensor.data());
  const dims = tensor.shape;
  tensor.dispose();
  return { data, dims };
}
