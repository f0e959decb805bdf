import { decodeBase64 } from '@/lib/util/base64';
import { BLANK, type ImageSize } from '../images';
import { type Places, placesOf, resizeLines, type Size } from '../resize';
import { code } from './compiled';

/** What is compiled from assembly/. */
interface Exports {
  shrink(
    pixels: number,
    stride: number,
    lines: number,
    to: number,
    bounds: number,
    rests: number,
    scale: number,
    totals: number,
    out: number,
  ): void;
  colourLine(
    light: number,
    blueNear: number,
    blueFar: number,
    redNear: number,
    redFar: number,
    width: number,
    isWide: boolean,
    isHalf: boolean,
    blue: number,
    red: number,
    sums: number,
    out: number,
  ): void;
}

/** How a JPEG in colour lies in memory before its colours are mixed: brightness, blue and red, each a plane. */
export interface Planes extends Size {
  /** Colours of half the width and height, of half the width, or whole. */
  readonly format: 'I420' | 'I422' | 'I444';
  /** Brightness, blue, red: where each begins, and bytes from line to line. */
  readonly layout: readonly { readonly offset: number; readonly stride: number }[];
}

/**
 * Makes photos smaller, as `resizeInto` does and equal to it: one at a time, in memory of its own. Results are undefined
 * where it is not a matter of many pixels for one.
 */
export interface Shrinker {
  /** Room for a photo, whose bytes are put there before the next call. */
  room(bytes: number): Uint8Array<ArrayBuffer>;
  /** Of width × height × RGBA, opaque. */
  shrinkPixels(image: Size, size: ImageSize): Uint8Array | undefined;
  shrinkPlanes(image: Planes, size: ImageSize): Uint8Array | undefined;
}

/** Where the photo begins; behind the last of its bytes more may be read. */
const [START, SPARE] = [64, 64];
const PAGE = 65_536;
/** Sums of more pixels in one direction would not fit. */
const MOST_PER_PIXEL = 4_000;

/** Undefined where WebAssembly has no SIMD. */
export async function startShrinker(): Promise<Shrinker | undefined> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = decodeBase64(code);
  if (!WebAssembly.validate(bytes)) return undefined;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return createShrinker(memory, instance.exports as unknown as Exports);
}

function createShrinker(memory: WebAssembly.Memory, { shrink, colourLine }: Exports): Shrinker {
  let used = START;
  /** Bytes behind those that were taken before, at a multiple of 16. */
  function take(size: number): number {
    const at = Math.ceil(used / 16) * 16;
    used = at + size + SPARE;
    const missing = used - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  /** `eachLine` is given what makes lines smaller, and does so. */
  function shrinkLines(
    image: Size,
    { shape, fit }: ImageSize,
    eachLine: (places: Places, lines: (pixels: number, first: number, count: number) => void) => void,
  ): Uint8Array | undefined {
    const [height = 1, width = 1, channels = 3] = shape;
    const places = placesOf(image, { height, width }, fit);
    const { columns, scale, first, end } = places;
    if (scale > 1 || scale * MOST_PER_PIXEL < 1) return undefined;
    const centres = Array.from(
      { length: width + 2 },
      (_, i) => (i - 0.5 - width / 2) / scale + image.width / 2,
    );
    const ends = centres.map((centre) => Math.min(image.width, Math.max(0, Math.ceil(centre - 0.5))));
    const [bounds, rests, totals] = [take(4 * ends.length), take(8 * ends.length), take(8 * width)];
    const size = 4 * width * (end - first);
    const out = take(8 * size);
    new Int32Array(memory.buffer, bounds, ends.length).set(ends);
    new Float64Array(memory.buffer, rests, ends.length).set(
      ends.map((at, i) => (centres[i] as number) - at + 0.5),
    );
    new Float64Array(memory.buffer, totals, width).set(
      columns.map((column) => (column ? 1 / column.total : 0)),
    );
    eachLine(places, (pixels, line, count) =>
      shrink(
        pixels,
        4 * image.width,
        count,
        width,
        bounds,
        rests,
        scale,
        totals,
        out + 32 * width * (line - first),
      ),
    );
    const values = new Float64Array(memory.buffer, out, size);
    const made = new Uint8Array(height * width * channels);
    const filling = { fit, blank: BLANK, whole: true };
    resizeLines(made, 0, { values, channels: 3, step: 4 }, places, { height, width, channels }, filling);
    return made;
  }

  return {
    room(bytes) {
      used = START;
      const at = take(bytes);
      return new Uint8Array(memory.buffer, at, bytes);
    },
    shrinkPixels: (image, size) =>
      shrinkLines(image, size, ({ first, end }, lines) =>
        lines(START + 4 * image.width * first, first, end - first),
      ),
    shrinkPlanes(image, size) {
      const { width, height, format, layout } = image;
      const [isWide, isHalf] = [format === 'I444', format === 'I420'];
      const [light, blue, red] = layout.map(({ offset, stride }) => ({ at: START + offset, stride }));
      if (!light || !blue || !red) return undefined;
      const [blues, reds, sums, line] = [
        take(2 * width + SPARE),
        take(2 * width + SPARE),
        take(width + SPARE),
        take(4 * width + SPARE),
      ];
      const last = ((height + 1) >> 1) - 1;
      return shrinkLines(image, size, ({ first, end }, lines) => {
        for (let y = first; y < end; y++) {
          const near = isHalf ? y >> 1 : y;
          const beside = near + (y % 2 === 0 ? -1 : 1);
          const far = isHalf ? Math.min(Math.max(0, beside), last) : near;
          const [blueNear, blueFar] = [blue.at + near * blue.stride, blue.at + far * blue.stride];
          const [redNear, redFar] = [red.at + near * red.stride, red.at + far * red.stride];
          const from = light.at + y * light.stride;
          colourLine(
            from,
            blueNear,
            blueFar,
            redNear,
            redFar,
            width,
            isWide,
            isHalf,
            blues,
            reds,
            sums,
            line,
          );
          lines(line, y, 1);
        }
      });
    },
  };
}
