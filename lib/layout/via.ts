import { type Graph, limits, splitEndpoint, type Wire } from '@/lib/graph/schema';
import { originOf, type Point } from './boxes';

/**
 * The points that a wire is drawn through. In the document they are relative to the frame that the wire runs in, as
 * its nodes are; here they are on the canvas. Pure.
 */
export function viaOf(graph: Graph, wire: Wire): readonly Point[] {
  const [left, top] = originOf(graph, frameOf(graph, wire));
  return (wire[2]?.via ?? []).map(([x, y]): Point => [x + left, y + top]);
}

const frameOf = (graph: Graph, [, to]: Wire): string | undefined => {
  const { id } = splitEndpoint(to);
  return graph.nodes.find((node) => node.id === id)?.network;
};

function setVia(graph: Graph, index: number, via: readonly Point[]): Graph {
  const wire = graph.wires[index];
  if (!wire || via.length > limits.via) return graph;
  const [left, top] = originOf(graph, frameOf(graph, wire));
  const inFrame = via.map(([x, y]): Point => [Math.round(x - left), Math.round(y - top)]);
  const [from, to] = wire;
  const next: Wire = inFrame.length > 0 ? [from, to, { via: inFrame }] : [from, to];
  return { ...graph, wires: graph.wires.with(index, next) };
}

/** Another point, between the two stops for which the way over it is shortest. `ends`: where the wire begins and ends. */
export function addPoint(graph: Graph, index: number, at: Point, ends: readonly [Point, Point]): Graph {
  const wire = graph.wires[index];
  if (!wire) return graph;
  const via = viaOf(graph, wire);
  const stops = [ends[0], ...via, ends[1]];
  const detours = stops
    .slice(1)
    .map(
      (stop, i) => distance(stops[i] as Point, at) + distance(at, stop) - distance(stops[i] as Point, stop),
    );
  return setVia(graph, index, via.toSpliced(detours.indexOf(Math.min(...detours)), 0, at));
}

export function movePoint(graph: Graph, index: number, point: number, at: Point): Graph {
  const wire = graph.wires[index];
  const via = wire ? viaOf(graph, wire) : [];
  return point in via ? setVia(graph, index, via.with(point, at)) : graph;
}

export function removePoint(graph: Graph, index: number, point: number): Graph {
  const wire = graph.wires[index];
  return wire ? setVia(graph, index, viaOf(graph, wire).toSpliced(point, 1)) : graph;
}

const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);
