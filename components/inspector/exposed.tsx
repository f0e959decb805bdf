import { useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { Switch } from '@/components/ui/switch';
import type { CheckedNode } from '@/lib/check/checked';
import { toggleExposedParam, toggleExposedPort } from '@/lib/edit/blocks';
import { paramMeta } from '@/lib/graph/param';
import { type Block, joinEndpoint } from '@/lib/graph/schema';
import type { NodeDefinition } from '@/lib/nodes/define';
import { Folded, Row } from './section';

/** Inside a block: which ports and parameters of a node every use of the block has. */
export function ExposedByBlock({ checked }: { readonly checked: CheckedNode }) {
  const { graph } = useChecked();
  const block = graph.blocks.find(({ id }) => id === graph.inside);
  return block ? <Exposed checked={checked} block={block} /> : null;
}

function Exposed({ checked, block }: { readonly checked: CheckedNode; readonly block: Block }) {
  const { editor } = useStores();
  const { node, definition, inputs, outputs } = checked;
  const ports = [
    ...inputs.map(({ name }) => ({ name, side: 'input' as const })),
    ...outputs.map(({ name }) => ({ name, side: 'output' as const })),
  ];
  const isPort = ({ name, side }: (typeof ports)[number]) => {
    const end = joinEndpoint(node.id, name);
    return side === 'input'
      ? block.inputs.some(({ to }) => to.includes(end))
      : block.outputs.some(({ from }) => from === end);
  };
  const isParam = (name: string) => block.params.some(({ to }) => to.includes(joinEndpoint(node.id, name)));
  return (
    <Folded title="On the block" isOpen={ports.some(isPort)}>
      {ports.map((port) => (
        <Row
          key={`${port.side} ${port.name}`}
          label={`${port.side === 'input' ? 'Input' : 'Output'} ${port.name}`}
          id={`on-block-${port.side}-${port.name}`}
        >
          <Switch
            id={`on-block-${port.side}-${port.name}`}
            checked={isPort(port)}
            onChange={() =>
              editor.commit(`Port ${port.name} of the block`, (graph) =>
                toggleExposedPort(graph, { id: node.id, port: port.name, side: port.side }),
              )
            }
          />
        </Row>
      ))}
      {paramsOf(definition).map(({ name, label }) => (
        <Row key={name} label={label} id={`on-block-param-${name}`}>
          <Switch
            id={`on-block-param-${name}`}
            checked={isParam(name)}
            onChange={() =>
              editor.commit(`${label} of the block`, (graph) => toggleExposedParam(graph, node.id, name))
            }
          />
        </Row>
      ))}
    </Folded>
  );
}

const paramsOf = (definition: NodeDefinition | undefined) =>
  Object.entries(definition?.params.shape ?? {}).map(([name, schema]) => ({
    name,
    label: paramMeta(schema as never).label,
  }));
