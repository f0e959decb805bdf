import type { Stream } from '@/lib/util/random';
import { boxHeight, boxWidth, type Strokes } from './strokes';

/** How one person writes one digit once: a map from the strokes' box to pixels, and the pen's width. */
interface Hand {
  /** Radius of the pen in pixels. */
  readonly pen: number;
  /** Strokes in pixels. */
  readonly strokes: Strokes;
}

/**
 * p' = R(angle) · [[width, slant], [0, 1]] · height · (p - centre + bend(p)) + shift, with random amounts;
 * `variation` scales all of them: 0 is print, 1 is handwriting.
 */
export function writeBy(strokes: Strokes, size: number, variation: number, stream: Stream): Hand {
  const random = () => variation * clipped(stream.normal());
  // Pixels per unit of the box: the digit is about 0.68 of the image high.
  const height = (0.68 * size * (1 + 0.06 * random())) / boxHeight;
  const width = 1.05 + 0.12 * random();
  const slant = -0.08 * variation + 0.16 * random();
  const angle = 0.05 * random();
  const shiftX = 0.5 * size + 0.03 * size * random();
  const shiftY = 0.5 * size + 0.03 * size * random();
  const pen = 0.044 * size * (1 + 0.2 * random());
  const bendX = 2.2 * random();
  const bendY = 1.8 * random();
  const phaseX = 2 * Math.PI * stream.uniform();
  const phaseY = 2 * Math.PI * stream.uniform();
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const moved = strokes.map((stroke) => {
    const out = new Float64Array(stroke.length);
    for (let i = 0; i < stroke.length; i += 2) {
      const x = (stroke[i] as number) - boxWidth / 2;
      const y = (stroke[i + 1] as number) - boxHeight / 2;
      const bentX = x + bendX * Math.sin(0.06 * y + phaseX);
      const bentY = y + bendY * Math.sin(0.08 * x + phaseY);
      const u = height * (width * bentX + slant * bentY);
      const v = height * bentY;
      out[i] = shiftX + cos * u - sin * v;
      out[i + 1] = shiftY + sin * u + cos * v;
    }
    return out;
  });
  return { pen, strokes: moved };
}

/** Nobody writes three deviations off. */
const clipped = (value: number): number => Math.max(-2.2, Math.min(2.2, value));
