/**
 * The pen's path of every digit, in a box 60 wide and 100 high, y down. Absolute SVG path commands M, L, C;
 * several ways to write a digit are alternatives of equal chance.
 */
export const glyphPaths: readonly (readonly string[])[] = [
  [
    'M 31 2 C 12 2 4 28 4 50 C 4 74 13 98 31 98 C 48 98 56 74 56 50 C 56 26 48 2 31 2',
    'M 38 5 C 16 -4 4 28 4 52 C 4 78 14 98 30 98 C 48 98 57 72 56 46 C 55 20 46 2 29 5',
  ],
  ['M 30 2 L 30 98', 'M 14 24 C 22 20 28 12 34 2 L 33 98', 'M 13 22 L 32 3 L 32 97 M 12 97 L 52 97'],
  [
    'M 6 26 C 8 -6 54 -6 54 27 C 54 52 24 70 5 96 L 57 96',
    'M 8 18 C 20 -6 56 0 52 28 C 48 56 30 78 14 90 C 2 100 -2 82 12 82 C 30 82 38 100 58 90',
  ],
  [
    'M 7 14 C 18 -6 52 -2 52 24 C 52 42 38 48 22 48 C 40 48 57 56 57 73 C 57 102 16 106 3 84',
    'M 8 4 L 52 4 L 27 40 C 46 39 57 52 57 68 C 57 102 18 106 4 86',
  ],
  [
    'M 43 98 L 43 2 L 3 68 L 58 68',
    'M 16 2 C 12 22 8 40 5 54 L 56 54 M 44 14 C 43 40 42 70 41 98',
    'M 44 4 C 34 24 18 44 4 62 L 58 60 M 42 34 L 39 98',
  ],
  [
    'M 53 3 L 14 3 L 10 46 C 24 34 56 36 56 66 C 56 102 16 106 4 86',
    'M 16 4 C 15 20 12 36 11 46 C 28 38 54 44 53 70 C 52 100 18 104 5 90 M 16 5 C 30 6 42 5 54 2',
  ],
  [
    'M 47 4 C 22 14 5 42 5 68 C 5 108 56 108 56 71 C 56 38 14 40 6 68',
    'M 34 2 C 16 24 6 46 6 70 C 6 106 52 106 53 74 C 53 46 18 46 9 74',
  ],
  [
    'M 4 4 L 56 4 C 42 32 28 62 23 98',
    'M 5 14 C 6 8 8 5 10 4 L 55 5 L 24 98',
    'M 4 5 L 56 4 C 44 34 32 62 25 98 M 20 52 L 50 49',
  ],
  [
    'M 30 47 C 2 38 4 3 31 3 C 57 3 58 36 30 47 C -6 58 -2 98 30 98 C 62 98 64 58 30 47',
    'M 50 12 C 40 -4 6 0 8 24 C 10 48 56 48 55 76 C 54 104 4 104 5 76 C 6 52 46 44 51 14',
  ],
  [
    'M 55 30 C 54 -6 5 -6 5 32 C 5 64 48 62 55 30 C 54 60 48 82 40 98',
    'M 54 34 C 50 -8 6 -2 7 32 C 8 62 50 58 54 22 L 52 98',
    'M 55 32 C 54 -6 5 -6 5 30 C 5 66 52 62 55 30 C 57 70 50 98 30 98 C 20 98 12 94 8 86',
  ],
];

export const segmentsPerCurve = 10;

/** Polylines, x and y interleaved: one array per stroke. */
export type Strokes = readonly Float64Array[];

/** digitStrokes[digit][alternative] */
export const digitStrokes: readonly (readonly Strokes[])[] = glyphPaths.map((alternatives) =>
  alternatives.map(flatten),
);

export const boxWidth = 60;
export const boxHeight = 100;

/** B(t) = (1-t)³P₀ + 3(1-t)²tP₁ + 3(1-t)t²P₂ + t³P₃ */
function bezier(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const s = 1 - t;
  return s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3;
}

function flatten(path: string): Strokes {
  const strokes: number[][] = [];
  for (const [, command, rest] of path.matchAll(/([MLC])([^MLC]*)/g)) {
    const numbers = (rest as string).trim().split(/\s+/).map(Number);
    if (command === 'M') {
      strokes.push(numbers);
      continue;
    }
    const stroke = strokes.at(-1) as number[];
    const [x0, y0] = stroke.slice(-2) as [number, number];
    if (command === 'L') {
      const [x1, y1] = numbers as [number, number];
      // Cut into pieces, so that a straight line bends with the paper.
      for (let k = 1; k <= 4; k++) stroke.push(x0 + ((x1 - x0) * k) / 4, y0 + ((y1 - y0) * k) / 4);
      continue;
    }
    const [x1, y1, x2, y2, x3, y3] = numbers as [number, number, number, number, number, number];
    for (let k = 1; k <= segmentsPerCurve; k++) {
      const t = k / segmentsPerCurve;
      stroke.push(bezier(x0, x1, x2, x3, t), bezier(y0, y1, y2, y3, t));
    }
  }
  return strokes.map((stroke) => Float64Array.from(stroke));
}
