import type { AppliedShapes } from '@/lib/nodes/define';
import { appliesOf, readCall } from '@/lib/nodes/role-params';
import { formatShape, type Shape, sameDims } from '@/lib/shapes/shape';
import type { End } from './checked';
import type { Draft, DraftNetwork, DraftNode } from './draft';
import { checkApplications } from './infer-application';
import { checkInverted, checkSampled, withLogDet } from './infer-call';
import { inferNetwork } from './infer-network';
import { findBatchClash, inferNode, reportProblem, wiredShapes } from './infer-node';
import { measureNode } from './measure-node';
import { mention } from './mention';

/** What inference keeps about a network besides its shapes. */
interface NetworkState {
  readonly network: DraftNetwork;
  readonly calls: readonly DraftNode[];
  /** Ops that apply it themselves. */
  readonly appliers: readonly DraftNode[];
  /** Which call, or the input's own `shape`, gave each input's shape. */
  readonly givenBy: Map<string, DraftNode | 'shape'>;
  readonly given: Map<string, Shape>;
  /** Output shapes by batch factor, once the network was inferred. */
  readonly byBatch: Map<Shape['batch'], ReadonlyMap<string, Shape>>;
  base: Shape['batch'] | undefined;
}

/** Batch factors with which one network may be called. */
const MOST_BATCHES = 16;

/**
 * Shapes of everything: a worklist over the game. A node is inferred when its inputs are known, a network
 * when any of its calls has given it each input, then its calls follow; so every node and network is inferred
 * once. What is left (no call gives a shape) falls back to the inputs' own `shape`, one network at a time.
 */
export function inferAll(draft: Draft): void {
  const states = new Map<string, NetworkState>();
  for (const [id, network] of draft.networks)
    states.set(id, {
      network,
      calls: network.calls.flatMap((call) => draft.nodes.get(call) ?? []),
      appliers: draft.game.filter(
        (node) => node.definition?.role === 'op' && appliesOf(node)?.network === id,
      ),
      givenBy: new Map(),
      given: new Map(),
      byBatch: new Map(),
      base: undefined,
    });
  const worklist = new Worklist(draft, states);
  for (const state of states.values()) worklist.tryNetwork(state);
  worklist.run(draft.order);

  const position = new Map(draft.order.map((node, index) => [node, index]));
  const firstCall = ({ calls }: NetworkState) =>
    Math.min(...calls.map((call) => position.get(call) ?? -1), Infinity);
  const open = [...states.values()]
    .filter((state) => state.base === undefined)
    .map((state) => ({ state, first: state.calls.length === 0 ? -1 : firstCall(state) }))
    .sort((a, b) => a.first - b.first);
  for (const { state } of open) worklist.takeOwnShapes(state);
  for (const { state } of open) worklist.callWithoutInputs(state);
  for (const state of states.values()) {
    if (state.base === undefined) inferNetwork(draft, state.network, state.given, true);
    else worklist.callWithoutInputs(state);
  }
  checkApplications(draft);
}

/** The worklist. */
class Worklist {
  private readonly done = new Set<DraftNode>();
  private readonly isQueued = new Set<DraftNode>();
  private queue: DraftNode[] = [];
  private readonly shapeOf = (end: End) => this.draft.nodes.get(end.id)?.outputShapes.get(end.port);

  constructor(
    private readonly draft: Draft,
    private readonly states: ReadonlyMap<string, NetworkState>,
  ) {}

  run(nodes: Iterable<DraftNode>): void {
    for (const node of nodes) this.enqueue(node);
    for (let i = 0; i < this.queue.length; i++) {
      const node = this.queue[i] as DraftNode;
      this.isQueued.delete(node);
      this.visit(node);
    }
    this.queue = [];
  }

  private enqueue(node: DraftNode): void {
    if (this.done.has(node) || this.isQueued.has(node)) return;
    this.isQueued.add(node);
    this.queue.push(node);
  }

  private finish(node: DraftNode, shapes: ReadonlyMap<string, Shape>): void {
    this.done.add(node);
    node.outputShapes = new Map(shapes);
    for (const { id } of node.wiredTo) {
      const reader = this.draft.nodes.get(id);
      if (reader && reader.node.network === undefined) this.enqueue(reader);
    }
  }

  private visit(node: DraftNode): void {
    if (this.done.has(node)) return;
    if (node.definition?.role === 'call') this.visitCall(node);
    else this.visitNode(node);
  }

  private visitNode(node: DraftNode): void {
    const applied = this.appliedShapes(node);
    if (applied === 'unknown') return;
    const inferred = inferNode(node, this.shapeOf, applied);
    if (inferred.type === 'waiting') return;
    if (inferred.type === 'problem') {
      this.done.add(node);
      reportProblem(this.draft, node, inferred.problem);
      return;
    }
    measureNode(this.draft, node, inferred.inputs, inferred.shapes);
    this.finish(node, inferred.shapes);
  }

  /** Of the network that an op applies; a loss gives one number, whatever the network's. */
  private appliedShapes(node: DraftNode): AppliedShapes | 'unknown' | undefined {
    const applied = node.definition?.role === 'op' ? appliesOf(node) : undefined;
    if (!applied || applied.ownShapes) return undefined;
    const network = this.states.get(applied.network)?.network;
    const input = network?.inputShapes.get(applied.input);
    const output = network?.outputShapes.get(applied.output);
    return input && output ? { input, output } : 'unknown';
  }

