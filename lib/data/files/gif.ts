import { littleEndian, startsWith } from '@/lib/util/bytes';

/**
 * GIF (89a): the frames as they are shown, each upon what the one before it has left. Browsers and command lines decode
 * only the first of them, or not alike.
 */
interface GifFrame {
  readonly width: number;
  readonly height: number;
  /** RGBA, row-major, of the whole picture. */
  readonly values: Uint8ClampedArray<ArrayBuffer>;
}

/** Where a frame is in the file, and how it is laid upon the others. */
interface FrameBlock {
  /** Of its palette. */
  readonly colours: number;
  readonly data: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly isInterlaced: boolean;
  /** A place in the palette. */
  readonly transparent: number | undefined;
  /** What becomes of it: 2, its place is cleared; 3, it is as it was before. */
  readonly disposal: number;
}

const [EXTENSION, IMAGE, CONTROL] = [0x21, 0x2c, 0xf9];
const [HEADER, DESCRIPTOR] = [13, 10];
const [CLEARED, AS_BEFORE] = [2, 3];

const paletteSize = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** Behind a chain of blocks, each with its length before it. */
function skipBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += (bytes[at] as number) + 1;
  return at + 1;
}

/** In their order, as far as the file goes. */
function* frameBlocks(bytes: Uint8Array): Generator<FrameBlock> {
  if (!startsWith(bytes, 'GIF8')) return;
  let at = HEADER + paletteSize(bytes[10] ?? 0);
  let control = { disposal: 0, transparent: undefined as number | undefined };
  while (bytes[at] === EXTENSION || bytes[at] === IMAGE) {
    if (bytes[at] === EXTENSION) {
      if (bytes[at + 1] === CONTROL) {
        const flags = bytes[at + 3] ?? 0;
        control = { disposal: (flags >> 2) & 7, transparent: flags & 1 ? (bytes[at + 6] ?? 0) : undefined };
      }
      at = skipBlocks(bytes, at + 2);
      continue;
    }
    const flags = bytes[at + 9] ?? 0;
    const own = paletteSize(flags);
    const [left, top, width, height] = [1, 3, 5, 7].map((place) => littleEndian(bytes, at + place, 2));
    yield {
      ...control,
      ...{ left: left as number, top: top as number, width: width as number, height: height as number },
      isInterlaced: (flags & 0x40) !== 0,
      colours: own > 0 ? at + DESCRIPTOR : HEADER,
      data: at + DESCRIPTOR + own,
    };
    control = { disposal: 0, transparent: undefined };
    at = skipBlocks(bytes, at + DESCRIPTOR + own + 1);
  }
}

const screenOf = (bytes: Uint8Array) => ({
  width: littleEndian(bytes, 6, 2),
  height: littleEndian(bytes, 8, 2),
});

/** How many frames there are, and how many pixels decoding them goes through: a frame may be larger than the picture. */
export function measureFrames(bytes: Uint8Array): { readonly frames: number; readonly pixels: number } {
  const screen = screenOf(bytes);
  let [frames, pixels] = [0, 0];
  for (const { width, height } of frameBlocks(bytes)) {
    frames++;
    pixels += Math.max(screen.width * screen.height, width * height);
  }
  return { frames, pixels };
}

/** One after the other; the picture is used again for the next. Ends with an error where one is damaged. */
export function* gifFrames(bytes: Uint8Array): Generator<GifFrame> {
  const { width, height } = screenOf(bytes);
  const values = new Uint8ClampedArray(4 * width * height);
  for (const frame of frameBlocks(bytes)) {
    const before = frame.disposal === AS_BEFORE ? values.slice() : undefined;
    paint({ width, height, values }, frame, bytes);
    // Whoever takes it may write over it.
    yield { width, height, values: values.slice() };
    if (before) values.set(before);
    else if (frame.disposal === CLEARED)
      for (let y = frame.top; y < Math.min(height, frame.top + frame.height); y++)
        values.fill(
          0,
          4 * (y * width + frame.left),
          4 * (y * width + Math.min(width, frame.left + frame.width)),
        );
  }
}

