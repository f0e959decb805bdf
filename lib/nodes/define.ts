import type * as tfCore from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { ImportOptions } from '@/lib/data/files/import-options';
import type { PythonMetric, PythonSource } from '@/lib/data/python';
import type { Truth } from '@/lib/data/truth';
import type { Picture } from '@/lib/draw/picture';
import type { Sign } from '@/lib/draw/sign';
import type { Migration } from '@/lib/graph/migrate';
import type { Shape } from '@/lib/shapes/shape';
import type { Stream } from '@/lib/util/random';
import type { Applies, Slope } from './applies';
import type { Applied, ApplyArgs, FlowArgs, Flowed, Tensors } from './apply';
import type { Initialiser } from './initialise';
import type { MeasuredInPython, MetricResult } from './metric-result';
import type { Resolved } from './params';
import type { InputShapes, OutputShapes } from './port-shapes';
import type { InputPort, OutputPort, Place, Scope } from './port-types';
import type { Made, MadeRequest, Measured, Probe, Probed, ReadInputs, Reruns, TensorData } from './read';
import type { TorchLines } from './torch';
import type { Traits } from './traits';

/**
 * What a kind is: plain data and pure functions, one file each. `role` says which functions it has; shared
 * code may switch on the role, never on the kind. tfjs arrives as an argument.
 */
export type Tf = typeof tfCore;
export type Tensor = tfCore.Tensor;

export type { Truth } from '@/lib/data/truth';
export type { Applies, Slope } from './applies';
export type { ApplyArgs, ApplyContext, Flowed, Tensors } from './apply';
export type { InputShapes, OutputShapes } from './port-shapes';
export type { InputPort, NetworkScope, OutputPort, Place, PortType, Scope } from './port-types';
export type { Made, MadeRequest, Probe, Probed, ReadInputs, TensorData } from './read';

/** Why shapes or parameters do not fit: a diagnostic without its place. */
export interface Problem {
  readonly problem: {
    readonly code: string;
    readonly port?: string;
    readonly message: string;
    readonly hint?: string;
    /** Parameters that would fix it. */
    readonly fix?: { readonly label: string; readonly params: Record<string, unknown> };
    readonly severity?: 'error' | 'warning';
  };
}

export type Inference = OutputShapes | Problem;
/** Says why shapes or parameters do not fit. */
export const problem = (about: Problem['problem']): Problem => ({ problem: about });
export const isProblem = (value: Inference): value is Problem => 'problem' in value;

/** One input and its shape, by which tests, docs and the help panel exercise a kind. */
export interface Example {
  readonly params?: Record<string, unknown>;
  readonly inputs: { readonly [port: string]: readonly number[] | readonly (readonly number[])[] };
  readonly outputs: { readonly [port: string]: readonly number[] };
  /** The range of the numbers that may be fed in; any number where left out. */
  readonly within?: readonly [number, number];
}

interface Common<K extends string, S extends z.ZodObject> {
  readonly kind: K;
  readonly title: string;
  /** A heading of the palette. */
  readonly category: string;
  readonly place: readonly Place[];
  /** One sentence. */
  readonly summary: string;
  /** TeX. */
  readonly formula?: string;
  /** The paper or documentation that defines it. */
  readonly source?: { readonly label: string; readonly url: string };
  /** Strict; default, label and help on every field (see params.ts). */
  readonly params: S;
  /** Other words that find it in a search. */
  readonly aliases?: readonly string[];
  readonly traits?: Traits;
  /** Keyed by document version, run in order with the document's own. */
  readonly migrations?: readonly Migration[];
  readonly examples?: readonly Example[];
  /** The line under the title on the canvas: `128`, `1e-3 → 1e-5`. */
  caption?(params: z.output<S>): string;
  /** How it is drawn small, where that says more than its category's sign: a kernel, a density. */
  sign?(params: z.output<S>): Sign;
}

interface Ports<S extends z.ZodObject> {
  inputs(params: z.output<S>, scope: Scope): readonly InputPort[];
  outputs(params: z.output<S>, scope: Scope): readonly OutputPort[];
}

