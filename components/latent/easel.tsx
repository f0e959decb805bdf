import { type PointerEvent, useState } from 'react';
import { range } from '@/lib/util/range';
import styles from './latent-panel.module.css';
import { Slider } from './slider';
import { type Sample, Tile } from './tile';

const colours = [
  { label: 'White', values: [1, 1, 1] },
  { label: 'Black', values: [-1, -1, -1] },
  { label: 'Red', values: [0.7, -0.8, -0.8] },
  { label: 'Green', values: [-0.8, 0.4, -0.6] },
  { label: 'Blue', values: [-0.7, -0.4, 0.8] },
  { label: 'Yellow', values: [0.9, 0.7, -0.8] },
] as const;

/** Channels in [-1, 1] as #rrggbb, and back. */
const hexOf = (values: readonly number[]) =>
  `#${values
    .map((value) =>
      Math.round(127.5 * (value + 1))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
const valuesOf = (hex: string) =>
  range(3).map((i) => Number.parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16) / 127.5 - 1);

/** A sample to paint on; strokes are shown as what comes of them. */
export function Easel(props: {
  readonly sample: Sample;
  readonly image: readonly [height: number, width: number, channels: number];
  readonly onStroke: (places: readonly number[], values: readonly number[]) => void;
}) {
  const { sample, image, onStroke } = props;
  const [height, width, channels] = image;
  const side = Math.min(height, width);
  const [colour, setColour] = useState<readonly number[]>(colours[0].values);
  const [brush, setBrush] = useState(Math.max(1, Math.round(side / 12)));
  const offered = channels === 1 ? colours.slice(0, 2) : colours;
  const paint = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const scale = Math.min(box.width / width, box.height / height);
    const x = (event.clientX - box.left - (box.width - width * scale) / 2) / scale;
    const y = (event.clientY - box.top - (box.height - height * scale) / 2) / scale;
    const places = range(height * width).filter(
      (place) => Math.hypot((place % width) + 0.5 - x, Math.floor(place / width) + 0.5 - y) <= brush,
    );
    if (places.length > 0) onStroke(places, colour.slice(0, channels));
  };
  return (
    <section className={styles.current} aria-label="Paint on the sample">
      <div
        className={styles.easel}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          paint(event);
        }}
        onPointerMove={paint}
      >
        <Tile of={sample} label="The sample, to paint on" />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that choose a colour, not a form's fields */}
      <div role="group" aria-label="Colour" className={styles.row}>
        {offered.map(({ label, values }) => (
          <button
            key={label}
            type="button"
            className={styles.colour}
            aria-label={label}
            aria-pressed={hexOf(values) === hexOf(colour)}
            style={{ background: hexOf(values) }}
            onClick={() => setColour(values)}
          />
        ))}
        {channels === 3 ? (
          <input
            type="color"
            className={styles.own}
            aria-label="Another colour"
            value={hexOf(colour)}
            onChange={(event) => setColour(valuesOf(event.target.value))}
          />
        ) : null}
      </div>
      <Slider
        label="Brush"
        value={brush}
        low={1}
        high={Math.max(2, Math.round(side / 4))}
        step={0.5}
        onChange={setBrush}
      />
    </section>
  );
}
