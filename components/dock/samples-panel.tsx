'use client';
import { useState } from 'react';
import { useChecked } from '@/components/hooks/use-checked';
import { Deferred } from '@/components/ui/deferred';
import { part } from '@/components/ui/part';
import type { Checked } from '@/lib/check/checked';
import { titleOf } from '@/lib/check/names';
import { Panel } from './panel';
import { PictureCanvas } from './picture-canvas';
import styles from './samples-panel.module.css';

const Select = part(
  'the choice of view',
  () => import('@/components/ui/select').then((module) => module.Select<string>),
  { instead: () => null },
);

/** A view, larger than on the canvas: the first one, or the one that was picked. */
export function SamplesPanel() {
  const checked = useChecked();
  const views = viewsOf(checked);
  const [picked, setPicked] = useState<string>();
  const view = views.find(({ id }) => id === picked) ?? views[0];
  const surface = views.find(({ hasSurface }) => hasSurface);
  return (
    <Panel
      title="Samples"
      className={styles.panel}
      aside={
        view && views.length > 1 ? (
          <Deferred until="mounted">
            <Select
              size="sm"
              label="View shown"
              className={styles.select}
              value={view.id}
              onChange={setPicked}
              options={views.map(({ id, label }) => ({ value: id, label }))}
            />
          </Deferred>
        ) : null
      }
    >
      <div className={styles.picture}>
        {view ? (
          <PictureCanvas
            nodeId={view.id}
            label={`${view.label}, live`}
            surfaceOf={picked === undefined && surface?.id !== view.id ? surface?.id : undefined}
          />
        ) : (
          <p className={styles.none}>Add a Samples view to see what the generator makes.</p>
        )}
      </div>
    </Panel>
  );
}

/** Views in document order, those that only show numbers last. A view with a probe shows a function. */
function viewsOf(checked: Checked) {
  return [...checked.nodes.values()].flatMap((node) => {
    const { definition, params } = node;
    if (definition?.role !== 'view') return [];
    const hasSurface = Boolean(definition.probe?.(params)?.network);
    return [{ id: node.node.id, label: titleOf(node, checked), hasSurface }];
  });
}