interface Inferred<S extends z.ZodObject> extends Ports<S> {
  /**
   * Checks the inputs' shapes and gives the outputs'. Called when every required input's shape is known; of a
   * kind that applies a network, when that network's are too.
   */
  infer(params: z.output<S>, inputs: InputShapes, applied?: AppliedShapes): Inference;
}

/** Of the network that a kind applies: the input and the output that it names. */
export interface AppliedShapes {
  readonly input: Shape;
  readonly output: Shape;
}

/** How one draw of a source is made. */
export interface DrawContext {
  readonly rows: number;
  /** Which draw of this run it is, counted from 0. */
  readonly index: number;
  /** A stream of this draw. */
  stream(purpose: string): Stream;
  /** A stream that is the same in every draw of the run: epochs, fixed sets. */
  fixedStream(purpose: string): Stream;
}

export interface NeededData {
  /** `import:SHA256` */
  readonly id: string;
  readonly options: ImportOptions;
  /** What x is multiplied by after that; at the end of the run, where it changes. */
  readonly scale: number;
}

/** A batch of rows, row-major, without its dims. */
type Rows = Float32Array;

export interface SourceDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Inferred<S> {
  readonly role: 'source';
  /** What stands for an output within the brackets of a call, as z in G(z): by port. */
  readonly signs?: { readonly [port: string]: string };
  /** Draws a batch: per output port, `rows` times the port's size numbers. */
  draw(params: Resolved<z.output<S>>, context: DrawContext): { readonly [port: string]: Rows };
  /** The file of the user's own that it draws from, and how that is prepared; undefined where it needs none. */
  needs?(params: z.output<S>): NeededData | undefined;
  /** What is known of the distribution, for metrics; absent where there is none. */
  truth?(params: Resolved<z.output<S>>): Truth;
  /** The same in Python, for the export: a function of `rng`, `rows` and `index`, the draw's number from 0. */
  python?(params: Resolved<z.output<S>>): PythonSource;
}

interface NetworkInputDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Ports<S> {
  readonly role: 'network-input';
}
interface NetworkOutputDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Ports<S> {
  readonly role: 'network-output';
}
interface CallDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Ports<S> {
  readonly role: 'call';
}

export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly init: Initialiser;
}

interface Remembering<S extends z.ZodObject> {
  /** Numbers that a run keeps from one update to the next. */
  buffers?(params: z.output<S>, inputs: InputShapes): readonly WeightSpec[];
  /** New buffers from the old ones and what one evaluation in train mode observed. */
  advance?(tf: Tf, params: Resolved<z.output<S>>, buffers: Tensors, observed: Tensors): Tensors;
}

interface Applicable<S extends z.ZodObject> extends Inferred<S>, Remembering<S> {
  /** Multiply-adds of one forward pass per example. */
  cost(params: z.output<S>, inputs: InputShapes, outputs: OutputShapes): number;
  /** The inputs that it reads with these parameters, where not all: what nobody reads is not computed. */
  reads?(params: Resolved<z.output<S>>): readonly string[];
  /** Functional: no variable is read or written but what comes as an argument. */
  apply(tf: Tf, args: ApplyArgs<z.output<S>>): Applied;
  /**
   * Of an invertible kind: one direction, with log|det| of the direction applied, per example: [rows]. Inputs
   * are named by the ports that are read: the kind's own, or its outputs for `inverse`.
   */
  flow?(tf: Tf, args: FlowArgs<z.output<S>>, direction: 'forward' | 'inverse'): Flowed;
  /** Orders of derivative that exist, away from kinks. */
  readonly differentiable: 0 | 1 | 2;
  /** Draws random numbers when applied in train mode. */
  readonly random?: true;
  readonly torch: TorchLines<z.output<S>>;
  /** The tf.layers layer that computes the same, where there is one for these parameters. */
  stock?(
    params: z.output<S>,
    outputs: OutputShapes,
  ): { readonly className: string; readonly config: Record<string, unknown> } | undefined;
}

