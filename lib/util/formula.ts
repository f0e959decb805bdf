import jsep, { type CoreExpression, type Expression } from 'jsep';

/**
 * Formulas of a person's own, as text → a small tree. Grammar:
 *
 *     sum     = product { ("+" | "-") product }
 *     product = factor { ("*" | "/") factor }
 *     factor  = [ "+" | "-" ] ( number | name | function "(" sum { "," sum } ")" | "(" sum ")" )
 *
 * Numbers are decimal (0.5, 1e-3), names begin with a letter and are inputs; which functions there are, and of how many
 * arguments, is the caller's. jsep parses; what it would allow beyond that is refused here. Nothing is ever executed:
 * the tree is data, and what it may reach is its names.
 */
export type Formula<F extends string = string> =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'negative'; readonly of: Formula<F> }
  | {
      readonly type: 'binary';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Formula<F>;
      readonly right: Formula<F>;
    }
  | { readonly type: 'call'; readonly function: F; readonly args: readonly Formula<F>[] };

/** Bounds that keep every step short: letters, nested operations, operations, names. */
export const LIMITS = { length: 500, depth: 40, size: 200, names: 16 } as const;

export type Parsed<F extends string = string> =
  | { readonly ok: true; readonly formula: Formula<F>; readonly names: readonly string[] }
  /** `at` counts letters from 1. */
  | { readonly ok: false; readonly message: string; readonly at: number };

class Refusal extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

const operators = { '+': 1, '-': 1, '*': 2, '/': 2 } as const;

// jsep's tables are one for all; nobody else uses it.
jsep.removeAllBinaryOps();
jsep.removeAllUnaryOps();
jsep.removeAllLiterals();
for (const [operator, precedence] of Object.entries(operators)) jsep.addBinaryOp(operator, precedence);
for (const sign of ['+', '-']) jsep.addUnaryOp(sign);

/** How many arguments each function takes. */
type Functions<F extends string> = Readonly<Record<F, number>>;

export function parseFormula<F extends string>(text: string, functions: Functions<F>): Parsed<F> {
  try {
    if (text.length > LIMITS.length)
      throw new Refusal(`has ${text.length} letters, at most ${LIMITS.length}`, LIMITS.length + 1);
    checkLetters(text);
    const state: State<F> = { text, functions, names: new Set<string>(), size: 0 };
    const formula = convert(jsep(text), 1, state);
    return { ok: true, formula, names: [...state.names] };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, message: error.message, at: error.at };
    const { index, description } = error as { index?: number; description?: string };
    if (typeof index !== 'number') throw error;
    return { ok: false, message: (description ?? 'cannot be read').toLowerCase(), at: index + 1 };
  }
}

/** Before anything is parsed: no letter that the grammar has no use for, and parentheses that close. */
function checkLetters(text: string): void {
  const wrong = /[^\w\s.+\-*/(),]/.exec(text);
  if (wrong) throw new Refusal(`has no use for “${wrong[0]}”`, wrong.index + 1);
  if (!text.trim()) throw new Refusal('is empty', 1);
  let depth = 0;
  for (const [i, letter] of [...text].entries()) {
    if (letter === '(' && ++depth > LIMITS.depth)
      throw new Refusal(`is nested more than ${LIMITS.depth} deep`, i + 1);
    if (letter === ')' && --depth < 0) throw new Refusal('closes a parenthesis that is not open', i + 1);
  }
  if (depth > 0) throw new Refusal('leaves a parenthesis open', text.length + 1);
}

interface State<F extends string> {
  readonly text: string;
  readonly functions: Functions<F>;
  readonly names: Set<string>;
  size: number;
}

function convert<F extends string>(
  given: Expression | undefined,
  depth: number,
  state: State<F>,
): Formula<F> {
  if (!given) throw new Refusal('lacks something', state.text.length + 1);
  if (depth > LIMITS.depth) throw new Refusal(`is nested more than ${LIMITS.depth} deep`, state.text.length);
  if (++state.size > LIMITS.size) throw new Refusal(`has more than ${LIMITS.size} parts`, state.text.length);
  const node = given as CoreExpression;
  const next = (child: Expression | undefined) => convert(child, depth + 1, state);
  switch (node.type) {
    case 'Literal':
      if (typeof node.value === 'number' && Number.isFinite(node.value))
        return { type: 'number', value: node.value };
      throw new Refusal(`has no use for ${node.raw}`, placeOf(node.raw, state));
    case 'Identifier':
      return toName(node.name, state);
    case 'UnaryExpression':
      return node.operator === '-' ? { type: 'negative', of: next(node.argument) } : next(node.argument);
    case 'BinaryExpression': {
      const operator = node.operator as keyof typeof operators;
      return { type: 'binary', operator, left: next(node.left), right: next(node.right) };
    }
    case 'CallExpression':
      return toCall(node.callee as CoreExpression, node.arguments.map(next), state);
    case 'ThisExpression':
      return toName('this', state);
    case 'MemberExpression':
      throw new Refusal('has no use for “.” but in numbers', placeOf('.', state));
    default:
      throw new Refusal('has two parts that nothing joins', seamOf(state.text));
  }
}

/** Where a second part begins: after a comma outside of a call, or after a space. */
function seamOf(text: string): number {
  const seam = /[\w)]\s+(?=[\w(])|,/.exec(text);
  return seam ? seam.index + seam[0].length + 1 : 1;
}

const isFunction = <F extends string>(name: string, { functions }: State<F>): name is F =>
  Object.hasOwn(functions, name);

function toName<F extends string>(name: string, state: State<F>): Formula<F> {
  const at = placeOf(name, state);
  if (isFunction(name, state)) throw new Refusal(`uses the function ${name} without its arguments`, at);
  if (!/^[A-Za-z]\w{0,39}$/.test(name))
    throw new Refusal(`has a name, ${name}, that does not begin with a letter or is longer than 40`, at);
  if (name in Object.prototype) throw new Refusal(`cannot have an input of the name ${name}`, at);
  state.names.add(name);
  if (state.names.size > LIMITS.names) throw new Refusal(`has more than ${LIMITS.names} names`, at);
  return { type: 'name', name };
}

function toCall<F extends string>(
  callee: CoreExpression,
  args: readonly Formula<F>[],
  state: State<F>,
): Formula<F> {
  const name = callee.type === 'Identifier' ? callee.name : '';
  const at = placeOf(name, state);
  if (!isFunction(name, state))
    throw new Refusal(
      name
        ? `calls ${name}, which is no function; there is ${Object.keys(state.functions).join(', ')}`
        : 'calls what is no function',
      at,
    );
  const wanted = state.functions[name];
  if (args.length !== wanted)
    throw new Refusal(`gives ${name} ${args.length} arguments, it takes ${wanted}`, at);
  if (name === 'pow' && exponentOf(args[1] as Formula) === undefined)
    throw new Refusal('raises to a power that is no number; pow(x, 2) takes a fixed one', at);
  return { type: 'call', function: name, args };
}

/** The fixed exponent of a power. */
export function exponentOf(formula: Formula): number | undefined {
  if (formula.type === 'number') return formula.value;
  return formula.type === 'negative' && formula.of.type === 'number' ? -formula.of.value : undefined;
}

/** Where a word stands first, counted from 1. */
function placeOf(word: string, { text }: { readonly text: string }): number {
  const found = /^\w+$/.test(word) ? new RegExp(`\\b${word}\\b`).exec(text)?.index : text.indexOf(word);
  return Math.max(0, found ?? 0) + 1;
}
