import type { Checked } from '@/lib/check/checked';
import { signOfNetwork } from '@/lib/check/names';
import type { NetworkColor } from '@/lib/graph/schema';

/** One curve of the losses chart: an optimizer, in the colour of the first network that it moves. */
export interface PlayerCurve {
  readonly id: string;
  readonly label: string;
  readonly color: NetworkColor;
  /** Two players of one colour differ in the line. */
  readonly isDashed: boolean;
  /** Lengths drawn and left out, in pixels, where that says more. */
  readonly dash?: readonly number[];
}

/** Lengths that are drawn and left out in turn. */
export const dashOf = ({ isDashed, dash = isDashed ? [5, 4] : [] }: PlayerCurve): readonly number[] => dash;

export function playerCurvesOf(checked: Checked): readonly PlayerCurve[] {
  const used = new Set<string>();
  return [...checked.nodes.values()].flatMap(({ node, definition, wiredFrom }) => {
    if (definition?.role !== 'optimizer') return [];
    const loss = wiredFrom.get('loss')?.[0];
    if (!loss) return [];
    const moved = wiredFrom.get('theta') ?? [];
    const networks = moved.flatMap(({ id }) => checked.networks.get(id)?.network ?? []);
    const color = networks[0]?.color ?? 'slate';
    const isDashed = used.has(color);
    used.add(color);
    const names = networks.map((network) => signOfNetwork(checked, network)).join(' + ');
    return [{ id: node.id, label: names || node.title || node.id, color, isDashed }];
  });
}

/** The same players, drawn the same? */
export const samePlayerCurves = (a: readonly PlayerCurve[], b: readonly PlayerCurve[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
