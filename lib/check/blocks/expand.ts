import type { Diagnostic } from '@/lib/graph/diagnostic';
import {
  type Block,
  type Graph,
  type GraphNode,
  joinEndpoint,
  limits,
  type Network,
  splitEndpoint,
  type Wire,
} from '@/lib/graph/schema';
import type { Origin, Use } from '../checked';
import { mention } from '../mention';
import { insideOf } from './plain-id';
import { follow, overridesOf, type Scope, scopeOf, type Values, withOverrides } from './scope';

/**
 * Puts the inside of its block in the place of each use, so that what follows knows of no blocks. A node within
 * is named by its path: `use:node`, and `use:use:node` deeper down. Bounded for any document.
 */
export interface Expansion {
  /** Without blocks; the document itself where it uses none. */
  readonly graph: Graph;
  /** By plain id. */
  readonly uses: ReadonlyMap<string, Use>;
  /** Of each wire of the plain graph: which wire of which inside it comes from. */
  readonly origins: readonly Origin[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Blocks within blocks. */
const DEEPEST = 16;

export function expand(graph: Graph): Expansion {
  if (!graph.nodes.some(({ block }) => block !== undefined))
    return { graph, uses: new Map(), origins: [], diagnostics: [] };
  return new Expander(graph).run();
}

type Inside = Pick<Graph, 'networks' | 'nodes' | 'wires'>;

interface Level {
  readonly inside: Inside;
  readonly scope: Scope;
  /** The network that its layers stand in. */
  readonly network: string | undefined;
  readonly at: readonly [number, number];
  /** Values of exposed parameters, by inner node. */
  readonly overrides: ReadonlyMap<string, Values>;
  /** Blocks that it is within, by id. */
  readonly within: readonly string[];
}

class Expander {
  private readonly networks: Network[] = [];
  private readonly nodes: GraphNode[] = [];
  /** By their prefix, outer ones first. */
  private readonly levels = new Map<string, Level>();
  /** What uses are of, by plain id; those that a wire may end at though they were not expanded, undefined. */
  private readonly blocks = new Map<string, Block | undefined>();
  private readonly names = new Map<string, string>();
  private readonly uses = new Map<string, Use>();
  private readonly diagnostics: Diagnostic[] = [];
  /** Ends that may still be looked up. */
  private budget: number = limits.wires * 4;

  constructor(private readonly document: Graph) {}

  run(): Expansion {
    const { document } = this;
    this.addLevel({
      inside: document,
      scope: scopeOf(document, '', undefined),
      network: undefined,
      at: [0, 0],
      overrides: new Map(),
      within: [],
    });
    const [wires, origins] = this.joinWires();
    for (const [id, block] of this.blocks) if (block) this.uses.set(id, this.describe(id, block));
    const { networks, nodes, uses, diagnostics } = this;
    return { graph: { ...document, blocks: [], networks, nodes, wires }, uses, origins, diagnostics };
  }

  private addLevel(level: Level): void {
    const { inside, scope, at, network } = level;
    const { prefix } = scope;
    this.levels.set(prefix, level);
    for (const item of inside.networks)
      this.networks.push(prefix === '' ? item : { ...item, id: prefix + item.id, at: shift(item.at, at) });
    for (const node of inside.nodes) {
      const frame = node.network === undefined ? network : prefix + node.network;
      const overrides = level.overrides.get(node.id);
      if (node.block !== undefined) this.addUse(node, level, frame, overrides);
      else if (prefix === '') this.nodes.push(node);
      else
        this.nodes.push({
          ...withOverrides(follow(node, scope), overrides),
          id: prefix + node.id,
          ...(frame !== undefined && { network: frame }),
          at: node.network === undefined ? shift(node.at, at) : node.at,
        });
    }
  }

  private addUse(
    node: GraphNode,
    level: Level,
    network: string | undefined,
    given: Values | undefined,
  ): void {
    const id = level.scope.prefix + node.id;
    const block = this.document.blocks.find((each) => each.id === node.block);
    this.names.set(id, node.title || block?.name || node.id);
    this.blocks.set(id, undefined);
    const problem = this.refusal(node, block, level, network);
    if (problem) this.diagnostics.push({ severity: 'error', node: id, ...problem });
    if (problem || !block) return;
    this.blocks.set(id, block);
    if (node.state === 'bypassed') return;
    const scope = scopeOf(block, insideOf(id), level.scope);
    const at = node.network === undefined ? shift(node.at, level.at) : node.at;
    const own = Object.entries(node.params).map(
      ([name, value]) => [name, { value, scope: level.scope }] as const,
    );
    const overrides = overridesOf(block, new Map([...own, ...(given ?? [])]));
    this.addLevel({ inside: block, scope, network, at, overrides, within: [...level.within, block.id] });
  }

  /** Why a use is not expanded. */
  private refusal(
    node: GraphNode,
    block: Block | undefined,
    { scope, within }: Level,
    network: string | undefined,
  ): Pick<Diagnostic, 'code' | 'message' | 'hint'> | undefined {
    const name = mention(scope.prefix + node.id);
    if (!block)
      return {
        code: 'block-missing',
        message: `${name} is a use of the block "${node.block}", which this document does not have.`,
        hint: 'Delete it, or open the document that has the block and copy it from there.',
      };
    if (within.includes(block.id))
      return {
        code: 'block-recursive',
        message: `${name} is a use of the block ${block.name} within that block itself.`,
        hint: 'Delete it: a block cannot hold itself.',
      };
    if (within.length >= DEEPEST)
      return {
        code: 'block-too-deep',
        message: `${name} stands within ${within.length} blocks; at most ${DEEPEST} can be nested.`,
      };
    const place = network === undefined ? 'game' : 'network';
    if (block.place !== place)
      return {
        code: 'place-wrong',
        message:
          place === 'game'
            ? `The block ${block.name} is one of layers, but ${name} stands in the game.`
            : `The block ${block.name} belongs in the game, but ${name} stands in the network ${mention(network ?? '')}.`,
        hint: place === 'game' ? 'Drag it into a network.' : 'Drag it out of the frame.',
      };
    const nodes = this.nodes.length + this.blocks.size + block.nodes.length;
    const networks = this.networks.length + block.networks.length;
    if (nodes > limits.nodes || networks > limits.networks)
      return {
        code: 'block-too-large',
        message: `With ${name} the graph would have more than ${limits.nodes} nodes or ${limits.networks} networks.`,
      };
    if (node.state === 'muted' || (node.state && !isPassing(block)))
      return {
        code: 'block-state',
        message: `${name} cannot be ${node.state}: that needs a block with one input and one output.`,
        hint: 'Enter it and switch off the parts that you mean.',
      };
    return undefined;
  }

  /** Every wire of every inside, its ends followed into the blocks. */
  private joinWires(): [Wire[], Origin[]] {
    const wires: Wire[] = [];
    const origins: Origin[] = [];
    for (const { inside, scope } of this.levels.values())
      inside.wires.forEach(([from, to], wire) => {
        const start = this.sourceOf(scope.prefix, from);
        if (start === undefined) {
          this.refuseWire(scope.prefix, from, 'output');
          return;
        }
        const ends = this.targetsOf(scope.prefix, to);
        if (ends === undefined) {
          this.refuseWire(scope.prefix, to, 'input');
          return;
        }
        for (const end of ends) {
          if (wires.length >= limits.wires) return;
          wires.push([start, end]);
          origins.push({ prefix: scope.prefix, wire });
        }
      });
    return [wires, origins];
  }

  private refuseWire(prefix: string, end: string, side: 'input' | 'output'): void {
    const { id, port } = splitEndpoint(end);
    const block = this.blocks.get(prefix + id);
    if (!block || this.diagnostics.length > limits.blocks) return; // Not expanded: the use says so itself.
    const names = (side === 'input' ? block.inputs : block.outputs).map(({ name }) => name);
    this.diagnostics.push({
      code: 'port-unknown',
      severity: 'error',
      node: prefix + id,
      port,
      message: `${mention(prefix + id)} has no ${side} "${port}".`,
      hint: names.length > 0 ? `It has ${names.join(', ')}.` : `It has no ${side}s.`,
    });
  }

  /** The plain output that an end of an inside means; undefined where there is none. */
  private sourceOf(prefix: string, end: string): string | undefined {
    const { id, port } = splitEndpoint(end);
    const key = prefix + id;
    if (!this.blocks.has(key)) return joinEndpoint(key, port);
    const block = this.blocks.get(key);
    const output = block?.outputs.find(({ name }) => name === port);
    if (!output || --this.budget < 0) return undefined;
    if (!this.isBypassed(key)) return this.sourceOf(insideOf(key), output.from);
    // What is wired into its one input.
    const before = this.levels.get(prefix)?.inside.wires.find(([, to]) => splitEndpoint(to).id === id);
    return before && this.sourceOf(prefix, before[0]);
  }

  /** The plain inputs that an end of an inside means; none of a bypassed use. */
  private targetsOf(prefix: string, end: string): readonly string[] | undefined {
    const { id, port } = splitEndpoint(end);
    const key = prefix + id;
    if (!this.blocks.has(key)) return [joinEndpoint(key, port)];
    const input = this.blocks.get(key)?.inputs.find(({ name }) => name === port);
    if (!input || --this.budget < 0) return undefined;
    if (this.isBypassed(key)) return [];
    return input.to.flatMap((inner) => this.targetsOf(insideOf(key), inner) ?? []);
  }

  private isBypassed(key: string): boolean {
    return !this.levels.has(insideOf(key));
  }

  private describe(id: string, block: Block): Use {
    const prefix = insideOf(id);
    const isBypassed = this.isBypassed(id);
    const inputs = block.inputs.map(({ name, to }): [string, readonly string[]] => [
      name,
      isBypassed ? [] : to.flatMap((end) => this.targetsOf(prefix, end) ?? []),
    ]);
    const outputs = block.outputs.flatMap(({ name, from }): [string, string][] => {
      const source = isBypassed ? undefined : this.sourceOf(prefix, from);
      return source === undefined ? [] : [[name, source]];
    });
    return { name: this.names.get(id) ?? id, block, inputs: new Map(inputs), outputs: new Map(outputs) };
  }
}

const shift = ([x, y]: readonly [number, number], [dx, dy]: readonly [number, number]): [number, number] => [
  x + dx,
  y + dy,
];

const isPassing = ({ inputs, outputs }: Block): boolean => inputs.length === 1 && outputs.length === 1;
