import { bits } from './discrete/bits';
import { categorical } from './discrete/categorical';
import { grammar } from './discrete/grammar';
import { findImport } from './files/import-source';
import { glyphs } from './glyphs/glyphs';
import { movingGlyphs } from './glyphs/moving-glyphs';
import { stackedGlyphs } from './glyphs/stacked-glyphs';
import { captionToShape } from './images/caption-to-shape';
import { faces } from './images/faces/faces';
import { lowToHigh } from './images/low-to-high';
import { onePixel } from './images/one-pixel';
import { rectangles } from './images/rectangles';
import { outlineToShape } from './images/shapes/outline-to-shape';
import { shapes } from './images/shapes/shapes';
import { shapesA, shapesB } from './images/shapes/unpaired';
import { solids } from './images/solids';
import { textures } from './images/textures';
import { linearGaussian } from './linear-gaussian';
import { bimodal } from './mixtures/bimodal';
import { drawn } from './mixtures/drawn';
import { gaussian } from './mixtures/gaussian';
import { grid } from './mixtures/grid';
import { ring } from './mixtures/ring';
import { twoGaussians } from './mixtures/two-gaussians';
import { mixture } from './mixtures/weighted';
import { checkerboard } from './plane/checkerboard';
import { disjoint } from './plane/disjoint';
import { functionOfX } from './plane/function';
import { line } from './plane/line';
import { spiral } from './plane/spiral';
import { swissRoll } from './plane/swiss-roll';
import { twoMoons } from './plane/two-moons';
import { twoRings } from './plane/two-rings';
import { point } from './point';
import type { Source } from './source';

/** Every built-in data set, in the list's order. Adding one is a new file and one line here. */
export const dataSources = [
  gaussian,
  bimodal,
  point,
  ring,
  grid,
  twoGaussians,
  line,
  disjoint,
  swissRoll,
  twoMoons,
  twoRings,
  checkerboard,
  spiral,
  functionOfX,
  drawn,
  mixture,
  linearGaussian,
  categorical,
  bits,
  grammar,
  glyphs,
  stackedGlyphs,
  movingGlyphs,
  onePixel,
  rectangles,
  lowToHigh,
  captionToShape,
  outlineToShape,
  shapes,
  shapesA,
  shapesB,
  faces,
  textures,
  solids,
] as const satisfies readonly Source[];

export type SourceId = (typeof dataSources)[number]['id'];

const byId = new Map<string, Source>(dataSources.map((source) => [source.id, source]));

/** The built-in data set of this id, or the file that it names, or undefined. */
export const findSource = (id: string): Source | undefined => byId.get(id) ?? findImport(id);
