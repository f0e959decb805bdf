/** A data source as Python text, for the export to PyTorch: NumPy arrays, channels last. */
export interface PythonSource {
  /** Functions and tables that the body uses; each is printed once, however many sources need it. */
  readonly helpers: readonly string[];
  /** The body of a function of `rng` (a NumPy generator) and `rows`; returns a dict of arrays by port. */
  readonly body: string;
}

export const pythonSource = (body: string, ...helpers: string[]): PythonSource => ({ helpers, body });

/** A value or a function as Python text. */
export interface PythonExpression {
  /** Functions that the expression uses; each is printed once. */
  readonly helpers: readonly string[];
  readonly expression: string;
}

/**
 * A metric: a dict of results by name. It is made of `read`, by port a list of NumPy arrays [rows, ...], channels
 * last, and of a network, if it names one, as a function `apply` of such rows.
 */
export type PythonMetric = PythonExpression;

export const pythonExpression = (expression: string, ...helpers: string[]): PythonExpression => ({
  helpers,
  expression,
});

export const pythonMetric: (expression: string, ...helpers: string[]) => PythonMetric = pythonExpression;

/** Lines within a function. */
export const indent = (text: string): string => text.replace(/^(?=.)/gm, '    ');

/** Nested lists of numbers as Python has them. */
export const pythonList = (values: readonly (number | readonly number[])[]): string =>
  `[${values.map((value) => (typeof value === 'number' ? value : pythonList(value))).join(', ')}]`;