export interface LayerDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Applicable<S> {
  readonly role: 'layer';
  weights(params: z.output<S>, inputs: InputShapes): readonly WeightSpec[];
  /** New buffers before an update of a player that holds the network, and some times over at the start. */
  prepare?(
    tf: Tf,
    params: Resolved<z.output<S>>,
    state: { readonly weights: Tensors; readonly buffers: Tensors },
  ): Tensors;
  /** Sees a fixed batch of its network besides its own: what it observes of it comes in the context. */
  readonly reference?: true;
}

/** In a network it has no buffers. */
export interface OpDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Applicable<S> {
  readonly role: 'op';
  /**
   * Where tfjs has no such layer: the same in eval mode as a function in plain tfjs of inputs by port, a list
   * each, and parameters. Text, since an exported layers model takes it along.
   */
  readonly layersLine?: string;
  /** The network that the op applies itself. */
  applies?(params: z.output<S>): Applies;
}

export interface LossArgs<P> {
  readonly params: Resolved<P>;
  readonly inputs: { readonly [port: string]: Tensor | readonly Tensor[] };
  /** By name, for a loss that has some; read, never written. */
  readonly buffers?: Tensors;
  /** Notes what `advance` makes new buffers of, once this update is over. */
  observe?(observed: Tensors): void;
  /** A 31-bit seed from the stream (seed, node, purpose, update). */
  seed(purpose: string): number;
  /** How many updates the player that asks has made; absent where nobody moves by it. */
  readonly update?: number;
  /**
   * f_θ of the inputs by name, for a loss that names a network in `applies`: with the weights in training, in
   * train mode; moving statistics stay as they are.
   */
  apply?(inputs: Tensors): Tensor;
  /** For a loss with a `slope`: ∂ Σ of / ∂ at, differentiable once more; undefined where `of` is without `at`. */
  slope?(): Tensor | undefined;
}

export interface LossDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Inferred<S>,
    Remembering<S> {
  readonly role: 'loss';
  readonly differentiable: 0 | 1 | 2;
  /** What is on one output port, mostly a scalar; only the inputs that the output needs are there. */
  evaluate(tf: Tf, output: string, args: LossArgs<z.output<S>>): Tensor;
  /** The network that the loss applies itself; it depends on its θ without a call. */
  applies?(params: z.output<S>): Applies;
  readonly slope?: Slope;
  /** Whether it draws random numbers with these parameters. */
  draws?(params: z.output<S>): boolean;
  readonly torch: TorchLines<z.output<S>>;
}

interface DirectionArgs<P> {
  readonly params: Resolved<P>;
  readonly gradient: Tensor;
  /** The weights that move, flat like their gradient. */
  readonly theta: Tensor;
  readonly slots: Tensors;
  /** Updates made so far, this one included: 1 at the first. */
  readonly step: number;
}

export interface OptimizerDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Ports<S> {
  readonly role: 'optimizer';
  /** Moments kept per weight, zero at the start. */
  readonly slots: readonly string[];
  /** What to subtract from a weight (the learning rate included), and the new moments. */
  direction(tf: Tf, args: DirectionArgs<z.output<S>>): { readonly change: Tensor; readonly slots: Tensors };
  /** The constructor of torch.optim, every argument printed: `torch.optim.SGD(params, lr=0.01)`. */
  torch(params: Resolved<z.output<S>>): string;
  /** Slot → its name in the state of that optimizer: `exp_avg`. */
  readonly torchSlots: { readonly [slot: string]: string };
}

/** Moves whole networks between iterations, by their slow weights; flat, in the plan's order. */
interface AveragingDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Ports<S> {
  readonly role: 'averaging';
  /** What weights and copies become after so many iterations; undefined where they stay. */
  follow(
    tf: Tf,
    args: {
      readonly params: Resolved<z.output<S>>;
      readonly theta: Tensor;
      readonly slow: Tensor;
      readonly iteration: number;
    },
  ): { readonly theta: Tensor; readonly slow: Tensor } | undefined;
  /** The same in PyTorch: after which iterations, and what a weight `theta` and its copy `slow` then both become. */
  torch(params: z.output<S>): { readonly when: string; readonly next: string };
}

