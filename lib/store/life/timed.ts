import { compilePlan } from '@/lib/compile/compile';
import type { Moving } from '../measuring';
import type { Predictable } from '../predicting';
import { budget } from '../training-state';
import { errorsOf, type Life } from './life';

/** The run that moves, for whoever times backends beside it. */
export function movingOf({ runId, status, backend, rate, choice, plan, checked }: Life): Moving | undefined {
  if (status.type !== 'running' || rate <= 0 || !runId || !backend || !plan || !checked) return undefined;
  return { runId, plan, cost: checked.cost, backend, rate, choice };
}

/** What a play would start, if nothing stands in its way: trials may time it. */
export function predictableOf(life: Life): Predictable | undefined {
  const { status, choice, checked } = life;
  const { backend } = choice;
  if (status.type !== 'idle' || !checked || !backend || choice.isSoftware) return undefined;
  if (errorsOf(life) > 0 || checked.cost.bytes > budget.bytes) return undefined;
  const plan = compilePlan(checked);
  if (plan.players.length === 0) return undefined;
  return { plan, multiplyAdds: checked.cost.multiplyAdds, backend };
}
