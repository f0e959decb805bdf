import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Block, Graph, GraphNode, Network } from '@/lib/graph/schema';
import type { InputPort, NodeDefinition, OutputPort } from '@/lib/nodes/define';
import type { Shape } from '@/lib/shapes/shape';
import type { Memory } from './memory';

/** A use of a block that was expanded. */
export interface Use {
  /** What people call it. */
  readonly name: string;
  readonly block: Block;
  /** What its ports stand for: ends in the plain graph. */
  readonly inputs: ReadonlyMap<string, readonly string[]>;
  readonly outputs: ReadonlyMap<string, string>;
}

/** Where a wire of the plain graph comes from. */
export interface Origin {
  /** The path of the use, each id followed by `:`; empty for the document's own wires. */
  readonly prefix: string;
  readonly wire: number;
}

/** One end of a wire, with the wire's index in the document. */
export interface End {
  readonly id: string;
  readonly port: string;
  readonly wire: number;
}

/** A node that reads another one's output `from` at its input `port`. */
export interface Reader {
  readonly id: string;
  readonly port: string;
  readonly from: string;
}

/** A node with everything that follows from its kind and the graph. */
export interface CheckedNode {
  readonly node: GraphNode;
  /** Absent for an unknown kind, and for a use of a block. */
  readonly definition: NodeDefinition | undefined;
  /** Of a use, where it is shown as one node. */
  readonly use?: Use;
  /** Where the inside of a block is shown. */
  readonly inBlock?: InBlock;
  /** Parsed, defaults filled in; the kind's defaults where the node's own do not parse. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  /** What is wired into each input, in document order; ports without a wire are absent. */
  readonly wiredFrom: ReadonlyMap<string, readonly End[]>;
  /** What reads its outputs, a wire each. */
  readonly wiredTo: readonly Reader[];
  /** Known shapes of tensor outputs (and of network-input's). */
  readonly outputShapes: ReadonlyMap<string, Shape>;
  /** Trainable numbers in this node. */
  readonly parameters: number;
  /** Multiply-adds of one forward pass of one example. */
  readonly multiplyAdds: number;
}

/** Of a node inside a block: where that is used, and the block's ports that the node's own are. */
export interface InBlock {
  readonly place: Block['place'];
  /** Of a call: what it is called where the block was entered, and the network that it applies there. */
  readonly call?: { readonly title: string; readonly network: Network | undefined };
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

/** What wiring alone says of a node: known before shapes are. */
export type WiredNode = Pick<
  CheckedNode,
  'node' | 'use' | 'inBlock' | 'definition' | 'params' | 'inputs' | 'outputs' | 'wiredFrom' | 'wiredTo'
>;

export interface CheckedNetwork {
  readonly network: Network;
  /** Port name → its network-input or network-output node, in document order. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  readonly inputShapes: ReadonlyMap<string, Shape>;
  readonly outputShapes: ReadonlyMap<string, Shape>;
  /** Ids of its nodes in topological order, ties in document order; those on a cycle are left out. */
  readonly order: readonly string[];
  /** Ids of calls that apply it, in document order. */
  readonly calls: readonly string[];
  readonly parameters: number;
  /** Multiply-adds of one forward pass of one example. */
  readonly multiplyAdds: number;
}

/** What one iteration takes. Estimates, from shapes alone. */
export interface Cost {
  readonly parameters: number;
  /** Multiply-adds of one whole iteration: every update of every optimizer, forward and backward. */
  readonly multiplyAdds: number;
  /** Peak bytes of a run: state, activations kept for the gradient, workspace. */
  readonly bytes: number;
  /** How `bytes` come about, and what other batches would take. */
  readonly memory: Memory;
}

/** A graph with all that follows from it. Derived, never stored. */
export interface Checked {
  /** Without blocks: each use is what it stands for. */
  readonly graph: Graph;
  /** Uses of blocks, by id. */
  readonly uses: ReadonlyMap<string, Use>;
  /** Where the wires come from, of a document with blocks. */
  readonly origins: readonly Origin[];
  readonly nodes: ReadonlyMap<string, CheckedNode>;
  readonly networks: ReadonlyMap<string, CheckedNetwork>;
  /** Game nodes in topological order, ties in document order. */
  readonly order: readonly string[];
  /** Nodes and networks that a complete player, view or metric reaches: what a plan takes in. */
  readonly active: ReadonlySet<string>;
  /** Shape on each wire, by index; undefined where not known or not a tensor. */
  readonly wireShapes: readonly (Shape | undefined)[];
  /** All of them, errors first. */
  readonly diagnostics: readonly Diagnostic[];
  readonly cost: Cost;
}
