import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Graph, GraphNode, Network } from '@/lib/graph/schema';
import type { InputPort, NodeDefinition, OutputPort } from '@/lib/nodes/define';
import type { Shape } from '@/lib/shapes/shape';
import type { End, Reader } from './checked';

/** What the passes of a check fill in, one after another. Lives for one check. */
export interface DraftNode {
  readonly node: GraphNode;
  /** Position in the document. */
  readonly index: number;
  readonly definition: NodeDefinition | undefined;
  readonly params: Readonly<Record<string, unknown>>;
  inputs: readonly InputPort[];
  outputs: readonly OutputPort[];
  /** Its ports are not what they should be (unknown kind, bad reference): wires to them are not blamed. */
  hasUnsurePorts: boolean;
  readonly wiredFrom: Map<string, End[]>;
  readonly wiredTo: Reader[];
  outputShapes: Map<string, Shape>;
  parameters: number;
  buffers: number;
  multiplyAdds: number;
}

export interface DraftNetwork {
  readonly network: Network;
  readonly index: number;
  readonly inputs: Map<string, string>;
  readonly outputs: Map<string, string>;
  /** Its nodes, in document order. */
  readonly nodes: DraftNode[];
  readonly calls: string[];
  /** In topological order; filled by the topology pass. */
  order: readonly DraftNode[];
  /** Optimizers to which its θ is wired, in document order of the wires. */
  readonly heldBy: string[];
  readonly inputShapes: Map<string, Shape>;
  readonly outputShapes: Map<string, Shape>;
}

export interface Draft {
  readonly graph: Graph;
  readonly nodes: Map<string, DraftNode>;
  readonly networks: Map<string, DraftNetwork>;
  /** Nodes outside every network, in document order. */
  readonly game: DraftNode[];
  /** The game in topological order. */
  order: readonly DraftNode[];
  /** Nodes and networks that a player, a view or a metric reaches. */
  active: ReadonlySet<string>;
  readonly diagnostics: Diagnostic[];
}

/** θ leaves a network by this port of its frame. */
export const THETA = 'theta';

/** `a, b, c and 4 more` */
export function listNames(names: readonly string[], most = 6): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}
