/** A data source as Python text, for the export to PyTorch: NumPy arrays, channels last. */
export interface PythonSource {
  /** Functions and tables that the body uses; each is printed once, however many sources need it. */
  readonly helpers: readonly string[];
  /** The body of a function of `rng` (a NumPy generator) and `rows`; returns a dict of arrays by port. */
  readonly body: string;
}

export const pythonSource = (body: string, ...helpers: string[]): PythonSource => ({ helpers, body });

/** A metric as Python text. */
export interface PythonMetric {
  /** Functions that the expression uses; each is printed once. */
  readonly helpers: readonly string[];
  /** A dict of results by name, of `read`: by port a list of NumPy arrays [rows, ...], channels last. */
  readonly expression: string;
}

export const pythonMetric = (expression: string, ...helpers: string[]): PythonMetric => ({
  helpers,
  expression,
});

/** Nested lists of numbers as Python has them. */
export const pythonList = (values: readonly (number | readonly number[])[]): string =>
  `[${values.map((value) => (typeof value === 'number' ? value : pythonList(value))).join(', ')}]`;
