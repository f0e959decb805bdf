import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { readPython, unread } from '../attributes';
import { placesChoice } from '../fields';
import { pythonExpression, pythonList, pythonSource } from '../python';
import { defineSource } from '../source';
import type { Reading } from '../truth';
import { findNearest, NEAR, type Template } from './templates';

const kinds = ['box', 'ball', 'cross', 'L'] as const;
/** Of sixteen voxels, so many are an edge of a solid. */
const EDGES = [9, 11, 13];
type Vector = readonly [number, number, number];

/** Whether a voxel at a place within the solid's cube, counted from its corner, belongs to it. */
function isInside(kind: number, edge: number, place: Vector): boolean {
  const away = place.map((value) => value - (edge - 1) / 2);
  switch (kinds[kind]) {
    case 'ball':
      return Math.hypot(...away) <= edge / 2;
    case 'cross':
      return away.filter((value) => Math.abs(value) < Math.max(1, edge / 6)).length >= 2;
    case 'L':
      return place[0] < edge / 3 || place[1] < edge / 3;
    default:
      return true;
  }
}

const options = z.strictObject({
  size: param(z.int().min(8).max(32).default(16), {
    label: 'Size',
    help: 'Voxels along each edge of the volume.',
    step: 1,
  }),
  places: placesChoice(
    'Where solids stand: anywhere on a grid, or all in the middle, as models that are aligned.',
  ),
});
type Options = z.output<typeof options>;

/** Every kind at every edge and place: of 16³ voxels 144, in the middle 12. */
function templatesOf({ size, places }: Options): readonly Template[] {
  const step = Math.max(1, Math.round(size / 8));
  const flat = ([z, y, x]: Vector) => (z * size + y) * size + x;
  return kinds.flatMap((_, kind) =>
    EDGES.flatMap((sixteenths) => {
      const edge = Math.round((sixteenths * size) / 16);
      const cube = cubeOf(Array.from({ length: edge }, (_, i) => i));
      const inside = cube.filter((place) => isInside(kind, edge, place)).map(flat);
      const middle = Math.floor((size - edge) / 2);
      const corners: readonly Vector[] =
        places === 'middle' ? [[middle, middle, middle]] : cornersOf(size, edge, step);
      return corners.map((corner) => ({ kind, inside, corner: flat(corner) }));
    }),
  );
}

/** Where a cube of this edge may begin, with at least a voxel left on either side. */
const cornersOf = (size: number, edge: number, step: number) =>
  cubeOf(Array.from({ length: Math.ceil((size - edge - 1) / step) }, (_, i) => 1 + i * step));

const cubeOf = (values: readonly number[]): readonly Vector[] =>
  values.flatMap((a) => values.flatMap((b) => values.map((c): Vector => [a, b, c])));

function read(sample: Float32Array, templates: readonly Template[]): Reading {
  if (!sample.every(Number.isFinite)) return unread(1);
  const { kind, overlap, isNear } = findNearest(sample, templates);
  return { values: [isNear ? kind : -1], fit: overlap, legal: isNear };
}

/** They are many, and every batch asks for them. */
const known = new Map<string, readonly Template[]>();
function templatesFor(given: Options): readonly Template[] {
  const key = `${given.size} ${given.places}`;
  const templates = known.get(key) ?? templatesOf(given);
  known.set(key, templates);
  return templates;
}

/** Voxels of four kinds of solids at a few sizes and places: 1 inside, -1 outside. */
export const solids = defineSource({
  id: 'solids',
  title: 'Solids',
  summary: 'Boxes, balls, crosses and Ls of voxels, in three sizes.',
  family: 'Images',
  options,
  ports: ({ size }) => ({ x: [size, size, size, 1], labels: [kinds.length] }),
  draw(given, rows, stream) {
    const { size } = given;
    const templates = templatesFor(given);
    const each = templates.length / kinds.length;
    const x = new Float32Array(rows * size ** 3).fill(-1);
    const labels = new Float32Array(rows * kinds.length);
    for (let row = 0; row < rows; row++) {
      const kind = stream.integer(kinds.length);
      labels[row * kinds.length + kind] = 1;
      const { inside, corner } = templates[kind * each + stream.integer(each)] as Template;
      for (const voxel of inside) x[row * size ** 3 + corner + voxel] = 1;
    }
    return { x, labels };
  },
  classes: () => kinds,
  truth: (given) => ({
    attributes: [{ name: 'kind', values: kinds }],
    read: (sample) => read(sample, templatesFor(given)),
    python: {
      read: pythonExpression(
        `(lambda sample, given: read_solid(sample, solid_templates(len(sample), "${given.places}")))`,
        readPython,
        solidTemplates,
        readSolid,
      ),
    },
  }),
  python: ({ size, places }) =>
    pythonSource(
      `templates = solid_templates(${size}, "${places}")
each = len(templates) // 4
kind = rng.integers(4, size=rows)
x = 2 * templates[kind * each + rng.integers(each, size=rows)] - 1
return {"x": x[..., None], "labels": np.eye(4)[kind]}`,
      solidTemplates,
    ),
});

const solidTemplates = `SOLIDS = {}


def solid_templates(size, places):
    """Voxels of every solid at every edge and place, kind by kind: 1 inside, 0 outside."""
    if (size, places) in SOLIDS:
        return SOLIDS[size, places]
    step, templates = max(1, math.floor(size / 8 + 0.5)), []
    for kind in range(4):
        for sixteenths in ${pythonList(EDGES)}:
            edge = math.floor(sixteenths * size / 16 + 0.5)
            place = np.stack(np.meshgrid(*[np.arange(edge)] * 3, indexing="ij"))
            away = place - (edge - 1) / 2
            inside = [np.ones((edge,) * 3, bool), np.sqrt((away**2).sum(0)) <= edge / 2,
                      (np.abs(away) < max(1, edge / 6)).sum(0) >= 2, (place[0] < edge / 3) | (place[1] < edge / 3)][kind]
            corners = [(size - edge) // 2] if places == "middle" else range(1, size - edge, step)
            for a, b, c in ((a, b, c) for a in corners for b in corners for c in corners):
                voxels = np.zeros((size,) * 3)
                voxels[a : a + edge, b : b + edge, c : c + edge][inside] = 1
                templates.append(voxels)
    SOLIDS[size, places] = np.stack(templates)
    return SOLIDS[size, places]`;

const readSolid = `def read_solid(sample, templates):
    """The kind of the solid that overlaps most."""
    if not np.isfinite(sample).all():
        return [-1], 0, False
    flat = templates.reshape(len(templates), -1)
    kind, fit = nearest_template(is_lit(sample), np.repeat(np.arange(4), len(flat) // 4), flat)
    return [kind if fit >= ${NEAR} else -1], fit, fit >= ${NEAR}`;
