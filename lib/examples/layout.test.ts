import { expect, test } from 'vitest';
import { graphAt } from '@/lib/check/blocks/inside';
import type { Checked } from '@/lib/check/checked';
import { exampleGraph } from '@/lib/check/testing/graphs';
import { checkedOf as shownOf } from '@/lib/edit/checked-of';
import type { Graph } from '@/lib/graph/schema';
import { type Box, boxOf, overlaps, type Point } from '@/lib/layout/boxes';
import { pointsAlong } from '@/lib/layout/curve';
import { SMALLEST_TEXT } from '@/lib/layout/geometry';
import { loadElk } from '@/lib/layout/layered';
import { openingOf } from '@/lib/layout/opening';
import { tidy } from '@/lib/layout/tidy';
import { createWireLines, type WireLine } from '@/lib/layout/wires';
import { assert } from '@/lib/util/assert';
import { examples } from './catalogue';

/** In the canvas' units, between any two things of the game. */
const GAP = 8;
/** Wires that cross in all examples together: as many as there are with the views of tall games beside them. */
const MOST_CROSSINGS = 223;

/** One for all: it takes longer to start than to lay out. */
const elk = loadElk();
/** Every example, and the inside of each of its blocks where it is used first. */
const graphs = new Map<string, Graph>(
  examples.flatMap(({ id }): [string, Graph][] => {
    const graph = exampleGraph(id);
    const insides = graph.blocks.flatMap((block): [string, Graph][] => {
      const use = graph.nodes.find((node) => node.block === block.id);
      return use ? [[`${id} › ${block.name}`, graphAt(graph, [use.id])]] : [];
    });
    return [[id, graph], ...insides];
  }),
);
const ids = [...graphs.keys()];
const checkedOf = new Map<string, Checked>();
const linesOf = new Map<string, readonly WireLine[]>();
for (const [id, graph] of graphs) {
  const checked = shownOf(graph);
  checkedOf.set(id, checked);
  linesOf.set(id, createWireLines()(checked));
}
const drawn = (id: string) => [checkedOf.get(id) as Checked, linesOf.get(id) as readonly WireLine[]] as const;

test.each(ids)('%s keeps its cards and frames apart', (id) => {
  const [checked] = drawn(id);
  const boxes = [...boxesOf(checked)].filter(([item]) => checked.nodes.get(item)?.node.network === undefined);
  const close = boxes.flatMap(([a, one], i) =>
    boxes.slice(i + 1).flatMap(([b, other]) => (overlaps(one, other, GAP) ? [`${a}, ${b}`] : [])),
  );
  expect(close).toEqual([]);
});

test.each(ids)('%s keeps each layer in its frame, beside the others', (id) => {
  const [checked] = drawn(id);
  const boxes = boxesOf(checked);
  const layers = checked.graph.nodes.filter(({ network }) => network !== undefined);
  const wrong = layers.flatMap((a, i) => {
    const [one, frame] = [boxes.get(a.id) as Box, boxes.get(a.network ?? '') as Box];
    const over = layers
      .slice(i + 1)
      .filter((b) => b.network === a.network && overlaps(one, boxes.get(b.id) as Box, 4));
    const isOut =
      one.x < frame.x ||
      one.y < frame.y ||
      one.x + one.width > frame.x + frame.width ||
      one.y + one.height > frame.y + frame.height;
    return [...over.map((b) => `${a.id}, ${b.id}`), ...(isOut ? [`${a.id} out of ${a.network}`] : [])];
  });
  expect(wrong).toEqual([]);
});

test.each(ids)('%s has no wire under a card or through a frame', (id) => {
  const [checked, lines] = drawn(id);
  const boxes = boxesOf(checked);
  const hidden = lines.flatMap(({ from, to, frame, curve }) => {
    const points = dense(pointsAlong(curve));
    return [...boxes].flatMap(([item, box]) => {
      if (item === frame || isWithin(checked, item, from)) return [];
      // Its own cards it may touch where it leaves and enters.
      const gap = item === from || item === to ? -1.5 : 0;
      const isUnder = points.some(([x, y]) => overlaps({ x, y, width: 0, height: 0 }, box, gap));
      return isUnder ? [`${from} > ${to} under ${item}`] : [];
    });
  });
  expect(hidden).toEqual([]);
});

