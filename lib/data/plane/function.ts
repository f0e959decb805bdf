import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { type Formula, LIMITS, parseFormula } from '@/lib/util/formula';
import { length, position } from '../fields';
import { type PythonSource, pythonExpression, pythonSource } from '../python';
import { defineSource } from '../source';

/** Functions of a number, here and in NumPy. */
const functions = {
  sin: { of: Math.sin, python: 'np.sin' },
  cos: { of: Math.cos, python: 'np.cos' },
  tan: { of: Math.tan, python: 'np.tan' },
  tanh: { of: Math.tanh, python: 'np.tanh' },
  abs: { of: Math.abs, python: 'np.abs' },
  exp: { of: Math.exp, python: 'np.exp' },
  log: { of: Math.log, python: 'np.log' },
  sqrt: { of: Math.sqrt, python: 'np.sqrt' },
  square: { of: (x: number) => x * x, python: 'np.square' },
  min: { of: Math.min, python: 'np.minimum' },
  max: { of: Math.max, python: 'np.maximum' },
  pow: { of: Math.pow, python: 'np.power' },
} as const;
type Name = keyof typeof functions;

const arities = Object.fromEntries(
  Object.keys(functions).map((name) => [name, ['min', 'max', 'pow'].includes(name) ? 2 : 1]),
) as Record<Name, number>;

const LARGEST = 1_000;
/** Places at which a formula is tried. */
const TRIED = 512;

/** Points of the graph of a function: x is uniform, y is what the formula makes of it, with noise. */
export const functionOfX = defineSource({
  id: 'function',
  title: 'Function',
  summary: 'The graph of a formula of x that you write, with noise.',
  family: 'Two dimensions',
  options: z
    .strictObject({
      formula: param(z.string().max(LIMITS.length).default('sin(3 * x)'), {
        label: 'Formula',
        help: `y of x: numbers, x, pi, + - * / and parentheses; ${Object.keys(functions).join(', ')}.`,
        input: 'text',
      }),
      centre: position(0, 'Centre', 'The middle x.'),
      width: length(4, 'Width', 'From the smallest x to the largest.'),
      noise: param(z.number().min(0).max(100).default(0.05), {
        label: 'Noise',
        help: 'Standard deviation of the Gaussian noise added to y.',
        step: 0.01,
      }),
    })
    .superRefine(({ formula, centre, width }, context) => {
      const say = (message: string) => context.addIssue({ code: 'custom', path: ['formula'], message });
      const [from, to] = [centre - width / 2, centre + width / 2];
      const parsed = parse(formula);
      if (!parsed.ok) return say(`The formula ${parsed.message} (at letter ${parsed.at})`);
      const unknown = parsed.names.find((name) => name !== 'x' && name !== 'pi');
      if (unknown !== undefined) return say(`The formula has the name ${unknown}; it may have x and pi`);
      const wrong = placeWithout(parsed.formula, from, to);
      if (wrong !== undefined)
        say(
          `The formula gives ${valueAt(parsed.formula, wrong)} at x = ${Number(wrong.toPrecision(4))}; y must lie between -${LARGEST} and ${LARGEST} from ${from} to ${to}`,
        );
    }),
  ports: () => ({ x: [2] }),
  draw({ formula, centre, width, noise }, rows, stream) {
    const read = formulaOf(formula);
    const x = new Float32Array(rows * 2);
    for (let row = 0; row < rows; row++) {
      const at = centre + width * (stream.uniform() - 0.5);
      x[2 * row] = at;
      x[2 * row + 1] = within(valueAt(read, at)) + noise * stream.normal();
    }
    return { x };
  },
  truth({ formula, centre, width, noise }) {
    if (noise === 0) return {};
    const read = formulaOf(formula);
    return {
      density([x = 0, y = 0]) {
        if (Math.abs(x - centre) > width / 2) return 0;
        const away = (y - valueAt(read, x)) / noise;
        return Math.exp(-(away * away) / 2) / (Math.sqrt(2 * Math.PI) * noise * width);
      },
      entropy: Math.log(width) + 0.5 * Math.log(2 * Math.PI * Math.E * noise * noise),
      python: {
        density: pythonExpression(
          `(lambda points: graph_density(points, lambda x: ${pythonOf(read)} + 0 * x, ${centre}, ${width}, ${noise}))`,
          graphDensity,
        ),
      },
    };
  },
  python: ({ formula, centre, width, noise }): PythonSource =>
    pythonSource(`x = ${centre} + ${width} * (rng.random(rows) - 0.5)
y = np.clip(np.nan_to_num(${pythonOf(formulaOf(formula))} + 0 * x), -${LARGEST}, ${LARGEST}) + ${noise} * rng.standard_normal(rows)
return {"x": np.stack([x, y], axis=1)}`),
});

const graphDensity = `def graph_density(points, formula, centre, width, noise):
    """Of the graph of a formula of x: uniform in x, Gaussian in y."""
    x, y = points.T
    with np.errstate(all="ignore"):
        found = np.exp(-0.5 * ((y - formula(x)) / noise) ** 2) / (math.sqrt(2 * math.pi) * noise * width)
    return np.where(np.abs(x - centre) > width / 2, 0, np.nan_to_num(found))`;

const parse = (text: string) => parseFormula(text, arities);

/** Of a text that has passed its schema. */
function formulaOf(text: string): Formula<Name> {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.formula;
}

/** A place where the formula gives no number that can be drawn; undefined where there is none among those tried. */
function placeWithout(formula: Formula<Name>, from: number, to: number): number | undefined {
  for (let i = 0; i <= TRIED; i++) {
    const x = from + ((to - from) * i) / TRIED;
    if (!(Math.abs(valueAt(formula, x)) <= LARGEST)) return x;
  }
  return undefined;
}

/** Between the places that were tried there may be a pole. */
const within = (y: number): number => Math.max(-LARGEST, Math.min(LARGEST, y)) || 0;

function valueAt(formula: Formula<Name>, x: number): number {
  switch (formula.type) {
    case 'number':
      return formula.value;
    case 'name':
      return formula.name === 'pi' ? Math.PI : x;
    case 'negative':
      return -valueAt(formula.of, x);
    case 'binary': {
      const [a, b] = [valueAt(formula.left, x), valueAt(formula.right, x)];
      return { '+': a + b, '-': a - b, '*': a * b, '/': a / b }[formula.operator];
    }
    case 'call': {
      const [a = 0, b = 0] = formula.args.map((each) => valueAt(each, x));
      return functions[formula.function].of(a, b);
    }
  }
}

function pythonOf(formula: Formula<Name>): string {
  switch (formula.type) {
    case 'number':
      return String(formula.value);
    case 'name':
      return formula.name === 'pi' ? 'math.pi' : 'x';
    case 'negative':
      return `(-${pythonOf(formula.of)})`;
    case 'binary':
      return `(${pythonOf(formula.left)} ${formula.operator} ${pythonOf(formula.right)})`;
    case 'call':
      return `${functions[formula.function].python}(${formula.args.map(pythonOf).join(', ')})`;
  }
}
