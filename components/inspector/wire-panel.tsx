import { useMemo } from 'react';
import { useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import { portName } from '@/lib/check/names';
import { applyFix } from '@/lib/edit/apply-fix';
import type { PortEnd } from '@/lib/edit/edited';
import { wireFixes } from '@/lib/edit/wire-fixes';
import { wireIndex } from '@/lib/edit/wire-keys';
import { splitEndpoint } from '@/lib/graph/schema';
import { formatShape } from '@/lib/shapes/shape';
import styles from './inspector.module.css';
import { Problems } from './problems';
import { Fact, Heading, Section } from './section';
import { XrayButton } from './xray-button';

/** One wire: its ends, its shape, what is wrong with it. */
export function WirePanel({ id }: { readonly id: string }) {
  const { editor, session } = useStores();
  const checked = useChecked();
  const index = wireIndex(checked.graph, id);
  const fixes = useMemo(() => wireFixes(checked, index), [checked, index]);
  const wire = checked.graph.wires[index];
  if (!wire) return null;
  const shape = checked.wireShapes[index];
  return (
    <>
      <Heading title="Wire" subtitle={shape ? formatShape(shape) : ''} />
      <Section title="Ends">
        <Fact name="From">
          <End end={{ ...splitEndpoint(wire[0]), side: 'output' }} />
        </Fact>
        <Fact name="To">
          <End end={{ ...splitEndpoint(wire[1]), side: 'input' }} />
        </Fact>
      </Section>
      <Problems diagnostics={checked.diagnostics.filter((diagnostic) => diagnostic.wire === index)} />
      {fixes.map((fix) => (
        <Button
          key={fix.label}
          size="sm"
          variant="primary"
          onClick={() => editor.commit(fix.label, (graph) => applyFix(graph, fix))}
        >
          {fix.label}
        </Button>
      ))}
      <XrayButton selection={{ nodes: [], wires: [index] }} />
      <Button
        size="sm"
        onClick={() => {
          editor.commit('Remove wire', (graph) => ({
            ...graph,
            wires: graph.wires.filter((_, i) => i !== index),
          }));
          session.select([]);
        }}
      >
        Remove wire
      </Button>
    </>
  );
}

/** What the wire leaves or enters, by its name on the canvas; a press selects it. */
function End({ end }: { readonly end: PortEnd }) {
  const { session } = useStores();
  const checked = useChecked();
  return (
    <button type="button" className={styles.link} onClick={() => session.select([end.id])}>
      {portName(checked, end)}
    </button>
  );
}
