import { useMemo } from 'react';
import { enterUse } from '@/components/canvas/enter-use';
import { useEditor, useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import { exposedBy } from '@/lib/check/blocks/exposed';
import type { CheckedNode, Use } from '@/lib/check/checked';
import { countUses, makeIndependent, renameBlock, renameBlockPort } from '@/lib/edit/blocks';
import { setParams } from '@/lib/edit/set';
import { paramMeta } from '@/lib/graph/param';
import { type Block, isPortName } from '@/lib/graph/schema';
import { formatShortCount } from '@/lib/layout/card-text';
import { formatCount } from '@/lib/util/format-count';
import { quantity } from '@/lib/util/sentence';
import { describeField } from './describe-field';
import styles from './inspector.module.css';
import { Identity, Shapes } from './node-parts';
import { ParamRow } from './param-row';
import { Problems } from './problems';
import { Fact, Folded, Heading, Row, Section } from './section';
import { TextBox } from './text-box';
import { useGesture } from './use-gesture';

/** A use of a block: the block's name, what this use sets for itself, its ports and cost. */
export function UsePanel({ checked, use }: { readonly checked: CheckedNode; readonly use: Use }) {
  const stores = useStores();
  const { editor } = stores;
  const all = useChecked();
  const { node } = checked;
  const { block } = use;
  const { blocks } = all.graph;
  const problems = useMemo(() => all.diagnostics.filter((each) => each.node === node.id), [all, node.id]);
  const exposed = useMemo(() => exposedBy(blocks, block), [blocks, block]);
  const naming = useGesture('Rename block');
  const uses = countUses(
    useEditor((state) => state.graph),
    block.id,
  );
  return (
    <>
      <Heading title={use.name} subtitle={`Block · ${quantity(block.nodes.length, 'node')}`} />
      <p className={styles.summary}>
        {uses > 1
          ? `It is used ${uses} times: what is changed inside changes everywhere.`
          : 'What is inside can be used again: duplicate it, or keep it in My blocks.'}
      </p>
      <div className={styles.buttons}>
        <Button size="sm" onClick={() => enterUse(stores, node.id)}>
          Enter
        </Button>
        {uses > 1 ? (
          <Button
            size="sm"
            onClick={() => editor.commit('Make independent', (graph) => makeIndependent(graph, node.id))}
          >
            Make independent
          </Button>
        ) : null}
      </div>
      <Problems diagnostics={problems} />
      <Row label="Block" id="block-name">
        <TextBox
          id="block-name"
          text={block.name}
          fault={(text) => (text.trim() && text.length <= 200 ? undefined : '1 to 200 characters')}
          onType={(text) => naming.change((graph) => renameBlock(graph, block.id, text))}
          onEnd={naming.end}
          onCancel={naming.cancel}
        />
      </Row>
      {exposed.map(({ name, label, schema, value }) => {
        const field = { ...describeField(name, schema), fallback: value };
        return (
          <ParamRow
            key={name}
            field={label ? { ...field, meta: { ...paramMeta(schema), label } } : field}
            binding={{
              value: name in node.params ? node.params[name] : value,
              params: node.params,
              edit: (next) => (graph) => setParams(graph, node.id, { [name]: next }),
            }}
          />
        );
      })}
      <Ports block={block} />
      <Shapes checked={checked} />
      <Section title="Cost">
        <Fact name="Parameters θ">{formatCount(checked.parameters)}</Fact>
        <Fact name="Multiply-adds per example">{formatShortCount(checked.multiplyAdds)}</Fact>
      </Section>
      <Identity checked={checked} />
    </>
  );
}

/** The block's ports by name; another name is taken when the box is left. */
function Ports({ block }: { readonly block: Block }) {
  const { editor } = useStores();
  const row = (side: 'inputs' | 'outputs', name: string) => {
    const label = `${side === 'inputs' ? 'Input' : 'Output'} ${name}`;
    const id = `block-${side}-${name}`;
    const isTaken = (text: string) => block[side].some((port) => port.name === text && text !== name);
    return (
      <Row key={id} label={label} id={id}>
        <TextBox
          id={id}
          text={name}
          settled
          fault={(text) => {
            if (!isPortName(text)) return 'Letters, digits, - and _';
            return isTaken(text) ? 'Another port has this name' : undefined;
          }}
          onType={(text) =>
            editor.commit('Rename port', (graph) => renameBlockPort(graph, block.id, side, name, text))
          }
          onEnd={() => {}}
          onCancel={() => {}}
        />
      </Row>
    );
  };
  if (block.inputs.length + block.outputs.length === 0) return null;
  return (
    <Folded title="Ports" isOpen={false}>
      {block.inputs.map(({ name }) => row('inputs', name))}
      {block.outputs.map(({ name }) => row('outputs', name))}
    </Folded>
  );
}
