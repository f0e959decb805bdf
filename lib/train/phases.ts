import type { CompiledGame } from '@/lib/compile/tf/game';
import type { IterationHooks } from '@/lib/compile/tf/iterate';
import { refKey } from '@/lib/compile/tf/tasks';
import type { CompiledPlayer } from '@/lib/compile/tf/update';
import type { Tensor, Tf } from '@/lib/nodes/define';
import { readCall } from '@/lib/nodes/role-params';
import { meanScore, scoredCalls } from './scores';

/** What one iteration did, part by part, with its own numbers. */
export interface PhaseReport {
  /** The number of the iteration, from 1. */
  readonly iteration: number;
  readonly phases: readonly Phase[];
}

export type Phase = PhaseAbout & {
  /** Nodes and networks that worked. */
  readonly nodes: readonly string[];
};

type PhaseAbout =
  /** A batch of so many examples, for the updates of these players. */
  | { readonly type: 'sample'; readonly players: readonly string[]; readonly rows: number }
  /** An opponent's next steps, within what is differentiated. */
  | { readonly type: 'ahead'; readonly player: string; readonly opponent: string; readonly steps: number }
  /** What the calls that judge gave on average: a probability where a loss reads logits. */
  | {
      readonly type: 'forward';
      readonly player: string;
      readonly scores: { readonly [call: string]: number };
    }
  | { readonly type: 'loss'; readonly player: string; readonly value: number; readonly frozen: boolean }
  | {
      readonly type: 'gradient';
      readonly player: string;
      readonly norm: number;
      readonly at: 'here' | 'half-step' | 'consensus';
    }
  /** How far θ went, and its length before. */
  | {
      readonly type: 'half-step' | 'step';
      readonly player: string;
      readonly length: number;
      readonly theta: number;
    };

interface PhaseRecorder extends IterationHooks {
  /** What was recorded; its tensors are gone after. */
  read(): Promise<readonly Phase[]>;
  dispose(): void;
}

/** A phase whose numbers are still tensors. */
interface Recorded {
  readonly tensors: readonly Tensor[];
  phase(values: readonly Float32Array[]): Phase;
}

export function createPhases(tf: Tf, game: Pick<CompiledGame, 'plan'>): PhaseRecorder {
  const { plan } = game;
  const scored = new Map(scoredCalls(plan).map((ref) => [refKey(ref), ref]));
  let phases: Recorded[] = [];
  /** What the loss that is being evaluated has passed, the latest of each. */
  let passed = new Map<string, Tensor>();

  const keep = (tensor: Tensor) => tf.keep(tensor.clone());
  const norm = (tensor: Tensor) => tf.tidy(() => tf.keep(tf.norm(tensor)));
  const add = (tensors: readonly Tensor[], phase: Recorded['phase']) => void phases.push({ tensors, phase });
  const first = (values: Float32Array | undefined): number => values?.[0] ?? Number.NaN;

  /** What a loss reads, with the networks of calls: sources, all that it is given, what is between, and itself. */
  const nodesOf = (
    { plan: { loss }, tasks }: CompiledPlayer,
    part: 'sources' | 'given' | 'between' | 'all',
  ) =>
    tasks.flatMap(({ node: { id, params }, definition: { role } }) => {
      const isSource = role === 'source';
      if (part === 'sources' && !isSource) return [];
      if (part === 'between' && isSource) return [];
      if (part !== 'all' && id === loss.node) return [];
      return role === 'call' ? [id, readCall(params).network] : [id];
    });

  return {
    sample(players) {
      const nodes = [...new Set(players.flatMap((player) => nodesOf(player, 'sources')))];
      const rows = plan.settings.batchSize;
      const ids = players.map(({ plan: { id } }) => id);
      add([], () => ({ type: 'sample', nodes, players: ids, rows }));
    },
    hook: () => (origin, tensor) => {
      const key = refKey(origin);
      if (origin.call !== undefined || !scored.has(key)) return tensor;
      passed.get(key)?.dispose();
      passed.set(key, keep(tensor));
      return tensor;
    },
    loss(player, loss) {
      const { id: name, frozen, loss: ref } = player.plan;
      const { unroll } = player;
      if (unroll) {
        const { opponent, steps } = unroll;
        const nodes = [...new Set([...nodesOf(opponent, 'all'), ...opponent.plan.networks])];
        add([], () => ({ type: 'ahead', player: name, opponent: opponent.plan.id, steps, nodes }));
      }
      const calls = [...passed];
      passed = new Map();
      add(
        calls.map(([, tensor]) => tensor),
        (values) => ({
          type: 'forward',
          player: name,
          nodes: nodesOf(player, 'given'),
          scores: Object.fromEntries(
            calls.flatMap(([key], i) => {
              const ref = scored.get(key);
              return ref ? [[ref.node, meanScore(ref, values[i])]] : [];
            }),
          ),
        }),
      );
      add([keep(loss)], ([value]) => ({
        type: 'loss',
        player: name,
        nodes: [ref.node],
        value: first(value),
        frozen,
      }));
    },
    gradient(player, gradient, at) {
      const { id, networks } = player.plan;
      const nodes = [...new Set([...nodesOf(player, 'between'), player.plan.loss.node, ...networks])];
      add([norm(gradient)], ([value]) => ({ type: 'gradient', player: id, nodes, norm: first(value), at }));
    },
    moved(player, from, to, how) {
      const { id, networks } = player.plan;
      const step = tf.tidy(() => tf.keep(tf.norm(tf.sub(to, from))));
      add([step, norm(from)], ([length, theta]) => ({
        type: how,
        player: id,
        nodes: [id, ...networks],
        length: first(length),
        theta: first(theta),
      }));
    },
    async read() {
      const recorded = phases;
      phases = [];
      return Promise.all(
        recorded.map(async ({ tensors, phase }) => {
          const values = await Promise.all(
            tensors.map(async (tensor) => (await tensor.data()) as Float32Array),
          );
          for (const tensor of tensors) tensor.dispose();
          return phase(values);
        }),
      );
    },
    dispose() {
      for (const { tensors } of phases) for (const tensor of tensors) tensor.dispose();
      for (const tensor of passed.values()) tensor.dispose();
      phases = [];
      passed = new Map();
    },
  };
}
