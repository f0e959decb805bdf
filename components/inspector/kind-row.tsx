import { useId, useMemo } from 'react';
import { useStores } from '@/components/hooks/stores';
import { Select } from '@/components/ui/select';
import { kindsLike, replaceKind } from '@/lib/edit/replace-kind';
import type { GraphNode } from '@/lib/graph/schema';
import type { NodeDefinition } from '@/lib/nodes/define';
import styles from './inspector.module.css';
import { Row } from './section';

/** Another kind in this place: minimax for non-saturating. The wires stay. */
export function KindRow({
  node,
  definition,
}: {
  readonly node: GraphNode;
  readonly definition: NodeDefinition;
}) {
  const { editor } = useStores();
  const id = useId();
  const kinds = useMemo(() => kindsLike(definition), [definition]);
  if (kinds.length < 2) return null;
  return (
    <Row label="Kind" id={id}>
      <Select
        id={id}
        size="sm"
        className={styles.select}
        value={node.kind}
        options={kinds.map(({ kind, title }) => ({ value: kind, label: title }))}
        onChange={(kind) => {
          const title = kinds.find((option) => option.kind === kind)?.title ?? kind;
          editor.commit(`Replace with ${title}`, (graph) => replaceKind(graph, node.id, kind));
        }}
      />
    </Row>
  );
}
