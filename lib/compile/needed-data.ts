import type { NeededData } from '@/lib/nodes/define';
import type { Plan } from './plan';
import { definitionOf } from './tf/tasks';

/** The files that a game draws from, by node. */
export const neededData = (plan: Plan): readonly (NeededData & { readonly node: string })[] =>
  plan.game.flatMap(({ id: node, kind, params }) => {
    const definition = definitionOf(kind);
    const needed = definition.role === 'source' && definition.needs?.(params);
    return needed ? [{ node, ...needed }] : [];
  });