test.each(ids)('%s has wires in straight runs, or in one short bend', (id) => {
  const slanting = drawn(id)[1].filter(({ curve: { points, isBend } }) => {
    const [start, end] = [points[0] as Point, points.at(-1) as Point];
    const [across, down] = [Math.abs(end[0] - start[0]), Math.abs(end[1] - start[1])];
    if (isBend) return Math.min(across, down) > 120;
    return points.slice(1).some(([x, y], i) => x !== points[i]?.[0] && y !== points[i]?.[1]);
  });
  expect(slanting.map(({ from, to }) => `${from} > ${to}`)).toEqual([]);
});

test.each(ids)('%s has every label to be read', (id) => {
  const [checked, lines] = drawn(id);
  const cards = [...boxesOf(checked)].filter(([item]) => checked.nodes.has(item));
  const labels = lines.flatMap(({ label, from, to }) =>
    label ? [{ ...label, name: `${from} > ${to}` }] : [],
  );
  const wrong = labels.flatMap(({ name, box }, i) => [
    ...cards.flatMap(([item, card]) => (overlaps(box, card) ? [`${name} on ${item}`] : [])),
    ...labels.slice(i + 1).flatMap((other) => (overlaps(box, other.box) ? [`${name} on ${other.name}`] : [])),
  ]);
  expect(wrong).toEqual([]);
});

test.each(ids)('%s is as Tidy lays it: else `npm run tidy`', async (id) => {
  const graph = graphs.get(id) as Graph;
  expect((await tidy(drawn(id)[0], await elk))(graph)).toEqual(graph);
});

/** Examples that came later are held to their own counts. */
const crossingsOf: Readonly<Record<string, number>> = {
  'optimal-discriminator': 1,
  'label-smoothing': 2,
  vae: 1,
  'belief-net': 3,
  'maximum-likelihood': 3,
  'f-gan': 4,
  'disjoint-supports': 25,
  'diffusion-gan': 7,
  grammar: 5,
  'linear-vae': 2,
  flow: 1,
  'adversarial-flow': 5,
  'adversarial-flow › Game': 1,
  pix2pix: 8,
  'next-frame': 10,
  'next-frame-digits': 4,
  'wgan-clipping': 8,
  'mode-seeking': 17,
  'minimax-ring': 3,
  alignflow: 34,
  'semi-supervised': 20,
  stargan: 25,
  'stargan › Judged': 1,
  projection: 21,
  'projection › Edit': 1,
  hinge: 2,
  relativistic: 10,
  'spectral-norm': 9,
  lsgan: 2,
  'minibatch-statistics': 2,
  'virtual-batch-norm': 2,
  'ac-gan-glyphs': 29,
  lecam: 16,
  ebgan: 6,
  'mode-collapse': 2,
  'vae-gan': 11,
  r3gan: 6,
  grid25: 2,
  'r1-gan': 2,
  'gan-lab-line': 9,
  'gan-lab-ring': 9,
  'gan-lab-clusters': 9,
  'denoising-diffusion': 10,
  'latent-arithmetic': 4,
  'dcgan-16': 5,
  '3d-gan': 3,
  'stacked-glyphs': 5,
  srgan: 25,
  'conditional-gan-glyphs': 19,
  'bigan-glyphs': 26,
  'cyclegan-shapes': 26,
  'infogan-glyphs': 41,
  'mnist-acgan': 21,
  'progressive-growing': 4,
  'self-attention': 7,
  'text-to-image': 20,
  stylegan2: 11,
};

test('wires cross no more often than they did', () => {
  const crossings = ids.map((id) => [id, countCrossings(drawn(id)[1])] as const);
  const all = crossings.reduce((sum, [id, count]) => sum + (crossingsOf[id] === undefined ? count : 0), 0);
  for (const [id, count] of crossings) expect(count, id).toBeLessThanOrEqual(crossingsOf[id] ?? count);
  expect(all, crossings.map(([id, count]) => `${id} ${count}`).join(', ')).toBeLessThanOrEqual(
    MOST_CROSSINGS,
  );
});

test.each(ids)('%s leads from left to right', (id) => {
  const [checked, lines] = drawn(id);
  const boxes = boxesOf(checked);
  const back = lines.filter(({ from, to, type, frame }) => {
    if (type === 'theta' || type === 'player') return false;
    const [one, other] = [boxes.get(from) as Box, boxes.get(to) as Box];
    // A long network goes on in a line below.
    const isFolded = frame !== undefined && other.y > one.y + one.height;
    return one.x >= other.x && !isFolded;
  });
  expect(back.map(({ from, to }) => `${from} > ${to}`)).toEqual([]);
});

