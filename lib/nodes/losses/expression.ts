import type { Scalar } from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { formatDims } from '@/lib/shapes/shape';
import { assert } from '@/lib/util/assert';
import { LIMITS, type Parsed, parseFormula } from '@/lib/util/formula';
import { defineLoss, problem } from '../define';
import { param } from '../params';
import { expressionAt, shapeAt, tensorAt } from '../ports';
import { type FormulaFunction, lossFunctions } from './formula-functions';
import {
  dimsOf,
  evaluateFormula,
  type FormulaDims,
  gatedNames,
  scalarNames,
  torchFormula,
} from './formula-meaning';
import { scalar, scalarOut } from './two';

const parsedFormulas = new Map<string, Parsed<FormulaFunction>>();
const MOST_KEPT = 200;

/** Parsed once per text, since ports, shapes and every update ask. */
function readFormula(text: string): Extract<Parsed<FormulaFunction>, { ok: true }> {
  const parsed = parsedFormulas.get(text) ?? parseFormula(text, lossFunctions);
  if (parsedFormulas.size >= MOST_KEPT) parsedFormulas.clear();
  parsedFormulas.set(text, parsed);
  assert(parsed.ok, 'a formula that has passed its schema');
  return parsed;
}

/** A loss as a formula of its inputs. */
export const expression = defineLoss({
  kind: 'expression',
  role: 'loss',
  title: 'Expression',
  category: 'Losses',
  place: ['game'],
  summary: 'A loss that you write: a formula of its inputs, with a port for every name in it.',
  formula: 'J = f(x, y, \\dots)',
  source: { label: 'jsep, the parser', url: 'https://ericsmekens.github.io/jsep/' },
  aliases: ['formula', 'custom', 'own loss', 'equation', 'math'],
  traits: { gates: ({ formula }) => [...gatedNames(readFormula(String(formula)).formula)] },
  params: z.strictObject({
    formula: param(
      z
        .string()
        .max(LIMITS.length)
        .default('mean(softplus(-real)) + mean(softplus(fake))')
        .superRefine((text, context) => {
          const parsed = parseFormula(text, lossFunctions);
          if (!parsed.ok)
            context.addIssue({
              code: 'custom',
              message: `The formula ${parsed.message} (at letter ${parsed.at})`,
            });
        }),
      {
        label: 'Formula',
        help: 'Numbers, names, + - * / and parentheses; abs, exp, log, sqrt, square, relu, sigmoid, softplus, tanh, min(a, b), max(a, b), pow(x, 2); sum(x) and norm(x) of the numbers of each example; mean(x) over everything. A name outside of every mean is a loss.',
        input: 'text',
      },
    ),
  }),
  caption: ({ formula }) => (formula.length > 40 ? `${formula.slice(0, 38)} …` : formula),
  examples: [
    { inputs: { real: [1], fake: [1] }, outputs: { out: [] } },
    {
      params: { formula: 'mean(square(norm(x - y) - 1)) + 0.5 * penalty' },
      inputs: { x: [2, 2, 1], y: [2, 2, 1], penalty: [] },
      outputs: { out: [] },
    },
    {
      params: {
        formula:
          'mean(max(a, b) * tanh(a)) - mean(log(1 + exp(min(a, 2))) / (1 + pow(b, 2))) + mean(sum(sigmoid(a) * abs(b)))',
      },
      inputs: { a: [3], b: [3] },
      outputs: { out: [] },
    },
  ],
  inputs({ formula: text }) {
    const { formula, names } = readFormula(text);
    const scalars = scalarNames(formula);
    return names.map((name) => ({
      name,
      type: scalars.has(name) ? ('scalar' as const) : ('tensor' as const),
    }));
  },
  outputs: scalarOut,
  infer({ formula: text }, inputs) {
    const { formula, names } = readFormula(text);
    const scalars = scalarNames(formula);
    const known = new Map<string, FormulaDims>(
      names.map((name) => [name, scalars.has(name) ? 'scalar' : shapeAt(inputs, name).dims]),
    );
    const dims = dimsOf(formula, known);
    if (dims === 'scalar') return { out: scalar };
    return problem({
      code: 'formula-shapes',
      message:
        'why' in dims
          ? `In the formula, ${dims.why}.`
          : `The formula gives ${formatDims(dims)} per example; a loss is one number.`,
      hint: 'Put mean( ) around what has a number per example.',
    });
  },
  differentiable: 2,
  evaluate(tf, _, { params, inputs }) {
    const { formula } = readFormula(params.formula);
    return evaluateFormula(tf, formula, (name) => tensorAt(inputs, name)) as Scalar;
  },
  torch: {
    forward: ({ params, inputs }) => ({
      out: torchFormula(readFormula(params.formula).formula, (name) => expressionAt(inputs, name)),
    }),
  },
});
