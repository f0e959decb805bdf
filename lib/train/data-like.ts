import type { Plan, PlanLayer } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { sameDims } from '@/lib/shapes/shape';

/** A source of examples, not of noise. */
export function isData({ kind }: Pick<PlanLayer, 'kind'>): boolean {
  const definition = definitionOf(kind);
  return definition.role === 'source' && definition.traits?.noise !== true;
}

/** The data whose examples have this shape. */
export const dataLike = ({ game }: Pick<Plan, 'game'>, dims: readonly number[]): PlanLayer | undefined =>
  game.find((node) => isData(node) && node.outputShapes.x && sameDims(node.outputShapes.x.dims, dims));
