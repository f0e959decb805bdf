import { useMemo } from 'react';
import { useStores } from '@/components/hooks/stores';
import { useChecked } from '@/components/hooks/use-checked';
import { classes } from '@/components/ui/classes';
import { Switch } from '@/components/ui/switch';
import type { CheckedNetwork } from '@/lib/check/checked';
import { letterOf, nameOf } from '@/lib/check/names';
import { setNetwork } from '@/lib/edit/set';
import type { Scheduled } from '@/lib/graph/scheduled';
import { type Network, palette } from '@/lib/graph/schema';
import { formatShortCount } from '@/lib/layout/card-text';
import { formatShape } from '@/lib/shapes/shape';
import type { Edit } from '@/lib/store/editor';
import { formatCount } from '@/lib/util/format-count';
import type { NumberRange } from './describe-field';
import styles from './inspector.module.css';
import { NumberBox } from './number-box';
import { Numeric } from './numeric';
import { Problems } from './problems';
import { Fact, Heading, Row, Section } from './section';
import { TextBox } from './text-box';
import { useGesture } from './use-gesture';

const decay: NumberRange = { min: 0, max: 1, above: true, below: true, whole: false, scheduled: true };
const examples: NumberRange = {
  min: 1,
  max: 1e9,
  above: false,
  below: false,
  whole: false,
  scheduled: false,
};

/** One network: its name, colour, moving average; its θ, ports and calls. */
export function NetworkPanel({ checked }: { readonly checked: CheckedNetwork }) {
  const { network, inputs, outputs, inputShapes, outputShapes, calls, parameters, multiplyAdds } = checked;
  const { id, name, color, ema } = network;
  const { editor, session } = useStores();
  const all = useChecked();
  const renaming = useGesture('Rename network');
  const problems = useMemo(() => all.diagnostics.filter((diagnostic) => diagnostic.node === id), [all, id]);
  return (
    <>
      <Heading
        title={name || 'Unnamed'}
        subtitle={letterOf(network) === name ? 'Network' : `Network ${letterOf(network)}`}
      />
      <Problems diagnostics={problems} />
      <Row label="Name" id="network-name">
        <TextBox
          id="network-name"
          text={name}
          fault={(text) => (text.length > 200 ? 'At most 200 characters' : undefined)}
          onType={(text) => renaming.change((graph) => setNetwork(graph, id, { name: text }))}
          onEnd={renaming.end}
          onCancel={renaming.cancel}
        />
      </Row>
      <Row label="Colour" id="network-color">
        <div id="network-color" className={styles.swatches} role="radiogroup" aria-label="Colour">
          {palette.map((option) => (
            // biome-ignore lint/a11y/useSemanticElements: a swatch is a radio button that shows its colour
            <button
              key={option}
              type="button"
              role="radio"
              aria-checked={option === color}
              aria-label={option}
              title={option}
              className={classes(styles.swatch, option === color && styles.chosen)}
              style={{ background: `var(--net-${option})` }}
              onClick={() =>
                editor.commit('Colour network', (graph) => setNetwork(graph, id, { color: option }))
              }
            />
          ))}
        </div>
      </Row>
      <Row label="Moving average (EMA)" id="network-ema">
        <Switch
          id="network-ema"
          checked={ema !== undefined}
          onChange={(on) =>
            editor.commit('Set EMA', (graph) => setNetwork(graph, id, { ema: on ? 0.999 : undefined }))
          }
        />
        {ema === undefined ? null : <Average id={id} ema={ema} />}
      </Row>
      <Section title="Size">
        <Fact name="Parameters θ">{formatCount(parameters)}</Fact>
        <Fact name="Multiply-adds per example">{formatShortCount(multiplyAdds)}</Fact>
      </Section>
      <Section title="Ports">
        {[...inputs.keys()].map((port) => (
          <Fact key={`in ${port}`} name={`in ${port}`}>
            {shapeText(inputShapes.get(port))}
          </Fact>
        ))}
        {[...outputs.keys()].map((port) => (
          <Fact key={`out ${port}`} name={`out ${port}`}>
            {shapeText(outputShapes.get(port))}
          </Fact>
        ))}
      </Section>
      <Section title={`Calls (${calls.length})`}>
        {calls.map((call) => (
          <button key={call} type="button" className={styles.link} onClick={() => session.select([call])}>
            {nameOf(all, call)}
          </button>
        ))}
      </Section>
    </>
  );
}

const shapeText = (shape: Parameters<typeof formatShape>[0] | undefined) =>
  shape ? formatShape(shape) : 'unknown';

/** The decay, a number or a ramp; or the half-life, where the document gives one. */
function Average({ id, ema }: { readonly id: string; readonly ema: NonNullable<Network['ema']> }) {
  const { editor } = useStores();
  const averaging = useGesture('Set EMA');
  const edit =
    (value: Network['ema']): Edit =>
    (graph) =>
      setNetwork(graph, id, { ema: value });
  if (typeof ema === 'object' && 'halfLife' in ema)
    return (
      <NumberBox
        label="EMA half-life"
        value={ema.halfLife}
        range={examples}
        step={1000}
        unit="examples"
        gesture={averaging}
        edit={(halfLife) => edit({ halfLife })}
      />
    );
  return (
    <Numeric
      id="network-decay"
      meta={{ label: 'EMA decay', step: 0.001 }}
      binding={{ value: ema, params: {}, edit: (value) => edit(value as Scheduled) }}
      range={decay}
      gesture={averaging}
      commit={(value) => editor.commit('Set EMA', edit(value as Scheduled))}
    />
  );
}
