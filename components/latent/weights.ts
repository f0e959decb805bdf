import type { Plan, Ref } from '@/lib/compile/plan';
import { gameTasks } from '@/lib/compile/tf/tasks';
import { readCall } from '@/lib/nodes/role-params';

/** The calls that make an output. */
const callsOf = (plan: Plan, ref: Ref) =>
  gameTasks(plan, [ref]).flatMap(({ node, definition }) =>
    definition.role === 'call' ? [readCall(node.params)] : [],
  );

/** Whether a network that makes it keeps an average. */
export const averagedIn = (plan: Plan, ref: Ref): boolean =>
  callsOf(plan, ref).some(({ network }) => plan.networks.find(({ id }) => id === network)?.ema !== undefined);

/** Whose weights it is made with, as the graph says. */
export const weightsIn = (plan: Plan, ref: Ref): 'live' | 'ema' =>
  callsOf(plan, ref).some(({ weights }) => weights === 'ema') ? 'ema' : 'live';

export const weightChoices = [
  { value: 'live', label: 'As trained' },
  { value: 'ema', label: 'Averaged' },
] as const;
