import type { Checked } from '@/lib/check/checked';
import { splitEndpoint } from '@/lib/graph/schema';
import type { PortType } from '@/lib/nodes/define';
import { formatShape } from '@/lib/shapes/shape';
import { type Box, boxOf, overlaps, type Point } from './boxes';
import { formOfNode } from './card-size';
import { bendBetween, type Curve, type End, isShortBend, pointAt, pointsAlong } from './curve';
import { FRAME_HEADER, portPositions } from './geometry';
import { createRouter } from './route';
import { viaOf } from './via';

/**
 * The line of every wire and the place of its label, from where cards stand: a plain bend where nothing is in its
 * way, else round cards and frames. Pure; nothing of it is kept in the document.
 */
export interface WireLine {
  readonly index: number;
  readonly type: PortType;
  readonly from: string;
  readonly to: string;
  /** The frame within which it runs; the game where undefined. */
  readonly frame: string | undefined;
  readonly curve: Curve;
  /** The points that it was led through. */
  readonly via: readonly Point[];
  readonly label: { readonly text: string; readonly box: Box } | undefined;
}

/** With more in the way than this, wires bend plainly: nobody sees them all, and every edit would wait. */
const MOST_BOXES = 120;
/** A plain bend keeps this far from what it passes. */
const CLEARANCE = 3;
const LABEL_HEIGHT = 14;
const LETTER = 6.4;
const shares = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88] as const;

interface Ends {
  readonly index: number;
  readonly type: PortType;
  /** What it leaves, as the document has it. */
  readonly port: string;
  readonly label: string | undefined;
  readonly via: readonly Point[];
  readonly from: { readonly id: string; readonly end: End };
  readonly to: { readonly id: string; readonly end: End };
}

/** A function that gives the lines of a document; those of a frame, or of the game, in which nothing moved stay the same. */
export function createWireLines(): (checked: Checked) => readonly WireLine[] {
  let last = new Map<string | undefined, Within>();
  return (checked) => {
    const next = new Map<string | undefined, Within>();
    for (const [frame, wires] of wiresByFrame(checked)) {
      const boxes = boxesWithin(checked, frame);
      const key = JSON.stringify([[...boxes], wires]);
      const known = last.get(frame);
      next.set(frame, known?.key === key ? known : { key, lines: linesWithin(frame, boxes, wires) });
    }
    last = next;
    return [...next.values()].flatMap(({ lines }) => lines);
  };
}

interface Within {
  readonly key: string;
  readonly lines: readonly WireLine[];
}

function wiresByFrame(checked: Checked): ReadonlyMap<string | undefined, readonly Ends[]> {
  const frames = new Map<string | undefined, Ends[]>();
  for (const [index, wire] of checked.graph.wires.entries()) {
    const source = splitEndpoint(wire[0]);
    const target = splitEndpoint(wire[1]);
    const from = endOf(checked, source.id, source.port, 'source');
    const to = endOf(checked, target.id, target.port, 'target');
    const frame = checked.nodes.get(target.id)?.node.network;
    if (!from || !to || checked.networks.get(frame ?? '')?.network.collapsed) continue;
    const type = outputType(checked, source.id, source.port);
    const shape = checked.wireShapes[index];
    const label = shape && type === 'tensor' ? formatShape(shape) : undefined;
    const [one, other] = [
      { id: source.id, end: from },
      { id: target.id, end: to },
    ];
    const own = frames.get(frame) ?? [];
    own.push({ index, type, port: wire[0], label, via: viaOf(checked.graph, wire), from: one, to: other });
    frames.set(frame, own);
  }
  return frames;
}

function linesWithin(
  frame: string | undefined,
  boxes: ReadonlyMap<string, Box>,
  wires: readonly Ends[],
): readonly WireLine[] {
  const isCrowded = boxes.size > MOST_BOXES;
  const curves = new Map<Ends, Curve>();
  for (const wire of wires) {
    const bend = bendBetween(wire.from.end, wire.to.end);
    const isPlain = isCrowded || (isShortBend(wire.from.end, wire.to.end) && isClear(bend, wire, boxes));
    if (wire.via.length === 0 && isPlain) curves.set(wire, bend);
  }
  const blocked = wires.filter((wire) => !curves.has(wire));
  const ends = blocked.flatMap((wire) => legsOf(wire).flat());
  const drawn = [...curves].map(([{ port }, curve]) => ({ port, points: pointsAlong(curve) }));
  const isRouted = blocked.length > 0 && !isCrowded;
  const route = createRouter(isRouted ? [...boxes.values()] : [], ends, isRouted ? drawn : []);
  for (const wire of blocked) {
    const legs = legsOf(wire).map(([from, to]) => route({ from, to, port: wire.port }) ?? [from.at, to.at]);
    const isLost = wire.via.length === 0 && legs[0]?.length === 2;
    curves.set(
      wire,
      isLost ? bendBetween(wire.from.end, wire.to.end) : { points: legs.flat(), isBend: false },
    );
  }
  const labels: Box[] = [];
  return wires.map((wire): WireLine => {
    const { index, type, from, to, via, label: text } = wire;
    const curve = curves.get(wire) as Curve;
    const box =
      text === undefined ? undefined : labelBox(curve, text, frame !== undefined, wire, boxes, labels);
    if (box) labels.push(box);
    const label = text !== undefined && box ? { text, box } : undefined;
    return { index, type, from: from.id, to: to.id, frame, curve, via, label };
  });
}

