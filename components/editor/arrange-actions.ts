import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  type LucideIcon,
  WandSparkles,
} from 'lucide-react';
import type { View } from '@/components/canvas/view';
import type { Stores } from '@/components/hooks/stores';
import { needed } from '@/components/ui/missing';
import { checkedOf } from '@/lib/edit/checked-of';
import type { Alignment } from '@/lib/layout/align';
import type { Action } from './actions';
import { selectedIds } from './selection';

const alignments: readonly (readonly [Alignment, LucideIcon])[] = [
  ['left', AlignStartVertical],
  ['centre', AlignCenterVertical],
  ['right', AlignEndVertical],
  ['top', AlignStartHorizontal],
  ['middle', AlignCenterHorizontal],
  ['bottom', AlignEndHorizontal],
];

/** Laying out. */
export function arrangeActions(stores: Stores, view: View): readonly Action[] {
  const { editor } = stores;
  const ids = () => selectedIds(stores);
  return [
    {
      id: 'tidy',
      label: 'Tidy up',
      group: 'Arrange',
      icon: WandSparkles,
      async run() {
        // The layout program comes when it is first run.
        const edit = await needed('Tidying up', () =>
          import('@/lib/layout/tidy').then(({ tidy }) => tidy(checkedOf(editor.getState().shown))),
        );
        editor.commit('Tidy up', edit);
        requestAnimationFrame(() => view.open());
      },
    },
    ...alignments.map(
      ([how, icon]): Action => ({
        id: `align-${how}`,
        label: `Align ${how}`,
        group: 'Arrange',
        icon,
        enabled: () => ids().length > 1,
        async run() {
          const { align } = await needed('Aligning', () => import('@/lib/layout/align'));
          editor.commit(`Align ${how}`, (graph) => align(graph, checkedOf(graph), ids(), how));
        },
      }),
    ),
    ...(['x', 'y'] as const).map(
      (axis): Action => ({
        id: `distribute-${axis}`,
        label: axis === 'x' ? 'Distribute across' : 'Distribute down',
        group: 'Arrange',
        icon: axis === 'x' ? AlignHorizontalDistributeCenter : AlignVerticalDistributeCenter,
        enabled: () => ids().length > 2,
        async run() {
          const { distribute } = await needed('Aligning', () => import('@/lib/layout/align'));
          editor.commit('Distribute', (graph) => distribute(graph, checkedOf(graph), ids(), axis));
        },
      }),
    ),
  ];
}
