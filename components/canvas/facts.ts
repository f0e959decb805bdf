import { originOfInside } from '@/lib/check/blocks/inside';
import type { Checked } from '@/lib/check/checked';
import { turnsAt } from '@/lib/check/turns';
import { plainOf } from '@/lib/edit/checked-of';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Graph, type Network, splitEndpoint } from '@/lib/graph/schema';
import { type PortRooms, portRooms } from '@/lib/layout/port-room';
import type { createWireLines, WireLine } from '@/lib/layout/wires';
import type { Scheduled } from '@/lib/nodes/params';
import { readOptimizer } from '@/lib/nodes/role-params';
import type { Problems } from './flow';

/** What the document says as a whole: gathered once per document. */
export interface Facts {
  readonly graph: Graph;
  readonly checked: Checked;
  readonly networks: ReadonlyMap<string, Network>;
  readonly problems: ReadonlyMap<string, Problems>;
  readonly wireProblems: ReadonlyMap<number, string>;
  readonly counts: ReadonlyMap<string, number>;
  /** By wire: the players in whose updates it carries something. */
  readonly turns: ReadonlyMap<number, readonly number[]>;
  /** By network whose θ is wired: how fast the player that has it learns. */
  readonly theta: ReadonlyMap<string, Scheduled | undefined>;
  readonly rooms: PortRooms;
  /** The line of each wire by its index; of a large document none, whose wires bend plainly. */
  readonly lines: ReadonlyMap<number, WireLine>;
}

/** With more nodes than this nobody follows a wire, and every edit would wait for its way. */
const MOST_NODES = 300;

export const gatherFacts = (
  graph: Graph,
  checked: Checked,
  wireLines: ReturnType<typeof createWireLines>,
): Facts => ({
  graph,
  checked,
  networks: new Map(graph.networks.map((network) => [network.id, network])),
  problems: groupProblems(checked.diagnostics),
  wireProblems: groupWireProblems(checked.diagnostics),
  counts: countNodes(graph),
  turns: graph.nodes.length > MOST_NODES ? new Map() : shownTurns(graph),
  theta: gatherTheta(graph, checked),
  rooms: portRooms(checked),
  lines: new Map(graph.nodes.length > MOST_NODES ? [] : wireLines(checked).map((line) => [line.index, line])),
});

function gatherTheta({ wires }: Graph, { nodes }: Checked): ReadonlyMap<string, Scheduled | undefined> {
  const theta = new Map<string, Scheduled | undefined>();
  for (const [from, to] of wires) {
    const { id, port } = splitEndpoint(from);
    if (port !== 'theta') continue;
    const player = nodes.get(splitEndpoint(to).id);
    // What else takes it, as Lookahead does, has no rate.
    const isPlayer = player?.definition?.role === 'optimizer';
    theta.set(id, isPlayer ? readOptimizer(player.params).learningRate : theta.get(id));
  }
  return theta;
}

function shownTurns(graph: Graph) {
  const { document, path } = originOfInside(graph) ?? { document: graph, path: [] };
  return turnsAt(plainOf(document), path);
}

/** Per node or network: the worst severity (they come worst first) and all messages. */
function groupProblems(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, Problems> {
  const groups = new Map<string, Problems>();
  for (const { node, severity, message } of diagnostics) {
    if (node === undefined || severity === 'info') continue;
    const group = groups.get(node);
    const text = group ? `${group.text}\n${message}` : message;
    const worst = group?.severity === 'error' ? 'error' : severity;
    groups.set(node, { severity: worst, text, key: `${worst} ${text}` });
  }
  return groups;
}

/** Per wire: the first message, with its hint. */
function groupWireProblems(diagnostics: readonly Diagnostic[]): ReadonlyMap<number, string> {
  const problems = new Map<number, string>();
  for (const { wire, message, hint, severity } of diagnostics)
    if (wire !== undefined && severity !== 'info' && !problems.has(wire))
      problems.set(wire, hint ? `${message} ${hint}` : message);
  return problems;
}

function countNodes(graph: Graph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { network } of graph.nodes)
    if (network !== undefined) counts.set(network, (counts.get(network) ?? 0) + 1);
  return counts;
}
