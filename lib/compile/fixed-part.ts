import type * as z from 'zod';
import { paramMeta } from '@/lib/nodes/params';
import { findDefinition } from '@/lib/nodes/registry';
import type { Plan } from './plan';

/** Does this parameter act at once, whatever was compiled? */
function isLive(kind: string, param: string): boolean {
  const field = findDefinition(kind)?.params.shape[param] as z.ZodType | undefined;
  return field !== undefined && paramMeta(field).live === true;
}

/**
 * What a run computes, and nothing else: the plan without the target, parameters that act at once, names, views
 * and metrics. Runs of one fixed part go on from each other's checkpoints bit for bit.
 */
export function fixedPart(plan: Plan): string {
  const fixed = <T extends { readonly kind: string; readonly params: object }>(entry: T): T => ({
    ...entry,
    params: Object.fromEntries(Object.entries(entry.params).filter(([name]) => !isLive(entry.kind, name))),
  });
  // The order of fields is part of every checkpoint's fingerprint.
  return JSON.stringify({
    settings: { ...plan.settings, iterations: 0 },
    networks: plan.networks.map((network) => ({ ...network, name: '', nodes: network.nodes.map(fixed) })),
    game: plan.game.map(fixed),
    players: plan.players.map(fixed),
    // Absent where there are none, as before there were any.
    ...(plan.averagings.length > 0 && { averagings: plan.averagings.map(fixed) }),
  });
}
