import type { Images, Picture } from '@/lib/draw/picture';
import { type Histogram, histogramOf } from '@/lib/metrics/histogram';
import { valueFigures } from '@/lib/metrics/value';
import type { TensorData } from '@/lib/nodes/define';
import { extentOf } from '@/lib/nodes/views/extent';

/** Many numbers in short: their figures, and a picture that fits their shape. */
export interface Summary {
  /** Examples first. */
  readonly dims: readonly number[];
  /** Of the finite numbers; NaN where there are none. */
  readonly mean: number;
  /** Over n. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
  /** √Σ² of the finite numbers. */
  readonly norm: number;
  /** Shares of all numbers. */
  readonly zeros: number;
  readonly nonFinite: number;
  readonly picture: Picture;
  /** However it is drawn: shares of the finite numbers over their range. */
  readonly histogram: Histogram;
}

const BINS = 40;
const MOST_IMAGES = 36;
const MOST_MAPS = 64;

/** By a picture that fits the shape, one of its own, or the histogram. */
export function summarise(tensor: TensorData, picture?: Picture | 'histogram'): Summary {
  const histogram = histogramOf(tensor.data, BINS);
  const bars: Picture = { type: 'histogram', ...histogram };
  const fitting = () => pictureOf(tensor) ?? bars;
  return {
    dims: tensor.dims,
    ...figuresOf(tensor.data),
    histogram,
    picture: picture === 'histogram' ? bars : (picture ?? fitting()),
  };
}

function figuresOf(data: Float32Array) {
  let [zeros, nonFinite, squares] = [0, 0, 0];
  for (const value of data)
    if (value === 0) zeros++;
    else if (Number.isFinite(value)) squares += value * value;
    else nonFinite++;
  const share = (count: number) => count / Math.max(1, data.length);
  return {
    ...valueFigures(data),
    norm: Math.sqrt(squares),
    zeros: share(zeros),
    nonFinite: share(nonFinite),
  };
}

/** Images and feature maps as images, points in the plane as points. */
function pictureOf(tensor: TensorData): Picture | undefined {
  const [, ...dims] = tensor.dims;
  const [height = 1, width = 1, channels = 1] = dims;
  if (dims.length === 3 && height * width > 1)
    return channels === 1 || channels === 3 ? imagesOf(tensor) : mapsOf(tensor);
  if (dims.length === 1 && dims[0] === 2)
    return {
      type: 'points',
      real: tensor.data,
      bounds: extentOf([tensor]),
      names: { real: 'values', fake: '' },
    };
  return undefined;
}

function imagesOf({ data, dims }: TensorData): Picture {
  const [rows = 0, height = 1, width = 1, channels = 1] = dims;
  const count = Math.min(rows, MOST_IMAGES);
  const { pixels, scale } = scaled(data.subarray(0, count * height * width * channels));
  return panel(`${count} of ${rows}${scale}`, { count, height, width, channels, pixels });
}

/** The channels of the first example, each an image. */
function mapsOf({ data, dims }: TensorData): Picture {
  const [, height = 1, width = 1, channels = 1] = dims;
  const count = Math.min(channels, MOST_MAPS);
  const size = height * width;
  const maps = new Float32Array(count * size);
  for (let map = 0; map < count; map++)
    for (let i = 0; i < size; i++) maps[map * size + i] = data[i * channels + map] as number;
  const { pixels, scale } = scaled(maps);
  return panel(`${count} of ${channels} maps${scale}`, { count, height, width, channels: 1, pixels });
}

const panel = (label: string, images: Images): Picture => ({ type: 'panels', panels: [{ label, images }] });

/** Into [-1, 1] by the largest size, unless they fill it already. */
function scaled(values: Float32Array): { readonly pixels: Float32Array; readonly scale: string } {
  const { min, max } = valueFigures(values);
  const size = Math.max(Math.abs(min), Math.abs(max));
  if ((size <= 1.001 && size >= 0.5) || !(size > 0)) return { pixels: values.slice(), scale: '' };
  return { pixels: values.map((value) => value / size), scale: `, ±${Number(size.toPrecision(2))}` };
}

/** Longest arrow, as a share of the picture. */
const REACH = 0.15;

/** Points with the way that a loss pulls each, -∂J/∂x, on a scale of its own. */
export function pullsOf(points: TensorData, gradient: TensorData): Picture {
  const bounds = extentOf([points]);
  const span = Math.max(...bounds.map(([low, high]) => high - low));
  const size = gradient.data.reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );
  const factor = size > 0 ? (REACH * span) / size : 0;
  return {
    type: 'arrows',
    tails: points.data,
    heads: points.data.map((value, i) => value - factor * (gradient.data[i] as number)),
    real: points.data,
    names: { arrows: '−gradient', real: 'values' },
    bounds,
  };
}
