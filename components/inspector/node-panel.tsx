import { ExternalLink } from 'lucide-react';
import { useMemo } from 'react';
import { DataPicture } from '@/components/data/data-picture';
import { useMissingData } from '@/components/data/needed-data';
import { OwnData } from '@/components/data/own-data';
import { useChecked } from '@/components/hooks/use-checked';
import type { CheckedNode } from '@/lib/check/checked';
import { titleOf } from '@/lib/check/names';
import { changeNode, setParams } from '@/lib/edit/set';
import type { Json } from '@/lib/graph/schema';
import { formatShortCount } from '@/lib/layout/card-text';
import type { NodeDefinition } from '@/lib/nodes/define';
import { callParams } from '@/lib/nodes/role-params';
import { formatCount } from '@/lib/util/format-count';
import { describeFields, type Field } from './describe-field';
import { ExposedByBlock } from './exposed';
import { Formula } from './formula';
import styles from './inspector.module.css';
import { KindRow } from './kind-row';
import { Identity, Shapes } from './node-parts';
import { ParamRow } from './param-row';
import { Problems } from './problems';
import { Fact, Folded, Heading, Section } from './section';
import { TextBox } from './text-box';
import { useGesture } from './use-gesture';
import { UsePanel } from './use-panel';
import { XrayButton } from './xray-button';

const fieldsOf = new WeakMap<NodeDefinition, ReturnType<typeof describeFields>>();

function fields(definition: NodeDefinition) {
  const known = fieldsOf.get(definition) ?? describeFields(definition.params);
  fieldsOf.set(definition, known);
  return known;
}

/** One node: what it is, its parameters, its shapes and cost, what is wrong with it. */
export function NodePanel({ checked }: { readonly checked: CheckedNode }) {
  const { node, definition } = checked;
  const all = useChecked();
  const missing = useMissingData();
  const problems = useMemo(
    () => [...missing, ...all.diagnostics].filter((diagnostic) => diagnostic.node === node.id),
    [all, missing, node.id],
  );
  const call = callParams(checked);
  const applied = call && all.networks.get(call.network);
  const title = titleOf(checked, all);
  if (checked.use) return <UsePanel checked={checked} use={checked.use} />;
  if (!definition) return <UnknownPanel checked={checked} />;
  return (
    <>
      <Heading
        title={title}
        subtitle={[
          definition.title === title ? undefined : definition.title,
          definition.category,
          applied && `applies ${applied.network.name || applied.network.id}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      {definition.formula ? <Formula tex={definition.formula} /> : null}
      <p className={styles.summary}>
        {definition.summary}{' '}
        {definition.source ? (
          <a href={definition.source.url} target="_blank" rel="noreferrer" className={styles.source}>
            {definition.source.label}
            <ExternalLink size={11} aria-label="opens elsewhere" />
          </a>
        ) : null}{' '}
        <a href={`/docs/${definition.kind}`} target="_blank" rel="noreferrer" className={styles.source}>
          Reference
          <ExternalLink size={11} aria-label="opens elsewhere" />
        </a>
      </p>
      <Problems diagnostics={problems} />
      <OwnData checked={checked} />
      <KindRow node={node} definition={definition} />
      <Params key={node.id} checked={checked} definition={definition} />
      <Shapes checked={checked} />
      <XrayButton selection={{ nodes: [node.id], wires: [] }} />
      {checked.parameters > 0 || checked.multiplyAdds > 0 ? (
        <Section title="Cost">
          <Fact name="Parameters θ">{formatCount(checked.parameters)}</Fact>
          <Fact name="Multiply-adds per example">{formatShortCount(checked.multiplyAdds)}</Fact>
        </Section>
      ) : null}
      <ExposedByBlock checked={checked} />
      <Identity checked={checked} />
    </>
  );
}

/** The parameters; those that are seldom needed are folded away, unless the node sets one of them. */
function Params(props: { readonly checked: CheckedNode; readonly definition: NodeDefinition }) {
  const { node, params } = props.checked;
  const row = (field: Field) => (
    <ParamRow
      key={field.name}
      field={field}
      binding={{
        // What the node holds, valid or not; what it leaves out is the default.
        value: field.name in node.params ? node.params[field.name] : params[field.name],
        params,
        edit: (value) => (graph) => setParams(graph, node.id, { [field.name]: value }),
      }}
    />
  );
  const all = fields(props.definition);
  const advanced = all.filter(({ meta }) => meta.advanced);
  return (
    <>
      {all
        .filter(({ meta }) => !meta.advanced)
        .map((field) => [
          field.name === 'options' ? <DataPicture key="picture" checked={props.checked} /> : null,
          row(field),
        ])}
      {advanced.length > 0 ? (
        <Folded title="More" isOpen={advanced.some(({ name }) => name in node.params)}>
          {advanced.map(row)}
        </Folded>
      ) : null}
    </>
  );
}

/** A kind that this version does not know: kept as it is, its parameters as JSON. */
function UnknownPanel({ checked: { node } }: { readonly checked: CheckedNode }) {
  const gesture = useGesture('Edit parameters');
  const read = (text: string): Record<string, Json> | undefined => {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as Record<string, Json>)
        : undefined;
    } catch {
      return undefined;
    }
  };
  return (
    <>
      <Heading title={node.title ?? node.kind} subtitle="Unknown kind" />
      <p className={styles.summary}>
        This version of Ganvas does not know the kind “{node.kind}”. It is kept as it is.
      </p>
      <TextBox
        label="Parameters"
        text={JSON.stringify(node.params, null, 2)}
        lines={10}
        mono
        fault={(text) => (read(text) ? undefined : 'A JSON object')}
        onType={(text) =>
          gesture.change((graph) =>
            changeNode(graph, node.id, (old) => ({ ...old, params: read(text) ?? {} })),
          )
        }
        onEnd={gesture.end}
        onCancel={gesture.cancel}
      />
    </>
  );
}
