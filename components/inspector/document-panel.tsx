import { useState } from 'react';
import { Markdown } from '@/components/canvas/markdown';
import { formatBytes } from '@/components/dock/format';
import { useEditor, useStores } from '@/components/hooks/stores';
import { usePlain } from '@/components/hooks/use-checked';
import { Select } from '@/components/ui/select';
import { setAbout, setSettings } from '@/lib/edit/set';
import type { Scheduled } from '@/lib/graph/scheduled';
import { type Json, limits, type Settings } from '@/lib/graph/schema';
import { formatShortCount } from '@/lib/layout/card-text';
import type { Edit } from '@/lib/store/editor';
import { formatCount } from '@/lib/util/format-count';
import { quantity } from '@/lib/util/sentence';
import { BlocksSection } from './blocks-section';
import type { NumberRange } from './describe-field';
import styles from './inspector.module.css';
import { NumberBox } from './number-box';
import { Numeric } from './numeric';
import { Fact, Heading, Row, Section } from './section';
import { TextBox } from './text-box';
import { useGesture } from './use-gesture';

const whole = (min: number, max: number): NumberRange => ({
  min,
  max,
  above: false,
  below: false,
  whole: true,
  scheduled: false,
});

/** The limits are those of the schema. */
const numbers = [
  { name: 'seed', label: 'Seed', range: whole(0, 0xffffffff), step: 1 },
  { name: 'batchSize', label: 'Batch size', range: whole(1, 65_536), step: 16 },
  { name: 'iterations', label: 'Iterations', range: whole(1, 100_000_000), step: 1_000 },
] as const;

const updates: readonly { value: Settings['update']; label: string }[] = [
  { value: 'alternating', label: 'Alternating' },
  { value: 'simultaneous', label: 'Simultaneous' },
  { value: 'extragradient', label: 'Extragradient' },
  { value: 'consensus', label: 'Consensus' },
];
const batches: readonly { value: Settings['batches']; label: string }[] = [
  { value: 'per-update', label: 'Per update' },
  { value: 'per-iteration', label: 'Per iteration' },
];

const setConsensus =
  (value: Json): Edit =>
  (graph) =>
    setSettings(graph, { consensus: value as Scheduled });

/** Nothing selected: the document itself, its settings and what one iteration costs. */
export function DocumentPanel() {
  const { editor } = useStores();
  const title = useEditor((state) => state.graph.title);
  const settings = useEditor((state) => state.graph.settings);
  const isInside = useEditor(({ path }) => path.length > 0);
  const { cost, nodes, networks } = usePlain();
  const renaming = useGesture('Rename document');
  const setting = useGesture('Change settings');
  return (
    <>
      <Heading
        title={title || 'Untitled'}
        subtitle={`${quantity(nodes.size, 'node')}, ${quantity(networks.size, 'network')}`}
      />
      <About />
      <Section title="Document">
        <Row label="Title" id="document-title" wide>
          <TextBox
            id="document-title"
            text={title}
            fault={(text) => (text.length > limits.title ? `At most ${limits.title} characters` : undefined)}
            onType={(text) => renaming.change((graph) => setAbout(graph, { title: text }))}
            onEnd={renaming.end}
            onCancel={renaming.cancel}
          />
        </Row>
        {numbers.map(({ name, label, range, step }) => (
          <Row key={name} label={label} id={`settings-${name}`}>
            <NumberBox
              id={`settings-${name}`}
              value={settings[name]}
              range={range}
              step={step}
              gesture={setting}
              edit={(value) => (graph) => setSettings(graph, { [name]: value })}
            />
          </Row>
        ))}
        <Row label="Update" id="settings-update">
          <Select
            id="settings-update"
            size="sm"
            className={styles.select}
            value={settings.update}
            options={updates}
            onChange={(update) => editor.commit('Change update', (graph) => setSettings(graph, { update }))}
          />
        </Row>
        {settings.update === 'consensus' ? (
          <Row label="Consensus" id="settings-consensus">
            <Numeric
              id="settings-consensus"
              meta={{ label: 'Consensus', step: 0.1 }}
              binding={{ value: settings.consensus, params: {}, edit: setConsensus }}
              range={{ ...whole(0, 1000), whole: false, scheduled: true }}
              gesture={setting}
              commit={(value) => editor.commit('Change settings', setConsensus(value))}
            />
          </Row>
        ) : null}
        <Row label="Batches" id="settings-batches">
          <Select
            id="settings-batches"
            size="sm"
            className={styles.select}
            value={settings.batches}
            options={batches}
            onChange={(value) =>
              editor.commit('Change batches', (graph) => setSettings(graph, { batches: value }))
            }
          />
        </Row>
      </Section>
      <Section title="One iteration">
        <Fact name="Parameters θ">{formatCount(cost.parameters)}</Fact>
        <Fact name="Multiply-adds">{formatShortCount(cost.multiplyAdds)}</Fact>
        <Fact name="Memory, about">{formatBytes(cost.bytes)}</Fact>
      </Section>
      {isInside ? null : <BlocksSection />}
    </>
  );
}

/** The document's own words; a click on them edits. */
function About() {
  const about = useEditor((state) => state.graph.about);
  const [editing, setEditing] = useState(false);
  const writing = useGesture('Edit about');
  if (editing)
    return (
      <TextBox
        label="About, Markdown"
        text={about}
        lines={8}
        fault={(text) =>
          text.length > limits.about ? `At most ${formatCount(limits.about)} characters` : undefined
        }
        onType={(text) => writing.change((graph) => setAbout(graph, { about: text }))}
        onEnd={() => {
          writing.end();
          setEditing(false);
        }}
        onCancel={() => {
          writing.cancel();
          setEditing(false);
        }}
      />
    );
  return (
    <div className={styles.about}>
      {about ? <Markdown text={about} /> : null}
      <button type="button" className={styles.link} onClick={() => setEditing(true)}>
        {about ? 'Edit' : 'Describe this document'}
      </button>
    </div>
  );
}