function boxesOf(checked: Checked): ReadonlyMap<string, Box> {
  const items = [...checked.networks.keys(), ...checked.nodes.keys()];
  return new Map(
    items.flatMap((item) => {
      const box = boxOf(checked, item);
      return box ? [[item, box] as const] : [];
    }),
  );
}

/** Layers are hidden by nothing that their own frame does not hide. */
const isWithin = (checked: Checked, frame: string, id: string): boolean =>
  checked.nodes.get(id)?.node.network === frame;

/** A point at least every two units. */
const dense = (points: readonly Point[]): readonly Point[] =>
  points.slice(1).flatMap((to, i) => {
    const from = points[i] as Point;
    const count = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 2));
    return Array.from(
      { length: count },
      (_, k): Point => [from[0] + ((to[0] - from[0]) * k) / count, from[1] + ((to[1] - from[1]) * k) / count],
    );
  });

function countCrossings(lines: readonly WireLine[]): number {
  const paths = lines.map((line) => ({ ...line, points: pointsAlong(line.curve) }));
  let count = 0;
  for (const [i, a] of paths.entries())
    for (const b of paths.slice(i + 1)) {
      if (a.frame !== b.frame || a.from === b.from || a.to === b.to) continue;
      if (
        a.points.some(
          (to, k) =>
            k > 0 &&
            b.points.some(
              (end, m) => m > 0 && cross(a.points[k - 1] as Point, to, b.points[m - 1] as Point, end),
            ),
        )
      )
        count++;
    }
  return count;
}

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  const turn = (p: Point, q: Point, r: Point) =>
    (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

/** The canvas above the dock, beside the palette and beside its strip of signs; room.spec.ts holds a page to it. */
const canvases = {
  '1280 x 720': { open: 1096, folded: 1236, height: 499 },
  '1440 x 900': { open: 1256, folded: 1396, height: 569 },
};

/** As an example opens: the palette gives way where it would cut the game. */
function opened(id: string, size: keyof typeof canvases) {
  const [checked] = drawn(id);
  const { open, folded, height } = canvases[size];
  const beside = openingOf(checked, { width: open, height });
  const width = beside?.whole ? open : folded;
  const view = beside?.whole ? beside : openingOf(checked, { width, height });
  assert(view, 'there is something to see');
  const placeOf = (item: string) => {
    const box = boxOf(checked, item) as Box;
    const [left, top] = [view.x + view.zoom * box.x, view.y + view.zoom * box.y];
    return { x: left, y: top, width: view.zoom * box.width, height: view.zoom * box.height };
  };
  const isSeen = (item: string) => {
    const { x, y, ...size } = placeOf(item);
    return x >= 0 && y >= 0 && x + size.width <= width && y + size.height <= height;
  };
  const isOut = (item: string) => !overlaps(placeOf(item), { x: 0, y: 0, width, height });
  const game = [...checked.nodes.values()].filter(
    ({ node, definition }) => node.network === undefined && definition?.role !== 'note',
  );
  const ofRole = (role: string) =>
    game.filter(({ definition }) => definition?.role === role).map(({ node }) => node.id);
  return { view, game: game.map(({ node }) => node.id), ofRole, isSeen, isOut };
}

const openings = examples.flatMap(({ id }) =>
  Object.keys(canvases).map((size) => [id, size as keyof typeof canvases] as const),
);

test.each(openings)('%s opens to be read at %s: players, losses and a view in sight', (id, size) => {
  const { view, ofRole, isSeen } = opened(id, size);
  expect(SMALLEST_TEXT * view.zoom).toBeGreaterThanOrEqual(10.999);
  const unseen = [...ofRole('optimizer'), ...ofRole('loss')].filter((item) => !isSeen(item));
  expect(unseen).toEqual([]);
  expect(ofRole('view').filter(isSeen).length).toBeGreaterThan(0);
});

/** Games of which a laptop shows a part as they open. */
const inPart = ['projection', 'ac-gan-glyphs', 'mnist-acgan', 'semi-supervised', 'text-to-image'];

test.each(openings)(
  '%s has its whole game in sight as it opens at %s, or cuts through no card',
  (id, size) => {
    const { game, isSeen, isOut } = opened(id, size);
    const isInPart = size === '1280 x 720' && inPart.includes(id);
    expect(game.filter((item) => !isSeen(item) && !(isInPart && isOut(item)))).toEqual([]);
  },
);
