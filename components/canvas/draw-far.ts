import type { Box, Point } from '@/lib/layout/boxes';
import { cardsIn, type Layout, wireEnds, wiresIn } from '@/lib/layout/layout';
import type { PortType } from '@/lib/nodes/define';

/** Cards as boxes and wires as strokes, for where neither could be read. Frames are elements of the page. */
interface FarInk {
  readonly card: string;
  readonly edge: string;
  readonly focus: string;
  readonly wires: Readonly<Record<PortType, string>>;
  net(color: string): string;
}

export interface FarPicture {
  readonly layout: Layout;
  /** The part of the canvas that is drawn, and pixels per unit. */
  readonly view: Box;
  readonly scale: number;
  readonly selection: ReadonlySet<string>;
  /** What is being moved, as items, and how far. */
  readonly moving: ReadonlyMap<number, Point>;
  /** Draws either what is being moved, or the rest. */
  readonly only: 'moving' | 'still';
}

/** Wires shorter than this many pixels are hidden by their cards' edges. */
const SHORTEST = 3;
/** From this many pixels on a wire is seen to bend, and a card to have an inside. */
const BENDS = 24;
const HOLLOW = 7;

/** Gives the number of cards drawn. */
export function drawFar(context: CanvasRenderingContext2D, picture: FarPicture, ink: FarInk): number {
  const { view, scale } = picture;
  context.setTransform(scale, 0, 0, scale, -view.x * scale, -view.y * scale);
  drawWires(context, picture, ink);
  return drawCards(context, picture, ink);
}

function drawWires(context: CanvasRenderingContext2D, picture: FarPicture, ink: FarInk): void {
  const { layout, view, scale, moving, only } = picture;
  const paths = new Map<PortType, Path2D>();
  const isStill = only === 'still';
  for (const wire of isStill ? wiresIn(layout, view) : layout.wires) {
    const [a, b] = [moving.get(wire.from), moving.get(wire.to)];
    if (isStill === (a !== undefined || b !== undefined)) continue;
    const [from, to] = wireEnds(layout, wire);
    const [x1, y1] = [from[0] + (a?.[0] ?? 0), from[1] + (a?.[1] ?? 0)];
    const [x2, y2] = [to[0] + (b?.[0] ?? 0), to[1] + (b?.[1] ?? 0)];
    const length = Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1)) * scale;
    if (length < SHORTEST) continue;
    const path = paths.get(wire.type) ?? new Path2D();
    paths.set(wire.type, path);
    path.moveTo(x1, y1);
    if (length < BENDS || y1 === y2) path.lineTo(x2, y2);
    else {
      const bend = Math.max(Math.abs(x2 - x1) / 2, 20);
      path.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
    }
  }
  context.lineWidth = Math.max(1.6, 0.8 / scale);
  for (const [type, path] of paths) {
    context.strokeStyle = ink.wires[type];
    context.stroke(path);
  }
}

function drawCards(context: CanvasRenderingContext2D, picture: FarPicture, ink: FarInk): number {
  const { layout, view, scale, selection, moving, only } = picture;
  const { boxes, colors, filled, ids, frames } = layout;
  const items = only === 'still' ? cardsIn(layout, view) : [...moving.keys()].filter((i) => i >= frames);
  const line = Math.max(1.5, 1 / scale);
  let drawn = 0;
  let fill: string | undefined;
  const box = (color: string, x: number, y: number, width: number, height: number) => {
    if (fill !== color) context.fillStyle = color;
    fill = color;
    context.fillRect(x, y, width, height);
  };
  for (const item of items) {
    const by = moving.get(item);
    if (only === 'still' && by) continue;
    const i = 4 * item;
    const x = (boxes[i] as number) + (by?.[0] ?? 0);
    const y = (boxes[i + 1] as number) + (by?.[1] ?? 0);
    const width = boxes[i + 2] as number;
    const height = boxes[i + 3] as number;
    const isSelected = selection.has(ids[item] as string);
    const color = colors[item];
    const edge = isSelected ? 2 * line : 0;
    const outline = isSelected ? ink.focus : color === undefined ? ink.edge : ink.net(color);
    box(outline, x - edge, y - edge, width + 2 * edge, height + 2 * edge);
    const isHollow = filled[item] === 0 && height * scale >= HOLLOW;
    if (isHollow) box(ink.card, x + line, y + line, width - 2 * line, height - 2 * line);
    drawn++;
  }
  return drawn;
}

/** The page's colours as they are now; the root's, so that nothing that has just changed is styled for them. */
export function readInk(): FarInk {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const nets = new Map<string, string>();
  return {
    card: read('--surface-raised'),
    edge: read('--border-strong'),
    focus: read('--focus'),
    wires: {
      tensor: read('--port-tensor'),
      scalar: read('--port-scalar'),
      theta: read('--port-theta'),
      player: read('--port-player'),
    },
    net(color) {
      const known = nets.get(color) ?? read(`--net-${color}`);
      nets.set(color, known);
      return known;
    },
  };
}
