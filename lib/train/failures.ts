import type { Plan } from '@/lib/compile/plan';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { BadLoss } from './losses';

/** What ended a run, for its user: which loss, when, what is kept, what to try. */
export function describeBadLoss(plan: Plan, { player, iteration, value }: BadLoss, kept: number): Diagnostic {
  const loss = plan.players.find(({ id }) => id === player)?.loss;
  const name = loss ? `${loss.node}.${loss.port}` : 'The loss';
  return {
    code: 'loss-not-finite',
    severity: 'error',
    ...(loss && { node: loss.node, port: loss.port }),
    message: `${name} became ${value} in the update of ${player} in iteration ${iteration + 1}. The weights of iteration ${kept} are kept.`,
    hint: 'Lower the learning rate, clip the gradient norm, or check that scores and loss agree on logits or probabilities.',
  };
}

/** An update that threw: memory, or a fault of a backend. */
export function describeCrash(error: unknown, kept: number): Diagnostic {
  const text = error instanceof Error ? error.message : String(error);
  return {
    code: 'update-failed',
    severity: 'error',
    message: `An update failed: ${text.slice(0, 300)} The weights of iteration ${kept} are kept.`,
    hint: 'If memory ran out, use a smaller batch or fewer units; else try another backend.',
  };
}
