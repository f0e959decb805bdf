/** What a kind may be drawn as, small: on cards, in the palette, in the reference. */
export type Sign =
  /** A function of one number, near 0. */
  | { readonly type: 'curve'; readonly of: (x: number) => number }
  /** A window and its next place, so many cells further on. */
  | { readonly type: 'window'; readonly size: number; readonly strides: number }
  /** Everything wired to everything. */
  | { readonly type: 'links' };

/** SVG paths in 16 × 16, as text, so that they can be compared and sent. */
export interface SignPaths {
  readonly line: string;
  /** The axis, and what lies behind. */
  readonly faint: string;
  readonly fill: string;
}

export const SIGN_SIZE = 16;

export function signPaths(sign: Sign): SignPaths {
  switch (sign.type) {
    case 'curve':
      return { line: curvePath(sign.of), faint: axis, fill: '' };
    case 'window':
      return windowPaths(sign.size, sign.strides);
    case 'links':
      return {
        line: linksPath(),
        faint: '',
        fill: [...LEFT_UNITS.map((y) => dot(2, y)), ...RIGHT_UNITS.map((y) => dot(14, y))].join(''),
      };
  }
}

/** What of the plane is shown: a little more above 0 than below it, since most functions live there. */
const [LEFT, RIGHT, LOW, HIGH] = [-3.2, 3.2, -1.3, 1.9];
const STEPS = 32;

const across = (x: number) => (SIGN_SIZE * (x - LEFT)) / (RIGHT - LEFT);
const down = (y: number) => (SIGN_SIZE * (HIGH - y)) / (HIGH - LOW);
const say = (value: number) => String(Number(value.toFixed(2)));

const axis = `M0 ${say(down(0))}H${SIGN_SIZE}`;

/** Within the plane that is shown: what leaves it is cut where it leaves. */
function curvePath(of: (x: number) => number): string {
  let path = '';
  let isIn = false;
  for (let i = 0; i <= STEPS; i++) {
    const x = LEFT + ((RIGHT - LEFT) * i) / STEPS;
    const y = of(x);
    const isSeen = Number.isFinite(y) && y >= LOW && y <= HIGH;
    if (isSeen) path += `${isIn ? 'L' : 'M'}${say(across(x))} ${say(down(y))}`;
    isIn = isSeen;
  }
  return path;
}

/** With more cells than these a window is drawn without them. */
const MOST_CELLS = 8;

function windowPaths(size: number, strides: number): SignPaths {
  const cells = size + strides;
  const cell = (SIGN_SIZE - 1) / cells;
  const at = (i: number) => say(0.5 + cell * i);
  const square = (from: number) =>
    `M${at(from)} ${at(from)}H${at(from + size)}V${at(from + size)}H${at(from)}Z`;
  let grid = '';
  for (let i = 1; i < size && cells <= MOST_CELLS; i++)
    grid += `M${at(i)} ${at(0)}V${at(size)}M${at(0)} ${at(i)}H${at(size)}`;
  return { line: square(0), faint: grid + square(strides), fill: square(0) };
}

const LEFT_UNITS = [4, 12];
const RIGHT_UNITS = [2.5, 8, 13.5];

const linksPath = () => LEFT_UNITS.flatMap((from) => RIGHT_UNITS.map((to) => `M2 ${from}L14 ${to}`)).join('');

const dot = (x: number, y: number) => `M${x - 1.6} ${y}a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0Z`;
