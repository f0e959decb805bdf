import type { Checked } from '@/lib/check/checked';
import { moveNodes, resize } from '@/lib/edit/move';
import type { Graph } from '@/lib/graph/schema';
import { formatShape } from '@/lib/shapes/shape';
import type { Point } from './boxes';
import { sizeOfNode } from './card-size';
import { fold } from './fold';
import { COLLAPSED, FRAME_HEADER } from './geometry';
import { inLayers, type Layouter, loadElk, type Placed } from './layered';
import { isStaged, placeStage, shownOnly, sizeIn } from './stage';

/**
 * Lays a graph out: the game from left to right, what is shown of it below or beside, each network within its
 * frame, the frames below all. Notes go above, where they hide nothing.
 */
const GAP = 52;
const FRAME_PADDING = 28;
/** Longer networks are folded: with a palette beside it a laptop shows so much at a zoom to read at. */
const WIDEST = 1080;
/** A game with its views stays within this where it can, so that a laptop shows players and views together. */
const SEEN = { widest: 1260, lowest: 536 };
/** Layers stand close: their wires are short and carry their shapes below. */
const inFrame = { between: 24, within: 32 };

/** The edit that tidies this graph; applied to another it moves what both have. */
export async function tidy(checked: Checked, layouter?: Layouter): Promise<(graph: Graph) => Graph> {
  const elk = layouter ?? (await loadElk());
  const positions = new Map<string, Point>();
  const place = (ids: ReadonlyMap<string, Point>, [x, y]: Point) => {
    for (const [id, at] of ids) positions.set(id, [x + at[0], y + at[1]]);
  };
  const ofGame = idsIn(checked, undefined);
  const shown = shownOnly(checked);
  const game = await inLayers(
    elk,
    checked,
    ofGame.filter((id) => !shown.has(id)),
    spacing(checked),
  );
  place(game.positions, [0, 0]);

  const staged = ofGame.filter((id) => {
    const found = checked.nodes.get(id);
    return found && isStaged(found);
  });
  const feeding = ofGame.filter((id) => shown.has(id) && !staged.includes(id));
  const feeders = await inLayers(elk, checked, feeding, spacing(checked));
  const indent = indentOf(checked, feeders, positions);
  const top = game.height === 0 ? 0 : game.height + GAP;
  place(feeders.positions, [indent, top]);
  const end = Math.max(game.width, feeders.width === 0 ? 0 : indent + feeders.width);
  const floor = feeders.width === 0 ? game.height : top + feeders.height;
  const stage = placeStage(checked, staged, positions, {
    widest: SEEN.widest,
    lowest: Math.max(floor, SEEN.lowest),
  });
  place(stage.positions, [0, 0]);
  const bottom = Math.max(floor, stage.height);

  const inner = new Map<string, Placed>();
  for (const { id } of checked.graph.networks)
    inner.set(id, fold(await inLayers(elk, checked, idsIn(checked, id), inFrame), sizeIn(checked), WIDEST));
  const width = Math.max(end, stage.width, 300, ...[...inner.values()].map(frameWidth));
  const sizes = new Map<string, Point>();
  let y = bottom === 0 ? 0 : bottom + GAP;
  for (const { id, collapsed } of checked.graph.networks) {
    const layout = inner.get(id);
    // Right edges are in line, so that θ leaves all frames at one side and crosses none.
    const size = [width, frameHeight(layout)] as const;
    sizes.set(id, size);
    positions.set(id, [0, y]);
    place(layout?.positions ?? new Map(), [FRAME_PADDING, FRAME_HEADER + FRAME_PADDING]);
    y += (collapsed ? COLLAPSED.height : size[1]) + GAP / 2;
  }
  placeNotes(checked, positions);
  const rounded = new Map(
    [...positions].map(([id, at]): [string, Point] => [id, [Math.round(at[0]), Math.round(at[1])]]),
  );
  return (graph) =>
    [...sizes].reduce(
      (current, [id, size]) => resize(current, id, [Math.ceil(size[0]), Math.ceil(size[1])]),
      moveNodes(graph, rounded),
    );
}

/** How far to the right some nodes stand, so that all is to the left that they read. */
function indentOf(checked: Checked, { positions }: Placed, others: ReadonlyMap<string, Point>): number {
  const sizeOf = sizeIn(checked);
  const missing = [...positions].flatMap(([id, [x]]) =>
    [...(checked.nodes.get(id)?.wiredFrom.values() ?? [])].flat().map((end) => {
      const at = others.get(end.id);
      return at ? at[0] + sizeOf(end.id).width + GAP - x : 0;
    }),
  );
  return Math.max(0, ...missing);
}

const frameWidth = (layout: Placed) => layout.width + 2 * FRAME_PADDING;
/** A line's height more: the shapes under the wires. */
const frameHeight = (layout: Placed | undefined) =>
  Math.max(110, (layout?.height ?? 0) + FRAME_HEADER + 2 * FRAME_PADDING + 12);

/** What stands in a frame, or in the game; notes do not take part. */
const idsIn = (checked: Checked, frame: string | undefined): readonly string[] =>
  checked.graph.nodes.flatMap(({ id, network }) =>
    network === frame && checked.nodes.get(id)?.definition?.role !== 'note' ? [id] : [],
  );

/** Between the game's layers there is room for the longest shape. */
function spacing(checked: Checked) {
  let longest = 0;
  for (const [index, [from]] of checked.graph.wires.entries()) {
    const shape = checked.wireShapes[index];
    const isOfGame = checked.nodes.get(from.slice(0, from.indexOf('.')))?.node.network === undefined;
    if (shape && isOfGame) longest = Math.max(longest, formatShape(shape).length);
  }
  return { between: Math.min(76, Math.max(40, 20 + 6.4 * longest)), within: 28 };
}

/** Notes of the game in a row above it; those in frames keep their place. */
function placeNotes(checked: Checked, positions: Map<string, Point>): void {
  let x = 0;
  for (const found of checked.nodes.values()) {
    if (found.definition?.role !== 'note' || found.node.network !== undefined) continue;
    const { width, height } = sizeOfNode(found, checked);
    positions.set(found.node.id, [x, -height - GAP]);
    x += width + GAP;
  }
}
