import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { shape } from '@/lib/shapes/shape';
import { LIMITS, parseFormula } from '@/lib/util/formula';
import { processorTime } from '@/lib/util/testing/processor-time';
import { isProblem, type Tf } from '../define';
import { resolveParams } from '../params';
import { expression } from './expression';
import { lossFunctions } from './formula-functions';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const scope = { network: () => undefined };

/** The value of a formula of single numbers. */
function amount(formula: string, given: Readonly<Record<string, number>> = {}): number {
  const params = resolveParams(expression.params.parse({ formula }), 0);
  return tf.tidy(() => {
    const inputs = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, tf.scalar(value)]));
    return expression.evaluate(tf, 'out', { params, inputs, seed: () => 1 }).dataSync()[0] as number;
  });
}

describe('the grammar', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['8 / 4 / 2', 1],
    ['8 - 4 - 2', 2],
    ['-2 - -3', 1],
    ['2 * -3', -6],
    ['1e-3 * 1.5E3 + .5', 2],
    ['min(2, 3) + max(2, 3)', 5],
    ['pow(2, -2) + pow(3, 2)', 9.25],
    ['abs(-2) + relu(-1) + square(3) + sqrt(4)', 13],
    ['log(exp(2)) + tanh(0) + sigmoid(0) + softplus(0)', 2.5 + Math.LN2],
    ['mean(4) / 2', 2],
  ])('%s is %d', (formula, value) => {
    expect(amount(formula)).toBeCloseTo(value, 5);
  });

  test('reads sums and products as arithmetic does', () => {
    const leaf = fc.integer({ min: 1, max: 9 }).map((value) => ({ text: `${value}`, value }));
    const tree = fc.letrec<{ tree: { text: string; value: number } }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.tuple(tie('tree'), fc.constantFrom('+', '-', '*'), tie('tree')).map(([a, operator, b]) => ({
          text: `(${a.text}) ${operator} (${b.text})`,
          value:
            operator === '+' ? a.value + b.value : operator === '-' ? a.value - b.value : a.value * b.value,
        })),
      ),
    })).tree;
    fc.assert(
      fc.property(tree, ({ text, value }) => {
        fc.pre(text.length <= LIMITS.length && Math.abs(value) < 1e6);
        expect(amount(text)).toBe(value);
      }),
    );
  });

  test.each([
    ['', 'is empty', 1],
    ['2 x', 'nothing joins', 3],
    ['a, b', 'nothing joins', 3],
    ['mean(x', 'leaves a parenthesis open', 7],
    ['mean(x))', 'not open', 8],
    ['x +', 'expected expression after +', 4],
    ['1 + foo(x)', 'calls foo, which is no function', 5],
    ['x.y', 'no use for “.”', 2],
    ['x[0]', 'no use for “[”', 2],
    ['a ? b : c', 'no use for “?”', 3],
    ["mean('x')", "no use for “'”", 6],
    ['mean(x, y)', 'gives mean 2 arguments, it takes 1', 1],
    ['max(x)', 'gives max 1 arguments, it takes 2', 1],
    ['2 * exp', 'exp without its arguments', 5],
    ['pow(x, y)', 'no number', 1],
    ['f(x)(y)', 'calls what is no function', 1],
    ['__proto__', 'does not begin with a letter', 1],
    ['mean(constructor)', 'cannot have an input of the name constructor', 6],
    ['1e999', 'no use for 1e999', 1],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'nested more than 40 deep', 41],
    ['x + '.repeat(100), 'expected expression', 401],
    ['1+'.repeat(300), 'has 600 letters, at most 500', 501],
  ])('refuses %s', (formula, message, at) => {
    const parsed = parseFormula(formula, lossFunctions);
    expect(parsed).toMatchObject({ ok: false, at });
    expect(!parsed.ok && parsed.message).toContain(message);
    const issue = expression.params.safeParse({ formula }).error?.issues[0]?.message;
    if (formula.length <= LIMITS.length) expect(issue).toContain(`(at letter ${at})`);
    else expect(issue).toBeDefined();
  });

  test('any text ends soon, in a formula or a place', () => {
    const letters = [
      ...'xyab01.9e+-*/(), \n',
      'mean(',
      'exp(',
      'pow(',
      ')',
      '[',
      '"',
      '`',
      '${',
      '?',
      '=>',
      'this',
    ];
    const text = fc.array(fc.constantFrom(...letters), { maxLength: 400 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ maxLength: 600 })), (formula) => {
        const started = processorTime();
        const parsed = parseFormula(formula, lossFunctions);
        expect(processorTime() - started).toBeLessThan(200);
        if (parsed.ok) return;
        expect(parsed.at).toBeGreaterThan(0);
        expect(parsed.at).toBeLessThanOrEqual(Math.max(formula.length, 500) + 1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('names', () => {
  const portsOf = (formula: string) =>
    expression.inputs(expression.params.parse({ formula }), scope).map(({ name, type }) => `${name} ${type}`);

  test('are ports, in the order of the formula; those outside of every mean are losses', () => {
    expect(portsOf('mean(softplus(-real)) + mean(fake * real)')).toEqual(['real tensor', 'fake tensor']);
    expect(portsOf('gan + 10 * mean(abs(a - b)) + weight * mean(a)')).toEqual([
      'gan scalar',
      'a tensor',
      'b tensor',
      'weight scalar',
    ]);
    expect(portsOf('scale * mean(scale * x)')).toEqual(['scale scalar', 'x tensor']);
  });

  test('shapes that do not fit are reported with both', () => {
    const inferred = (formula: string, dims: Readonly<Record<string, readonly number[]>>) => {
      const inputs = Object.fromEntries(Object.entries(dims).map(([name, each]) => [name, shape(each)]));
      const result = expression.infer(expression.params.parse({ formula }), inputs);
      return isProblem(result) ? result.problem.message : undefined;
    };
    expect(inferred('mean(x - y)', { x: [2], y: [3] })).toBe(
      'In the formula, - joins [2] and [3], which must be alike.',
    );
    expect(inferred('mean(norm(x) * sum(y))', { x: [2, 2, 1], y: [3] })).toBeUndefined();
    expect(inferred('sum(1)', {})).toContain('a single number has none');
  });
});

test('a formula gives what the kinds of its own give', () => {
  const params = resolveParams(expression.params.parse({}), 0);
  const real = tf.tensor2d([[0.5], [-1]]);
  const fake = tf.tensor2d([[2], [-3]]);
  const value = expression
    .evaluate(tf, 'out', { params, inputs: { real, fake }, seed: () => 1 })
    .dataSync()[0];
  const softplus = (x: number) => Math.log1p(Math.exp(x));
  expect(value).toBeCloseTo((softplus(-0.5) + softplus(1) + softplus(2) + softplus(-3)) / 2, 5);
});
