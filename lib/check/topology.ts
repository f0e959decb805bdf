import type { Draft, DraftNode } from './draft';
import { listNames } from './draft';
import { mention } from './mention';

/** Topological orders of the networks and of the game; nodes on a cycle are named and left out. */
export function orderAll(draft: Draft): void {
  for (const network of draft.networks.values())
    network.order = order(draft, network.nodes, `Network ${mention(network.network.id)}`);
  draft.order = order(draft, draft.game, 'The game');
}

function order(draft: Draft, nodes: readonly DraftNode[], where: string): readonly DraftNode[] {
  const sorted = topologicalOrder(draft, nodes, new Set());
  if (sorted.length === nodes.length) return sorted;
  const done = new Set(sorted);
  const cycles = findCycles(
    draft,
    nodes.filter((node) => !done.has(node)),
  );
  for (const cycle of cycles) {
    const names = cycle.map(({ node }) => mention(node.id));
    draft.diagnostics.push({
      code: 'cycle',
      severity: 'error',
      node: cycle[0]?.node.id ?? '',
      message:
        names.length === 1
          ? `${where} has a cycle: ${names[0]} feeds itself.`
          : `${where} has a cycle of ${names.length} nodes: ${listNames(names)}.`,
      hint: 'Remove one of its wires. A network that meets its own output is called twice.',
    });
  }
  return topologicalOrder(draft, nodes, new Set(cycles.flat()));
}

/** The readers of a node that evaluation follows: look-ahead between players is none. */
function* readersOf(draft: Draft, node: DraftNode): Generator<DraftNode> {
  for (const { id, port } of node.wiredTo) {
    const reader = draft.nodes.get(id);
    if (reader?.inputs.find((input) => input.name === port)?.type !== 'player') yield reader as DraftNode;
  }
}

/** Kahn's algorithm; among the nodes that are ready, the first in the document goes first. */
function topologicalOrder(
  draft: Draft,
  nodes: readonly DraftNode[],
  without: ReadonlySet<DraftNode>,
): DraftNode[] {
  const waitsFor = new Map<DraftNode, number>();
  for (const node of nodes) if (!without.has(node)) waitsFor.set(node, 0);
  for (const node of waitsFor.keys())
    for (const reader of readersOf(draft, node)) {
      const count = waitsFor.get(reader);
      if (count !== undefined) waitsFor.set(reader, count + 1);
    }
  const ready: DraftNode[] = [];
  for (const [node, count] of waitsFor) if (count === 0) pushByIndex(ready, node);
  const sorted: DraftNode[] = [];
  for (let node = popFirst(ready); node; node = popFirst(ready)) {
    sorted.push(node);
    for (const reader of readersOf(draft, node)) {
      const count = waitsFor.get(reader);
      if (count === undefined) continue;
      waitsFor.set(reader, count - 1);
      if (count === 1) pushByIndex(ready, reader);
    }
  }
  return sorted;
}

/** Into a binary heap, the lowest index at its root. */
function pushByIndex(heap: DraftNode[], node: DraftNode): void {
  let at = heap.push(node) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if ((heap[parent] as DraftNode).index <= node.index) break;
    heap[at] = heap[parent] as DraftNode;
    at = parent;
  }
  heap[at] = node;
}

function popFirst(heap: DraftNode[]): DraftNode | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1] as DraftNode).index < (heap[child] as DraftNode).index)
      child++;
    if ((heap[child] as DraftNode).index >= last.index) break;
    heap[at] = heap[child] as DraftNode;
    at = child;
  }
  heap[at] = last;
  return first;
}

/** Strongly connected components that are cycles (Tarjan 1972), without recursion. */
function findCycles(draft: Draft, nodes: readonly DraftNode[]): DraftNode[][] {
  const among = new Set(nodes);
  const rank = new Map<DraftNode, number>();
  const low = new Map<DraftNode, number>();
  const open: DraftNode[] = [];
  const isOpen = new Set<DraftNode>();
  const cycles: DraftNode[][] = [];
  const visit = (node: DraftNode) => {
    rank.set(node, rank.size);
    low.set(node, rank.get(node) as number);
    open.push(node);
    isOpen.add(node);
    return { node, readers: [...readersOf(draft, node)].filter((reader) => among.has(reader)), next: 0 };
  };
  const lower = (node: DraftNode, to: number) => low.set(node, Math.min(low.get(node) as number, to));
  for (const start of nodes) {
    if (rank.has(start)) continue;
    const path = [visit(start)];
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const reader = step.readers[step.next++];
      if (reader && !rank.has(reader)) path.push(visit(reader));
      else if (reader) {
        if (isOpen.has(reader)) lower(step.node, rank.get(reader) as number);
      } else {
        path.pop();
        const parent = path.at(-1);
        if (parent) lower(parent.node, low.get(step.node) as number);
        if (low.get(step.node) !== rank.get(step.node)) continue;
        const component = open.splice(open.indexOf(step.node));
        for (const node of component) isOpen.delete(node);
        if (component.length > 1 || step.readers.includes(step.node)) cycles.push(component);
      }
    }
  }
  return cycles.map((cycle) => cycle.sort((a, b) => a.index - b.index));
}
