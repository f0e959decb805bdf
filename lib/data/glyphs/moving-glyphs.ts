import * as z from 'zod';
import { param } from '@/lib/graph/param';
import type { Stream } from '@/lib/util/random';
import { unread } from '../attributes';
import { imageSide } from '../fields';
import { NEAR, overlapOf } from '../images/templates';
import { pythonExpression, pythonList, pythonSource } from '../python';
import { defineSource } from '../source';
import type { Reading } from '../truth';
import { glyphs } from './glyphs';
import { glyphsPython } from './glyphs-python';

/** Of the image's side, so much is the glyph's; pixels it moves along an axis between frames. */
const GLYPH = 4 / 7;
const SPEEDS = [1, 2];

const attributes = [
  { name: 'across', values: ['left', 'right'] },
  { name: 'down', values: ['up', 'down'] },
] as const;

/** Where along one axis it is in each frame: it turns by chance, and before it would leave. */
function moveAlong(room: number, frames: number, turns: number, stream: Stream): readonly number[] {
  let at = stream.integer(room + 1);
  let velocity = (SPEEDS[stream.integer(SPEEDS.length)] as number) * (stream.integer(2) === 0 ? -1 : 1);
  return Array.from({ length: frames }, (_, frame) => {
    if (frame === 0) return at;
    if (turns > 0 && stream.uniform() < turns) velocity = -velocity;
    if (at + velocity < 0 || at + velocity > room) velocity = -velocity;
    at += velocity;
    return at;
  });
}

/** Frames of a written digit that moves and turns at the edges, and the frame that follows (after moving MNIST). */
export const movingGlyphs = defineSource({
  id: 'moving-glyphs',
  title: 'Moving glyphs',
  summary: 'Frames of a written digit that moves and turns at the edges, or by chance, and the next frame.',
  family: 'Images',
  options: z.strictObject({
    size: imageSide(28, 14, 64),
    frames: param(z.int().min(2).max(8).default(4), {
      label: 'Frames',
      help: 'How many are given, as channels; the next one is the target.',
      step: 1,
    }),
    turns: param(z.number().min(0).max(1).default(0), {
      label: 'Turns',
      help: 'How likely it is to turn between two frames, along each axis, also away from the edges.',
      step: 0.1,
    }),
  }),
  ports: ({ size, frames }) => ({ x: [size, size, frames], target: [size, size, 1] }),
  draw({ size, frames, turns }, rows, stream) {
    const side = Math.round(GLYPH * size);
    const pixels = size * size;
    const written = glyphs.draw(glyphs.options.parse({ size: side }), rows, stream).x;
    const x = new Float32Array(rows * pixels * frames).fill(-1);
    const target = new Float32Array(rows * pixels).fill(-1);
    for (let row = 0; row < rows; row++) {
      const columns = moveAlong(size - side, frames + 1, turns, stream);
      const lines = moveAlong(size - side, frames + 1, turns, stream);
      for (let frame = 0; frame <= frames; frame++)
        for (let i = 0; i < side * side; i++) {
          const line = (lines[frame] as number) + Math.floor(i / side);
          const pixel = row * pixels + line * size + (columns[frame] as number) + (i % side);
          const ink = written[row * side * side + i] as number;
          if (frame === frames) target[pixel] = ink;
          else x[pixel * frames + frame] = ink;
        }
    }
    return { x, target };
  },
  truth: ({ size, frames }) => ({
    attributes,
    readsGiven: true,
    read: (sample, given) => (given ? readNext(sample, given, size, frames) : unread(2)),
    python: { read: pythonExpression('read_next', readNextPython) },
  }),
  python: ({ size, frames, turns }) =>
    pythonSource(
      `side, room, frames = ${Math.round(GLYPH * size)}, ${size - Math.round(GLYPH * size)}, ${frames}
written = draw_glyphs(rng, rows, size=side, variation=1)["x"][..., 0]
images = -np.ones((rows, ${size}, ${size}, frames + 1))
at = rng.integers(room + 1, size=(rows, 2))
velocity = rng.integers(1, ${SPEEDS.length + 1}, size=(rows, 2)) * (2 * rng.integers(2, size=(rows, 2)) - 1)
for frame in range(frames + 1):
    if frame > 0:
        velocity = np.where(rng.random((rows, 2)) < ${turns}, -velocity, velocity)
        velocity = np.where((at + velocity < 0) | (at + velocity > room), -velocity, velocity)
        at = at + velocity
    for row, (line, column) in enumerate(at):
        images[row, line:line + side, column:column + side, frame] = written[row]
return {"x": images[..., :frames], "target": images[..., frames:]}`,
      glyphsPython,
    ),
});

/** The last frame, moved as far as it had moved before, this way or back, where it overlaps most. */
function readNext(sample: Float32Array, given: Float32Array, size: number, frames: number): Reading {
  if (!sample.every(Number.isFinite)) return unread(2);
  const inkOf = (frame: number) =>
    Uint8Array.from({ length: size * size }, (_, i) => Number((given[i * frames + frame] as number) > 0));
  const last = inkOf(frames - 1);
  const found = Uint8Array.from(sample, (value) => Number(value > 0));
  const steps = SPEEDS.flatMap((speed) => [-speed, speed]);
  const every = steps.flatMap((dy) => steps.map((dx) => [dx, dy] as const));
  const [dx, dy] = nearest(inkOf(frames - 2), last, size, every).step;
  const ways = [-1, 1].flatMap((v) => [-1, 1].map((u) => [u * dx, v * dy] as const));
  const { step, overlap } = nearest(last, found, size, ways);
  if (overlap === 0) return unread(2);
  return { values: [Number(step[0] > 0), Number(step[1] > 0)], fit: overlap, legal: overlap >= NEAR };
}

/** The step after which one frame overlaps the other most, by overlap over union. */
function nearest(
  from: Uint8Array,
  to: Uint8Array,
  size: number,
  steps: readonly (readonly [number, number])[],
): { readonly step: readonly [number, number]; readonly overlap: number } {
  const overlaps = steps.map(([dx, dy]) =>
    overlapOf(to, (i) => {
      const [column, row] = [(i % size) - dx, Math.floor(i / size) - dy];
      const isInside = column >= 0 && column < size && row >= 0 && row < size;
      return isInside && from[row * size + column] === 1;
    }),
  );
  const overlap = Math.max(...overlaps);
  return { step: steps[overlaps.indexOf(overlap)] ?? [0, 0], overlap };
}

const readNextPython = `def read_next(sample, given):
    """Where the glyph of the last frame has gone: as far as before, this way or back, where it overlaps most."""
    if given is None or not np.isfinite(sample).all():
        return [-1, -1], 0, False
    size = len(sample)

    def nearest(before, after, steps):
        room, found = np.pad(before > 0, size), []
        for dx, dy in steps:
            moved = room[size - dy : 2 * size - dy, size - dx : 2 * size - dx]
            found.append((moved & (after > 0)).sum() / max(1, (moved | (after > 0)).sum()))
        best = int(np.argmax(found))
        return steps[best], found[best]

    speeds = ${pythonList(SPEEDS.flatMap((speed) => [-speed, speed]))}
    (dx, dy), _ = nearest(given[..., -2], given[..., -1], [(dx, dy) for dy in speeds for dx in speeds])
    step, fit = nearest(given[..., -1], sample[..., 0], [(u * dx, v * dy) for v in (-1, 1) for u in (-1, 1)])
    if fit == 0:
        return [-1, -1], 0, False
    return [int(step[0] > 0), int(step[1] > 0)], fit, fit >= ${NEAR}`;
