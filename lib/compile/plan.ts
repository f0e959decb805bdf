import type { Scheduled } from '@/lib/graph/scheduled';
import type { Settings } from '@/lib/graph/schema';
import type { WeightSpec } from '@/lib/nodes/define';
import type { Shape } from '@/lib/shapes/shape';

/**
 * What a game compiles to: ordered, typed, plain JSON. tfjs models and step functions are built from it, and
 * nothing downstream sees the graph. Node kinds are looked up in the registry by name.
 */
export interface Ref {
  readonly node: string;
  readonly port: string;
}

export interface PlanNode {
  readonly id: string;
  readonly kind: string;
  /** Parsed, defaults filled in, ramps kept. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What each wired input reads, in document order. */
  readonly inputs: { readonly [port: string]: readonly Ref[] };
  /** Shapes of tensor inputs and outputs. */
  readonly inputShapes: { readonly [port: string]: readonly Shape[] };
  readonly outputShapes: { readonly [port: string]: Shape };
  /** Ports that take a list. */
  readonly many: readonly string[];
  readonly state?: 'bypassed' | 'muted';
}

/** A node that may hold numbers of a run: a layer, or an op of the game with a memory. */
export interface PlanLayer extends PlanNode {
  readonly weights: readonly WeightSpec[];
  readonly buffers: readonly WeightSpec[];
}

export interface PlanView extends PlanNode {
  /** What is fed into the network that the view probes: says over which range to probe it. */
  readonly extents: readonly Ref[];
  /** What the wires that it reads are called, `D(x)`, by `node.port`. */
  readonly names: { readonly [wire: string]: string };
}

export interface PlanNetwork {
  readonly id: string;
  readonly name: string;
  /** The decay of its average. */
  readonly ema?: Scheduled;
  /** Port name → network-input node and its shape. */
  readonly inputs: readonly { readonly name: string; readonly node: string; readonly shape: Shape }[];
  /** Port name → what the network-output node reads. */
  readonly outputs: readonly { readonly name: string; readonly node: string; readonly from: Ref }[];
  /** What its first call is fed, by input: the reference batch of layers that need one goes the same way. */
  readonly reference?: { readonly [input: string]: Ref };
  /** Layers and ops in topological order. */
  readonly nodes: readonly PlanLayer[];
}

export interface PlanPlayer {
  readonly id: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly loss: Ref;
  /** The networks whose θ it moves. */
  readonly networks: readonly string[];
  /** The player whose next steps it looks ahead. */
  readonly opponent?: string;
  /** Muted: it computes its loss and does not step. */
  readonly frozen: boolean;
}

/** What moves whole networks between iterations. */
export interface PlanAveraging {
  readonly id: string;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly networks: readonly string[];
}

export interface Plan {
  readonly format: 1;
  readonly settings: Settings;
  readonly networks: readonly PlanNetwork[];
  /** Sources, calls, ops, losses of the game in topological order, ties in document order. */
  readonly game: readonly PlanLayer[];
  /** In the order in which they update. */
  readonly players: readonly PlanPlayer[];
  /** In document order. */
  readonly averagings: readonly PlanAveraging[];
  readonly views: readonly PlanView[];
  readonly metrics: readonly PlanNode[];
  /** Ids of calls in document order: moving statistics advance in it. */
  readonly calls: readonly string[];
}