/** Lines of an interlaced frame in the order in which they come: where each pass begins, and its step. */
const passes = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

function linesOf({ height, isInterlaced }: FrameBlock): readonly number[] {
  const lines = Array.from({ length: height }, (_, y) => y);
  if (!isInterlaced) return lines;
  return passes.flatMap(([first, step]) => lines.filter((y) => y >= first && y % step === first % step));
}

/** No frame that is meant to be seen is larger, and room is taken for all of one. */
const MOST_PIXELS = 2 ** 26;

function paint({ width, height, values }: GifFrame, frame: FrameBlock, bytes: Uint8Array): void {
  if (frame.width * frame.height > MOST_PIXELS) throw new Error('a frame is too large');
  const places = unpack(bytes, frame.data, frame.width * frame.height);
  for (const [i, y] of linesOf(frame).entries())
    for (let x = 0; x < frame.width; x++) {
      const place = places[i * frame.width + x] as number;
      const [column, line] = [frame.left + x, frame.top + y];
      if (place === frame.transparent || column >= width || line >= height) continue;
      const to = 4 * (line * width + column);
      for (let c = 0; c < 3; c++) values[to + c] = bytes[frame.colours + 3 * place + c] ?? 0;
      values[to + 3] = 255;
    }
}

const MOST_CODES = 4_096;

/** LZW as GIF has it: codes that grow up to 12 bits, the least significant first. Places in a palette. */
function unpack(bytes: Uint8Array, from: number, count: number): Uint8Array {
  const least = bytes[from] ?? 0;
  if (least < 1 || least > 11) throw new Error('the size of its codes is damaged');
  const [clear, end] = [2 ** least, 2 ** least + 1];
  /** Of each code: the code before its last place, that place, and how many there are. */
  const prefix = new Uint16Array(MOST_CODES);
  const suffix = new Uint8Array(MOST_CODES);
  const length = new Uint16Array(MOST_CODES);
  for (let code = 0; code < clear; code++) {
    suffix[code] = code;
    length[code] = 1;
  }
  const out = new Uint8Array(count);
  let [done, at, block, bits, held, size, next] = [0, from + 1, 0, 0, 0, least + 1, end + 1];
  let last: number | undefined;
  while (done < count) {
    while (held < size) {
      if (block === 0) {
        block = bytes[at++] ?? 0;
        if (block === 0) throw new Error('it ends within a frame');
      }
      if (at >= bytes.length) throw new Error('it is cut off');
      bits |= (bytes[at++] as number) << held;
      held += 8;
      block--;
    }
    const code = bits & (2 ** size - 1);
    bits >>>= size;
    held -= size;
    if (code === clear) {
      [size, next, last] = [least + 1, end + 1, undefined];
      continue;
    }
    if (code === end) throw new Error('it ends within a frame');
    const isNew = code === next && last !== undefined;
    const isKnown = code < clear || (code > end && code < next);
    if (!isNew && !isKnown) throw new Error('a code is damaged');
    // A code that is just being made: the one before it, and the first of that again.
    const known = isNew ? (last as number) : code;
    let place = done + (length[known] as number) - 1;
    for (let each = known, left = length[known] as number; left > 0; left--, place--) {
      if (place < count) out[place] = suffix[each] as number;
      each = prefix[each] as number;
    }
    const first = out[done] as number;
    done += length[known] as number;
    if (isNew && done < count) out[done] = first;
    if (isNew) done++;
    if (last !== undefined && next < MOST_CODES) {
      prefix[next] = last;
      suffix[next] = first;
      length[next] = (length[last] as number) + 1;
      next++;
      if (next === 2 ** size && size < 12) size++;
    }
    last = code;
  }
  return out;
}