interface ViewDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Inferred<S> {
  readonly role: 'view';
  /** Rows to draw for one picture. */
  rows(params: z.output<S>, inputs: InputShapes): number;
  probe?(params: z.output<S>): Probe;
  readonly slope?: Slope;
  /** What it asks of the network that made the samples at a port: see `Made`. */
  made?(params: z.output<S>): MadeRequest;
  /** What to draw, from what was read. `probed` is the probe's output, `bounds` its extent. */
  picture(args: {
    readonly params: z.output<S>;
    readonly inputs: ReadInputs;
    readonly probed?: TensorData;
    readonly bounds?: readonly (readonly [number, number])[];
    readonly slope?: TensorData;
    /** Of the dataset that the parameter `dataset` names. */
    readonly truth?: Truth;
    readonly made?: Made;
    /** What the data sets wired to its ports know of themselves. */
    readonly truths?: { readonly [port: string]: Truth | undefined };
  }): Picture;
}

export interface MetricDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Inferred<S> {
  readonly role: 'metric';
  /** Names in the result, with what they mean and which way is better. */
  readonly results: readonly MetricResult[];
  /** A port each of whose further wires gives the same results, with the wire's number: `mean2`. */
  readonly perWire?: string;
  /** A network that is probed, over the extent of the sources that these parameters name. */
  readonly probes?: {
    readonly over: readonly string[];
    /** Where it is probed, if not over what the sources draw. */
    extent?(truths: Probed['truths']): Probed['bounds'] | undefined;
    probe(params: z.output<S>): Probe;
  };
  readonly reruns?: Reruns<z.output<S>>;
  measure(args: Measured<z.output<S>>): { readonly [name: string]: number };
  /** The same in the exported file; absent, or undefined: it is measured here alone. */
  python?(args: MeasuredInPython<z.output<S>>): PythonMetric | undefined;
}

interface NoteDefinition<K extends string = string, S extends z.ZodObject = z.ZodObject>
  extends Common<K, S>,
    Ports<S> {
  readonly role: 'note';
}

export type NodeDefinition =
  | SourceDefinition
  | NetworkInputDefinition
  | NetworkOutputDefinition
  | CallDefinition
  | LayerDefinition
  | OpDefinition
  | LossDefinition
  | OptimizerDefinition
  | AveragingDefinition
  | ViewDefinition
  | MetricDefinition
  | NoteDefinition;

export type Role = NodeDefinition['role'];

export const defineSource = <const K extends string, S extends z.ZodObject>(d: SourceDefinition<K, S>) => d;
export const defineNetworkInput = <const K extends string, S extends z.ZodObject>(
  d: NetworkInputDefinition<K, S>,
) => d;
export const defineNetworkOutput = <const K extends string, S extends z.ZodObject>(
  d: NetworkOutputDefinition<K, S>,
) => d;
export const defineCall = <const K extends string, S extends z.ZodObject>(d: CallDefinition<K, S>) => d;
export const defineLayer = <const K extends string, S extends z.ZodObject>(d: LayerDefinition<K, S>) => d;
export const defineOp = <const K extends string, S extends z.ZodObject>(d: OpDefinition<K, S>) => d;
export const defineLoss = <const K extends string, S extends z.ZodObject>(d: LossDefinition<K, S>) => d;
export const defineOptimizer = <const K extends string, S extends z.ZodObject>(
  d: OptimizerDefinition<K, S>,
) => d;
export const defineAveraging = <const K extends string, S extends z.ZodObject>(
  d: AveragingDefinition<K, S>,
) => d;
export const defineView = <const K extends string, S extends z.ZodObject>(d: ViewDefinition<K, S>) => d;
export const defineMetric = <const K extends string, S extends z.ZodObject>(d: MetricDefinition<K, S>) => d;
export const defineNote = <const K extends string, S extends z.ZodObject>(d: NoteDefinition<K, S>) => d;
