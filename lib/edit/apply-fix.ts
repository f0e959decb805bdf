import type { Fix } from '@/lib/graph/diagnostic';
import type { Graph, Wire } from '@/lib/graph/schema';
import { assertNever } from '@/lib/util/assert';
import { disconnect } from './connect';
import { setParams, setState } from './set';
import { insertOnWire } from './splice';

/** Carries out what a diagnostic offers. A fix that no longer fits the graph changes nothing. */
export function applyFix(graph: Graph, fix: Fix): Graph {
  switch (fix.type) {
    case 'set-params':
      return setParams(graph, fix.node, fix.params);
    case 'bypass':
      return setState(graph, [fix.node], 'bypassed');
    case 'swap-wires': {
      const [a, b] = fix.wires;
      const [first, second] = [findWire(graph, a), findWire(graph, b)];
      if (first < 0 || second < 0) return graph;
      return { ...graph, wires: graph.wires.with(first, [a[0], b[1]]).with(second, [b[0], a[1]]) };
    }
    case 'remove-wire': {
      const index = findWire(graph, fix.wire);
      return index < 0 ? graph : disconnect(graph, [index]);
    }
    case 'insert-on-wire': {
      const index = findWire(graph, fix.wire);
      return index < 0 ? graph : insertOnWire(graph, index, fix.kind, fix.params).graph;
    }
    default:
      return assertNever(fix);
  }
}

/** The last wire with these ends: of two alike the first counts. */
const findWire = (graph: Graph, [from, to]: Wire): number =>
  graph.wires.findLastIndex((wire) => wire[0] === from && wire[1] === to);
