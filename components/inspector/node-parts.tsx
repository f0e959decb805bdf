import { useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { Select } from '@/components/ui/select';
import type { CheckedNode } from '@/lib/check/checked';
import { setState, setTitle } from '@/lib/edit/set';
import { formatShape } from '@/lib/shapes/shape';
import styles from './inspector.module.css';
import { Fact, Row, Section } from './section';
import { TextBox } from './text-box';
import { useGesture } from './use-gesture';

/** What the panels of a node and of a use of a block have in common. */

export function Shapes({ checked }: { readonly checked: CheckedNode }) {
  const all = useChecked();
  const { inputs, outputs, wiredFrom, outputShapes, inBlock } = checked;
  const shapeInto = (port: string) =>
    (wiredFrom.get(port) ?? []).flatMap(({ wire }) => {
      const shape = all.wireShapes[wire];
      return shape ? [formatShape(shape)] : [];
    });
  const unwired = (port: string) => (inBlock?.inputs.has(port) ? 'from outside the block' : 'not wired');
  const rows = [
    ...inputs
      .filter(({ type }) => type === 'tensor')
      .map(({ name }) => ({
        side: 'in',
        name,
        shape: wiredFrom.has(name) ? shapeInto(name).join(' ') : unwired(name),
      })),
    ...outputs
      .filter(({ type }) => type === 'tensor')
      .map(({ name }) => {
        const shape = outputShapes.get(name);
        return { side: 'out', name, shape: shape ? formatShape(shape) : '' };
      }),
  ];
  if (rows.length === 0) return null;
  return (
    <Section title="Shapes">
      {rows.map(({ side, name, shape }) => (
        <Fact key={`${side} ${name}`} name={name === side ? side : `${side} ${name}`}>
          {shape || 'unknown'}
        </Fact>
      ))}
    </Section>
  );
}

const states = [
  { value: 'active', label: 'Active' },
  { value: 'bypassed', label: 'Bypassed' },
  { value: 'muted', label: 'Muted' },
] as const;

/** The node's own title, and whether it takes part. */
export function Identity({ checked: { node, use, definition } }: { readonly checked: CheckedNode }) {
  const { editor } = useStores();
  const gesture = useGesture('Rename node');
  return (
    <Section title="Node">
      <Row label="Title" id="node-title">
        <TextBox
          id="node-title"
          text={node.title ?? ''}
          placeholder={definition?.title ?? use?.block.name ?? node.kind}
          fault={(text) => (text.length > 200 ? 'At most 200 characters' : undefined)}
          onType={(text) => gesture.change((graph) => setTitle(graph, node.id, text))}
          onEnd={gesture.end}
          onCancel={gesture.cancel}
        />
      </Row>
      {definition?.role === 'note' ? null : (
        <Row label="State" id="node-state">
          <Select
            id="node-state"
            size="sm"
            className={styles.select}
            value={node.state ?? 'active'}
            options={states}
            onChange={(state) =>
              editor.commit(
                state === 'active' ? 'Activate' : state === 'muted' ? 'Mute' : 'Bypass',
                (graph) => setState(graph, [node.id], state === 'active' ? undefined : state),
              )
            }
          />
        </Row>
      )}
      <Fact name="Id">{node.id}</Fact>
    </Section>
  );
}