  /** Gives the network the shapes that this call knows, and takes its outputs' shapes from the network. */
  private visitCall(call: DraftNode): void {
    const state = this.states.get(readCall(call.params).network);
    if (!state) return;
    if (readCall(call.params).inverse) {
      this.visitInverse(call, state);
      return;
    }
    for (const [name, ends] of call.wiredFrom) {
      const shape = ends[0] && this.shapeOf(ends[0]);
      if (shape && !state.given.has(name)) {
        state.given.set(name, shape);
        state.givenBy.set(name, call);
      }
    }
    this.tryNetwork(state);
    const inputs = wiredShapes(call, this.shapeOf);
    if (!inputs || state.base === undefined) return;
    const clash = findBatchClash(call, inputs);
    const disagree = this.reportDisagreements(state, call, inputs as { [port: string]: Shape });
    if (clash) reportProblem(this.draft, call, clash.problem);
    const batch = (Object.values(inputs)[0] as Shape | undefined)?.batch ?? state.base;
    const isSound = !clash && !disagree;
    checkSampled(this.draft, call, state.network);
    this.finish(call, withLogDet(call, this.outputsFor(state, call, isSound ? batch : state.base)));
  }

  /** A network run backwards takes its output's shape and gives its input's; other calls say which. */
  private visitInverse(call: DraftNode, { network, base }: NetworkState): void {
    if (base === undefined) return;
    const inputs = wiredShapes(call, this.shapeOf);
    if (!inputs) return;
    const shape = checkInverted(this.draft, call, network, inputs);
    const batch = shape?.batch ?? base;
    const outputs = [...network.inputShapes].map(([name, { dims }]) => [name, { dims, batch }] as const);
    this.finish(call, withLogDet(call, new Map(outputs)));
  }

  /** The network's outputs when it is called with this batch factor. */
  private outputsFor(
    state: NetworkState,
    call: DraftNode,
    batch: Shape['batch'],
  ): ReadonlyMap<string, Shape> {
    const known = state.byBatch.get(batch);
    if (known) return known;
    if (state.byBatch.size >= MOST_BATCHES) {
      reportProblem(this.draft, call, {
        code: 'batch-limit',
        message: `Network ${mention(state.network.network.id)} is called with more than ${MOST_BATCHES} batch factors.`,
      });
      return new Map();
    }
    const inputs = new Map([...state.network.inputShapes].map(([name, { dims }]) => [name, { dims, batch }]));
    const outputs = inferNetwork(this.draft, state.network, inputs, false);
    state.byBatch.set(batch, outputs);
    for (const name of state.network.outputShapes.keys())
      if (!outputs.has(name))
        reportProblem(this.draft, call, {
          code: 'batch-mismatch',
          port: name,
          message: `Network ${mention(state.network.network.id)} gives no ${name} for ${formatShape({ dims: [], batch })}: batches of different factors meet inside.`,
        });
    return outputs;
  }

  /** Infers a network once all its inputs are known, and wakes its calls. */
  tryNetwork(state: NetworkState): void {
    const { network, given } = state;
    if (state.base !== undefined) return;
    for (const name of network.inputs.keys()) if (!given.has(name)) return;
    // Shapes may come from calls of different factors; inside the network there is one.
    const base = given.values().next().value?.batch ?? 1;
    const inputs = new Map(
      [...network.inputs.keys()].map((name) => [name, { dims: given.get(name)?.dims ?? [], batch: base }]),
    );
    state.base = base;
    state.byBatch.set(base, inferNetwork(this.draft, network, inputs, true));
    for (const call of [...state.calls, ...state.appliers]) this.enqueue(call);
  }

  /** Inputs that no call gives take their own `shape`, if they have one. */
  takeOwnShapes(state: NetworkState): void {
    if (state.base !== undefined) return;
    for (const [name, id] of state.network.inputs) {
      const dims = this.draft.nodes.get(id)?.params.shape;
      if (state.given.has(name) || !Array.isArray(dims)) continue;
      state.given.set(name, { dims, batch: state.given.values().next().value?.batch ?? 1 });
      state.givenBy.set(name, 'shape');
    }
    this.tryNetwork(state);
    this.run([]);
  }

  /** A call whose inputs are not known gives what its network gives elsewhere. */
  callWithoutInputs(state: NetworkState): void {
    if (state.base === undefined) return;
    const outputs = state.byBatch.get(state.base) ?? new Map();
    for (const call of state.calls)
      if (!this.done.has(call) && call.outputShapes.size === 0) {
        call.outputShapes = new Map(readCall(call.params).inverse ? state.network.inputShapes : outputs);
        this.run(call.wiredTo.flatMap(({ id }) => this.draft.nodes.get(id) ?? []));
      }
  }

  /** True if a call feeds its network a shape that another call contradicts; says so, naming both. */
  private reportDisagreements(
    { network, given, givenBy }: NetworkState,
    call: DraftNode,
    inputs: { readonly [port: string]: Shape },
  ): boolean {
    let disagrees = false;
    for (const [name, shape] of Object.entries(inputs)) {
      const first = given.get(name);
      if (!first || sameDims(first.dims, shape.dims)) continue;
      const giver = givenBy.get(name);
      const other = giver === 'shape' || !giver ? `its own shape says` : `${mention(giver.node.id)} gives it`;
      disagrees = true;
      reportProblem(this.draft, call, {
        code: 'call-shapes-differ',
        port: name,
        message: `${mention(call.node.id)} gives input ${name} of network ${mention(network.network.id)} ${formatShape(shape)}, but ${other} ${formatShape(first)}.`,
        hint: 'All calls of a network feed it tensors of one shape. Make them alike, or duplicate the network.',
      });
    }
    return disagrees;
  }
}