/** From stop to stop: a point is reached from the side that the stop before lies on, and left towards the next. */
function legsOf({ from, to, via }: Ends): readonly (readonly [End, End])[] {
  const facing = (at: Point, other: Point): End => ({ at, side: other[0] < at[0] ? 'left' : 'right' });
  const stops = [from.end.at, ...via, to.end.at];
  return stops.slice(1).map((stop, i) => {
    const before = stops[i] as Point;
    const start = i === 0 ? from.end : facing(before, stop);
    return [start, i === via.length ? to.end : facing(stop, before)];
  });
}

/** Cards and, in the game, frames: what a wire is not to run under. */
function boxesWithin(checked: Checked, frame: string | undefined): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  const ids = [
    ...(frame === undefined ? checked.graph.networks.map(({ id }) => id) : []),
    ...checked.graph.nodes.filter(({ network }) => network === frame).map(({ id }) => id),
  ];
  for (const id of ids) {
    const box = boxOf(checked, id);
    if (box) boxes.set(id, box);
  }
  return boxes;
}

/** Its own cards it only leaves and enters. */
function isClear(curve: Curve, { from, to }: Ends, boxes: ReadonlyMap<string, Box>): boolean {
  const points = pointsAlong(curve);
  const [left, right] = extent(points.map(([x]) => x));
  const [top, bottom] = extent(points.map(([, y]) => y));
  for (const [id, box] of boxes) {
    const gap = id === from.id || id === to.id ? -1 : CLEARANCE;
    if (!overlaps({ x: left, y: top, width: right - left, height: bottom - top }, box, gap)) continue;
    if (points.some(([x, y]) => overlaps({ x, y, width: 0, height: 0 }, box, gap))) return false;
  }
  return true;
}

const extent = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const;

/**
 * Where a label stands: on its wire, above it where the wire runs level; of a short wire between two layers below
 * them. Not over a card, nor over another label; nowhere if there is no place.
 */
function labelBox(
  curve: Curve,
  text: string,
  inFrame: boolean,
  { from, to }: Ends,
  boxes: ReadonlyMap<string, Box>,
  labels: readonly Box[],
): Box | undefined {
  const width = Math.ceil(LETTER * text.length + 6);
  const centred = ([x, y]: Point): Box => ({
    x: x - width / 2,
    y: y - LABEL_HEIGHT / 2,
    width,
    height: LABEL_HEIGHT,
  });
  const cards = [boxes.get(from.id), boxes.get(to.id)];
  const floor = Math.max(...cards.map((box) => (box ? box.y + box.height : 0)));
  const isFree = (box: Box) => ![...boxes.values(), ...labels].some((other) => overlaps(box, other, 1));
  for (const share of shares) {
    const [x, y] = pointAt(curve, share);
    const place = [-9, 9].map((rise) => centred([x, y + rise])).find(isFree);
    if (place) return place;
  }
  const [x, y] = pointAt(curve, 0.5);
  const below = centred([x, floor + 9]);
  return inFrame && floor - y < 60 && isFree(below) ? below : undefined;
}

export function endOf(checked: Checked, id: string, port: string, end: 'source' | 'target'): End | undefined {
  const box = boxOf(checked, id);
  if (!box) return undefined;
  if (checked.networks.has(id))
    return port === 'theta' && end === 'source'
      ? { at: [box.x + box.width, box.y + FRAME_HEADER / 2], side: 'right' }
      : undefined;
  const found = checked.nodes.get(id);
  const position =
    found &&
    portPositions(formOfNode(found, checked)).find((place) => place.name === port && place.end === end);
  if (!position) return undefined;
  const x = position.side === 'left' ? box.x : box.x + box.width;
  return { at: [x, box.y + position.y], side: position.side };
}

const outputType = (checked: Checked, id: string, port: string): PortType =>
  checked.networks.has(id)
    ? 'theta'
    : (checked.nodes.get(id)?.outputs.find(({ name }) => name === port)?.type ?? 'tensor');
