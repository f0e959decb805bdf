import { useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import { wireIndex } from '@/lib/edit/wire-keys';
import { formatShape } from '@/lib/shapes/shape';
import { Problems } from './problems';
import { Fact, Heading, Section } from './section';

/** One wire: its ends, its shape, what is wrong with it. */
export function WirePanel({ id }: { readonly id: string }) {
  const { editor, session } = useStores();
  const checked = useChecked();
  const index = wireIndex(checked.graph, id);
  const wire = checked.graph.wires[index];
  if (!wire) return null;
  const shape = checked.wireShapes[index];
  return (
    <>
      <Heading title="Wire" subtitle={shape ? formatShape(shape) : ''} />
      <Section title="Ends">
        <Fact name="From">{wire[0]}</Fact>
        <Fact name="To">{wire[1]}</Fact>
      </Section>
      <Problems diagnostics={checked.diagnostics.filter((diagnostic) => diagnostic.wire === index)} />
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
