import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTrainingStore } from '@/components/dock/training-context';
import { pickFiles } from '@/components/share/local-files';
import { Button } from '@/components/ui/button';
import fields from '@/components/ui/text-field.module.css';
import type { SampleRequest } from '@/lib/compile/tf/make-samples';
import { imageDims } from '@/lib/data/files/import-options';
import { startNear } from '@/lib/train/find-noise';
import { readNumber } from '@/lib/util/read-number';
import styles from './latent-panel.module.css';
import { readImage } from './read-image';
import { isOnPlane } from './sample-field';
import { type Sample, Tile } from './tile';
import { same, type ToolProps } from './tool';
import { askRun } from './use-generator';
import { pointOf, useMade } from './use-latent';
import { useSearch } from './use-search';

/** What was not painted counts so much: it shall stay as it was. */
const UNPAINTED = 0.02;

/**
 * The noise of what is wanted: strokes on the sample, an image of one's own, or a point, found by descent while one
 * looks (Zhu et al. 2016).
 */
export function Paint({ plan, of, latent, weights, origin, onOrigin, grid }: ToolProps) {
  const training = useTrainingStore();
  const points = useMemo(() => [origin], [origin]);
  const [made] = useMade(of, latent.at, weights, points);
  const [fault, setFault] = useState<string>();
  const { found, problem, aim } = useSearch(of, latent.at, weights, origin);
  const sample = found?.sample ?? made;
  const image = sample && imageDims(sample.dims);
  const painted = useRef<{ target: Float32Array; mask: Float32Array } | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: strokes belong to the origin that they were made on
  useEffect(() => {
    painted.current = undefined;
  }, [origin]);

  const stroke = (places: readonly number[], values: readonly number[]) => {
    if (!made) return;
    painted.current ??= {
      target: made.data.slice(),
      mask: new Float32Array(made.data.length).fill(UNPAINTED),
    };
    const { target, mask } = painted.current;
    places.forEach((place) => {
      values.forEach((value, channel) => {
        target[place * values.length + channel] = value;
        mask[place * values.length + channel] = 1;
      });
    });
    aim({ target: target.slice(), mask: mask.slice() });
  };

  const find = async (target: Float32Array) => {
    const make = (request: SampleRequest) => askRun(training, { type: 'samples', ...request });
    const start = await startNear(make, plan, { of, at: latent.at, target, weights });
    painted.current = undefined;
    aim({ target }, start);
  };
  const pick = async () => {
    const [file] = await pickFiles({ accept: 'image/*' });
    if (!file || !image) return;
    const target = await readImage(file, image).catch(() => undefined);
    if (!target) throw new Error(`“${file.name}” is no image that this browser can read.`);
    await find(target);
  };

  const attempt = (work: Promise<void>) => {
    setFault(undefined);
    work.catch((error: Error) => setFault(error.message));
  };

  return (
    <div className={styles.columns}>
      {grid({
        onPick: (i) => onOrigin(pointOf(latent, i)),
        isPressed: (i) => same(latent.noise[i], origin.z),
        current: sample,
      })}
      {sample && image ? (
        <Easel sample={sample} image={image} onStroke={stroke} onFile={() => attempt(pick())} />
      ) : null}
      {sample && isOnPlane(sample.dims) ? (
        <Target size={sample.data.length} onFind={(target) => attempt(find(target))} />
      ) : null}
      <section className={styles.sliders} aria-label="What was found">
        <p className={styles.words}>
          {found
            ? `${found.distance.toFixed(3)} from what is wanted, on average.`
            : image
              ? 'Paint on the sample, or choose an image: the noise is moved until its sample comes near to that.'
              : 'The noise is moved until its sample comes near to what is wanted.'}
        </p>
        {(fault ?? problem) ? <p className={styles.problem}>{fault ?? problem}</p> : null}
        <Button size="sm" disabled={!found} onClick={() => found && onOrigin(found.point)}>
          Make it the origin
        </Button>
      </section>
    </div>
  );
}

const colours = [
  { label: 'White', values: [1, 1, 1], css: '#ffffff' },
  { label: 'Black', values: [-1, -1, -1], css: '#000000' },
  { label: 'Red', values: [0.7, -0.8, -0.8], css: '#d91a1a' },
  { label: 'Green', values: [-0.8, 0.4, -0.6], css: '#1ab233' },
  { label: 'Blue', values: [-0.7, -0.4, 0.8], css: '#264de6' },
  { label: 'Yellow', values: [0.9, 0.7, -0.8], css: '#f2d91a' },
] as const;

/** A sample to paint on; strokes are shown as what comes of them. */
function Easel(props: {
  readonly sample: Sample;
  readonly image: readonly [height: number, width: number, channels: number];
  readonly onStroke: (places: readonly number[], values: readonly number[]) => void;
  readonly onFile: () => void;
}) {
  const { sample, image, onStroke, onFile } = props;
  const [height, width, channels] = image;
  const [colour, setColour] = useState(0);
  const offered = channels === 1 ? colours.slice(0, 2) : colours;
  const brush = Math.max(1, Math.round(Math.min(height, width) / 12));
  const paint = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const scale = Math.min(box.width / width, box.height / height);
    const x = (event.clientX - box.left - (box.width - width * scale) / 2) / scale;
    const y = (event.clientY - box.top - (box.height - height * scale) / 2) / scale;
    const places: number[] = [];
    for (let row = Math.ceil(y - brush); row <= y + brush; row++)
      for (let column = Math.ceil(x - brush); column <= x + brush; column++)
        if (
          row >= 0 &&
          row < height &&
          column >= 0 &&
          column < width &&
          Math.hypot(row - y, column - x) <= brush
        )
          places.push(row * width + column);
    if (places.length > 0) onStroke(places, (colours[colour]?.values ?? []).slice(0, channels));
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
        {offered.map(({ label, css }, i) => (
          <button
            key={label}
            type="button"
            className={styles.colour}
            aria-label={label}
            aria-pressed={i === colour}
            style={{ background: css }}
            onClick={() => setColour(i)}
          />
        ))}
        <Button size="sm" onClick={onFile}>
          An image …
        </Button>
      </div>
    </section>
  );
}

/** A point of the plane that is wanted. */
function Target({
  size,
  onFind,
}: {
  readonly size: number;
  readonly onFind: (target: Float32Array) => void;
}) {
  const [texts, setTexts] = useState<readonly string[]>(() => Array.from({ length: size }, () => '0'));
  const values = texts.map(readNumber);
  return (
    <section className={styles.current} aria-label="Where it shall be">
      {texts.map((text, i) => (
        <label key={i} className={styles.number}>
          x{i + 1}
          <input
            className={fields.field}
            inputMode="decimal"
            value={text}
            aria-invalid={!Number.isFinite(values[i])}
            onChange={(event) => setTexts(texts.map((old, j) => (j === i ? event.target.value : old)))}
          />
        </label>
      ))}
      <Button
        size="sm"
        disabled={!values.every(Number.isFinite)}
        onClick={() => onFind(Float32Array.from(values))}
      >
        Find its noise
      </Button>
    </section>
  );
}
