'use client';
import { usePlain } from '@/components/hooks/use-checked';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { nameOf } from '@/lib/check/names';
import { readingsOf } from '@/lib/check/readings';
import { formatCount } from '@/lib/util/format-count';
import styles from './metrics-panel.module.css';
import { Panel } from './panel';
import { Reading } from './reading';
import { Sparkline } from './sparkline';
import { useTraining } from './training-context';

/** Every metric of the document: its newest reading and its course. */
export function MetricsPanel() {
  const checked = usePlain();
  const every = useTraining((state) => state.stretchedEvery);
  const metrics = [...checked.nodes.values()].flatMap((node) =>
    node.definition?.role === 'metric'
      ? [{ id: node.node.id, title: nameOf(checked, node.node.id), readings: readingsOf(node, checked) }]
      : [],
  );
  const aside = every ? (
    <span title="Measuring takes at most a tenth of the training time">
      every {formatCount(every)} iterations
    </span>
  ) : null;
  return (
    <Panel title="Metrics" className={styles.panel} aside={aside}>
      {metrics.length === 0 ? (
        <p className={styles.none}>Add a metric to measure what you see.</p>
      ) : (
        <ScrollRegion label="Readings" className={styles.scroll}>
          <table className={styles.table}>
            {metrics.map(({ id, title, readings }) => (
              <tbody key={id}>
                {metrics.length > 1 ? (
                  <tr>
                    <th className={styles.group} colSpan={3} scope="rowgroup">
                      {title}
                    </th>
                  </tr>
                ) : null}
                {readings.map(({ series, label, better, ...shown }) => (
                  <tr key={series}>
                    <th scope="row" title={better && `${better} is better`}>
                      {label}
                    </th>
                    <td className={styles.course}>
                      <Sparkline series={series} />
                    </td>
                    <td className={styles.value}>
                      <Reading source="metrics" series={series} {...shown} />
                    </td>
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}
