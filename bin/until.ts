import type { Plan } from '@/lib/compile/plan';
import type { MetricValues } from '@/lib/train/observe';
import { UsageError } from './usage';

/** A condition on a metric that ends a run: `quality.modes>=8`. */
export interface Until {
  readonly node: string;
  isMet(values: MetricValues): boolean;
}

const comparisons: Record<string, (a: number, b: number) => boolean> = {
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
};

export function parseUntil(text: string, plan: Plan): Until {
  const [, node, name, sign, limit] =
    /^\s*([A-Za-z0-9_-]+)\.([^\s<>=]+)\s*(>=|<=|>|<)\s*(\S+)\s*$/.exec(text) ?? [];
  const compare = comparisons[sign ?? ''];
  if (!node || !name || !compare || !Number.isFinite(Number(limit)))
    throw new UsageError(`--until takes a condition like 'quality.modes>=8', not "${text}".`);
  const metrics = plan.metrics.map(({ id }) => id);
  if (!metrics.includes(node))
    throw new UsageError(
      `--until names "${node}"; the metrics of this graph are: ${metrics.join(', ') || 'none'}.`,
    );
  return {
    node,
    isMet(values) {
      const value = values[node]?.[name];
      return value !== undefined && compare(value, Number(limit));
    },
  };
}
