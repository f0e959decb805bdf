import { type Graph, type GraphNode, graphSchema, idPattern, limits, type Wire } from '@/lib/graph/schema';
import type { Role } from '@/lib/nodes/define';
import { registry } from '@/lib/nodes/registry';
import { defined } from '@/lib/util/assert';

/** A graph after an edit that adds things, and the ids of what it added. Where nothing fits, `ids` is empty. */
export interface Edited {
  readonly graph: Graph;
  readonly ids: readonly string[];
}

export type Point = readonly [number, number];

/** One end of a wire to be: a port, and which side of its node it is on. */
export interface PortEnd {
  readonly id: string;
  readonly port: string;
  readonly side: 'input' | 'output';
}

/** What is selected. Wires are indices into the document. */
export interface Selection {
  readonly nodes: readonly string[];
  readonly networks: readonly string[];
  readonly wires?: readonly number[];
}

export const takenIds = (graph: Graph): Set<string> =>
  new Set([...graph.networks.map(({ id }) => id), ...graph.nodes.map(({ id }) => id)]);

/** `dense`, or `dense-2` where that is taken; `dense-3` after `dense-2`. The id is taken from then on. */
export function takeFreshId(taken: Set<string>, wanted: string): string {
  const [, stem = '', number = '1'] = /^(.*?)(?:-(\d{1,4}))?$/.exec(wanted) ?? [];
  const base = idPattern.test(stem) ? stem.slice(0, limits.id - 6) : 'node';
  let id = idPattern.test(wanted) && wanted.length <= limits.id ? wanted : base;
  for (let n = Number(number) + 1; taken.has(id); n++) id = `${base}-${n}`;
  taken.add(id);
  return id;
}

/** The kind that plays a role of which there is one kind only. */
export const kindOfRole = (role: Role): string =>
  defined(
    registry.find((definition) => definition.role === role),
    `a kind of role ${role}`,
  ).kind;

/** A point within the document's bounds. */
export const clampPoint = ([x, y]: Point): [number, number] => [clampCoordinate(x), clampCoordinate(y)];

const clampCoordinate = (value: number): number =>
  Number.isFinite(value) ? Math.min(limits.coordinate, Math.max(-limits.coordinate, value)) : 0;

export const add = (a: Point, b: Point): Point => [a[0] + b[0], a[1] + b[1]];
export const subtract = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];

/** The least coordinates of some things; the origin where there is none. */
export function upperLeft(items: readonly { readonly at: Point }[]): Point {
  if (items.length === 0) return [0, 0];
  return [Math.min(...items.map(({ at }) => at[0])), Math.min(...items.map(({ at }) => at[1]))];
}

/** A wire whose points are moved by a distance. */
export const shiftRoute = (wire: Wire, by: Point): Wire =>
  wire[2] ? [wire[0], wire[1], { via: wire[2].via.map((point) => clampPoint(add(point, by))) }] : wire;

/** The nodes of a selection, those of selected networks among them. */
export function nodesIn(graph: Graph, { nodes, networks }: Selection): readonly GraphNode[] {
  const [chosen, frames] = [new Set(nodes), new Set(networks)];
  return graph.nodes.filter(
    ({ id, network }) => chosen.has(id) || (network !== undefined && frames.has(network)),
  );
}

/** `in`, or `in-2` where that is taken. The name is taken from then on. */
export function freshName(taken: Set<string>, wanted: string): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}-${n}`;
  taken.add(name);
  return name;
}

/** Whether so much more fits into a document. */
export const hasRoom = (graph: Graph, more: { nodes?: number; networks?: number; wires?: number }): boolean =>
  graph.nodes.length + (more.nodes ?? 0) <= limits.nodes &&
  graph.networks.length + (more.networks ?? 0) <= limits.networks &&
  graph.wires.length + (more.wires ?? 0) <= limits.wires;

const { shape } = graphSchema;
export const networkSchema = shape.networks.unwrap().element;
export const nodeSchema = shape.nodes.unwrap().element;
export const settingsSchema = shape.settings.unwrap();
