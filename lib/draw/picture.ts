/** What a view shows at one moment: plain typed arrays, ready to be drawn, transferred or written as CSV. */
export type Bounds = readonly (readonly [number, number])[];

/** What real and fake are called where they are something else. */
interface Named {
  readonly names?: { readonly real: string; readonly fake: string };
}

export type Picture =
  | { readonly type: 'empty'; readonly message: string }
  /** 2-D points, x and y interleaved; a surface behind them where a function is shown too. */
  | (Named & {
      readonly type: 'points';
      readonly real?: Float32Array;
      readonly fake?: Float32Array;
      readonly bounds: Bounds;
      readonly surface?: Grid;
      /** Where a second function has its middle, as a line: the best D beside the learned one. */
      readonly optimum?: Grid;
      /** A grid as a generator lays it over the plane, row by row. */
      readonly sheet?: { readonly columns: number; readonly points: Float32Array };
      /** Where a loss pulls points, tails and heads x and y interleaved. */
      readonly arrows?: { readonly tails: Float32Array; readonly heads: Float32Array };
    })
  /** 1-D densities over one range, and a function over the same: values at even places, both ends included. */
  | (Named & {
      readonly type: 'densities';
      readonly range: readonly [number, number];
      readonly real?: Float32Array;
      readonly fake?: Float32Array;
      readonly curve?: Float32Array;
      /** The best that the function could be. */
      readonly optimum?: Float32Array;
    })
  /** Arrows on the plane, tails and heads x and y interleaved, with points of real and fake. */
  | {
      readonly type: 'arrows';
      readonly tails: Float32Array;
      readonly heads: Float32Array;
      /** What arrows and real points are called, where they are something else. */
      readonly names?: { readonly arrows: string; readonly real: string };
      readonly real?: Float32Array;
      readonly fake?: Float32Array;
      readonly bounds: Bounds;
    }
  /** A grid of `columns` × `rows` points, row by row, as it lies on the plane. */
  | {
      readonly type: 'mesh';
      readonly columns: number;
      readonly rows: number;
      readonly points: Float32Array;
      readonly bounds: Bounds;
    }
  /** Images side by side, each in the same place of its panel. */
  | {
      readonly type: 'panels';
      readonly panels: readonly { readonly label: string; readonly images: Images }[];
    }
  /** Images in [-1, 1], rows × height × width × channels. */
  | (Named & { readonly type: 'images'; readonly real?: Images; readonly fake?: Images })
  /** Images of one example after the other. */
  | (Named & { readonly type: 'videos'; readonly real?: Videos; readonly fake?: Videos })
  /** Volumes: what is filled of them, to be looked at from any side. */
  | (Named & { readonly type: 'volumes'; readonly real?: Volumes; readonly fake?: Volumes })
  /** Strings of letters. */
  | (Named & {
      readonly type: 'strings';
      readonly real?: readonly string[];
      readonly fake?: readonly string[];
    })
  /** Of many numbers, the share in each of equal bins over their range. */
  | { readonly type: 'histogram'; readonly range: readonly [number, number]; readonly shares: Float32Array }
  /** Histograms over iterations, each on its own range, oldest first. */
  | { readonly type: 'course'; readonly moments: readonly Moment[] }
  /** Numbers by wire: mean and deviation, and the share in each bin from the lowest to the highest. */
  | {
      readonly type: 'values';
      readonly rows: readonly { readonly label: string; readonly mean: number; readonly sd: number }[];
      readonly histograms: readonly Float32Array[];
    };

export interface Moment {
  readonly iteration: number;
  readonly range: readonly [number, number];
  readonly shares: Float32Array;
}

/** Values at the centres of the cells that divide the bounds, row-major from the lowest y. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

export interface Images {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly pixels: Float32Array;
  /** Where the arrangement means something: rows and columns are kept, and thinned out where there is no room. */
  readonly columns?: number;
  /** Words of each, written below it, one on a line. */
  readonly captions?: readonly (readonly string[])[];
}

export interface Videos {
  /** Of each video. */
  readonly frames: number;
  /** Video by video, frame by frame. */
  readonly images: Images;
}

/** Voxels, count × depth × height × width, 1 where there is something. */
export interface Volumes {
  readonly count: number;
  readonly depth: number;
  readonly height: number;
  readonly width: number;
  readonly filled: Uint8Array;
}
