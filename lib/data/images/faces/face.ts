import type { Stream } from '@/lib/util/random';

/** A face on a square image, drawn from ellipses and strokes: what the source draws, and what is read off samples. */
export const hairs = [
  { name: 'dark', channels: [-0.85, -0.85, -0.8] },
  { name: 'blond', channels: [0.8, 0.6, -0.3] },
  { name: 'red', channels: [0.5, -0.4, -0.8] },
] as const;
export const skins = [
  { name: 'light', channels: [0.9, 0.6, 0.4] },
  { name: 'brown', channels: [0.2, -0.2, -0.4] },
] as const;
const INK = [-0.95, -0.95, -0.9] as const;
const LIPS = [0.3, -0.8, -0.7] as const;

interface Face {
  /** 0 or 1. */
  readonly glasses: number;
  readonly smile: number;
  /** Places in the lists above. */
  readonly hair: number;
  readonly skin: number;
  /** Of the middle of the face from that of the image, in 32nds of the side, and its width as a factor. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Grey behind it. */
  readonly ground: number;
}

/** How far it stands off the middle is multiplied by `jitter`. */
export function drawFace(stream: Stream, jitter = 1): Face {
  const between = (low: number, high: number) => low + (high - low) * stream.uniform();
  return {
    glasses: stream.integer(2),
    smile: stream.integer(2),
    hair: stream.integer(hairs.length),
    skin: stream.integer(skins.length),
    x: jitter * between(-1.5, 1.5),
    y: jitter * between(-1, 1),
    width: between(0.92, 1.08),
    ground: between(-0.6, 0),
  };
}

/** In 32nds of the side, from the middle of the face: where things are, down and to the right. */
export const EYE = { x: 3.4, y: -0.5, radius: 1.1 };
export const GLASS = { radius: 2.7, pen: 0.45 };
const MOUTH = { x: 3.2, y: 6, pen: 0.55 };
const SMILE = { ends: -0.9, middle: 1.3 };

/** The mouth's height at a place across. */
export const mouthAt = (x: number, smile: number): number =>
  MOUTH.y + smile * (SMILE.middle + (SMILE.ends - SMILE.middle) * (x / MOUTH.x) ** 2);
export const mouthHalf = MOUTH.x;

/** Math.hypot takes ten times as long, and every pixel asks. */
const norm = (x: number, y: number): number => Math.sqrt(x * x + y * y);

/** Each part, from back to front: its colour, and the distance to its edge in 32nds, below 0 inside. */
type Part = readonly [colour: readonly number[], distance: (x: number, y: number) => number];

function partsOf({ glasses, smile, hair, skin, width }: Face): readonly Part[] {
  const hairColour = (hairs[hair] as (typeof hairs)[number]).channels;
  const ellipse = (y: number, a: number, b: number) => (u: number, v: number) =>
    (norm(u / (a * width), (v - y) / b) - 1) * Math.min(a * width, b);
  const eyes = (u: number, v: number) => norm(Math.abs(u) - EYE.x, v - EYE.y);
  return [
    [hairColour, ellipse(-2, 10.5, 12)],
    [(skins[skin] as (typeof skins)[number]).channels, ellipse(1, 8.5, 10.5)],
    [hairColour, ellipse(-8.5, 8, 4)],
    [INK, (u, v) => eyes(u, v) - EYE.radius],
    [LIPS, (u, v) => strokeTo(u, v, smile) - MOUTH.pen],
    ...(glasses === 1
      ? ([
          [INK, (u, v) => Math.abs(eyes(u, v) - GLASS.radius) - GLASS.pen],
          [INK, (u, v) => Math.max(Math.abs(u) - (EYE.x - GLASS.radius), Math.abs(v - EYE.y) - GLASS.pen)],
        ] satisfies Part[])
      : []),
  ];
}

/** Distance to the mouth, which is nearly flat. */
function strokeTo(u: number, v: number, smile: number): number {
  const beside = Math.max(0, Math.abs(u) - MOUTH.x);
  const across = Math.min(Math.abs(u), MOUTH.x);
  return norm(beside, v - mouthAt(across, smile));
}

/** Into an image of three channels in [-1, 1]. */
export function paintFace(face: Face, side: number, image: Float32Array): void {
  const parts = partsOf(face);
  const unit = side / 32;
  image.fill(face.ground);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const u = ((pixel % side) + 0.5 - side / 2) / unit - face.x;
    const v = (Math.floor(pixel / side) + 0.5 - side / 2) / unit - face.y;
    for (const [colour, distance] of parts) {
      const cover = Math.min(1, Math.max(0, 0.5 - unit * distance(u, v)));
      if (cover === 0) continue;
      for (let channel = 0; channel < 3; channel++) {
        const at = 3 * pixel + channel;
        image[at] = (image[at] as number) * (1 - cover) + (colour[channel] as number) * cover;
      }
    }
  }
}
