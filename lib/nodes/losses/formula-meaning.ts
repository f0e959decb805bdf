import { formatDims, sameDims } from '@/lib/shapes/shape';
import { assert } from '@/lib/util/assert';
import { type Formula as AnyFormula, exponentOf } from '@/lib/util/formula';
import type { Tensor, Tf } from '../define';
import {
  elementwise,
  type FormulaFunction,
  isElementwise,
  perExample,
  torchPerExample,
} from './formula-functions';

/** Of a loss. */
export type Formula = AnyFormula<FormulaFunction>;

/** What a formula means: shapes, tensors, PyTorch. A loss alone, or a number, is of dims `scalar`. */
export type FormulaDims = readonly number[] | 'scalar';

/**
 * Names that stand outside of every mean: since the whole is one number, these are losses already, and the
 * others are tensors.
 */
export function scalarNames(formula: Formula): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: Formula): void => {
    if (part.type === 'name') found.add(part.name);
    else if (part.type === 'negative') visit(part.of);
    else if (part.type === 'binary') [part.left, part.right].forEach(visit);
    else if (part.type === 'call' && part.function !== 'mean') part.args.forEach(visit);
  };
  visit(formula);
  return found;
}

const gates: readonly string[] = ['min', 'max', 'relu', 'sigmoid', 'tanh'];

/** Losses that a formula cuts off or switches by their size, as in max(d, 0.3). */
export function gatedNames(formula: Formula): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: Formula): void => {
    if (part.type === 'negative') visit(part.of);
    else if (part.type === 'binary') [part.left, part.right].forEach(visit);
    else if (part.type === 'call' && gates.includes(part.function))
      for (const name of scalarNames(part)) found.add(name);
    else if (part.type === 'call' && part.function !== 'mean') part.args.forEach(visit);
  };
  visit(formula);
  return found;
}

/** The dims that a formula gives, or a sentence that says why it gives none. */
export function dimsOf(
  formula: Formula,
  inputs: ReadonlyMap<string, FormulaDims>,
): FormulaDims | { why: string } {
  switch (formula.type) {
    case 'number':
      return 'scalar';
    case 'name': {
      const dims = inputs.get(formula.name);
      assert(dims !== undefined, `dims of ${formula.name}`);
      return dims;
    }
    case 'negative':
      return dimsOf(formula.of, inputs);
    case 'binary':
      return meet([formula.left, formula.right], formula.operator, inputs);
    case 'call': {
      const dims = meet(formula.args, formula.function, inputs);
      if (typeof dims === 'object' && 'why' in dims) return dims;
      if (formula.function === 'mean') return 'scalar';
      if (formula.function !== 'sum' && formula.function !== 'norm') return dims;
      return dims === 'scalar'
        ? { why: `${formula.function} adds up the numbers of an example, and a single number has none` }
        : [1];
    }
  }
}

function meet(parts: readonly Formula[], name: string, inputs: ReadonlyMap<string, FormulaDims>) {
  let found: FormulaDims = 'scalar';
  for (const part of parts) {
    const dims = dimsOf(part, inputs);
    if (typeof dims === 'object' && 'why' in dims) return dims;
    if (dims === 'scalar') continue;
    if (found !== 'scalar' && !sameDims(found, dims))
      return { why: `${name} joins ${formatDims(found)} and ${formatDims(dims)}, which must be alike` };
    found = dims;
  }
  return found;
}

export function evaluateFormula(tf: Tf, formula: Formula, inputs: (name: string) => Tensor): Tensor {
  const of = (part: Formula): Tensor => {
    switch (part.type) {
      case 'number':
        return tf.scalar(part.value);
      case 'name':
        return inputs(part.name);
      case 'negative':
        return tf.neg(of(part.of));
      case 'binary': {
        const [left, right] = [of(part.left), of(part.right)];
        if (part.operator === '+') return tf.add(left, right);
        if (part.operator === '-') return tf.sub(left, right);
        return part.operator === '*' ? tf.mul(left, right) : tf.div(left, right);
      }
      case 'call': {
        const [first, second] = part.args as [Formula, Formula];
        const name = part.function;
        if (isElementwise(name)) return elementwise[name].apply(tf, of(first));
        if (name === 'mean') return tf.mean(of(first));
        if (name === 'sum' || name === 'norm') return perExample(tf, name, of(first));
        if (name === 'pow') return tf.pow(of(first), exponentOf(second) as number);
        return name === 'min' ? tf.minimum(of(first), of(second)) : tf.maximum(of(first), of(second));
      }
    }
  };
  return of(formula);
}

export function torchFormula(formula: Formula, inputs: (name: string) => string): string {
  const of = (part: Formula): string => {
    switch (part.type) {
      case 'number':
        return `torch.as_tensor(${part.value})`;
      case 'name':
        return inputs(part.name);
      case 'negative':
        return `(-${of(part.of)})`;
      case 'binary':
        return `(${of(part.left)} ${part.operator} ${of(part.right)})`;
      case 'call': {
        const [first, second] = part.args as [Formula, Formula];
        const name = part.function;
        if (isElementwise(name)) return elementwise[name].torch(of(first));
        if (name === 'mean') return `${of(first)}.mean()`;
        if (name === 'sum' || name === 'norm') return torchPerExample(name, of(first));
        if (name === 'pow') return `${of(first)}.pow(${exponentOf(second)})`;
        return `torch.${name}imum(${of(first)}, ${of(second)})`;
      }
    }
  };
  return of(formula);
}
