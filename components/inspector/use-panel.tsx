import { useMemo } from 'react';
import { enterUse } from '@/components/canvas/enter-use';
import { useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import { exposedBy } from '@/lib/check/blocks/exposed';
import type { CheckedNode, Use } from '@/lib/check/checked';
import { countUses, makeIndependent, renameBlock } from '@/lib/edit/blocks';
import { setParams } from '@/lib/edit/set';
import { paramMeta } from '@/lib/graph/param';
import { formatCount, formatShortCount } from '@/lib/layout/card-text';
import { quantity } from '@/lib/util/sentence';
import { describeField } from './describe-field';
import styles from './inspector.module.css';
import { Identity, Shapes } from './node-parts';
import { ParamRow } from './param-row';
import { Problems } from './problems';
import { Fact, Heading, Row, Section } from './section';
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
  const uses = countUses(all.graph, block.id);
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
      <Shapes checked={checked} />
      <Section title="Cost">
        <Fact name="Parameters θ">{formatCount(checked.parameters)}</Fact>
        <Fact name="Multiply-adds per example">{formatShortCount(checked.multiplyAdds)}</Fact>
      </Section>
      <Identity checked={checked} />
    </>
  );
}
