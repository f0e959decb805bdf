import { useEffect, useMemo, useRef, useState } from 'react';
import { useTrainingStore } from '@/components/dock/training-context';
import { pickFiles } from '@/components/share/local-files';
import { Button } from '@/components/ui/button';
import fields from '@/components/ui/text-field.module.css';
import type { SampleRequest } from '@/lib/compile/tf/make-samples';
import { imageDims } from '@/lib/data/files/import-options';
import { longestOf, startNear } from '@/lib/train/find-noise';
import { PROBED } from '@/lib/train/sample-set';
import { readNumber } from '@/lib/util/read-number';
import { Classes } from './classes';
import { Easel } from './easel';
import styles from './latent-panel.module.css';
import { readImage } from './read-image';
import { isOnPlane } from './sample-field';
import { Tile } from './tile';
import { same, type ToolProps } from './tool';
import { askRun } from './use-generator';
import { pointOf, useMade } from './use-latent';
import { distanceTo, type Goal, useSearch } from './use-search';

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
  const { found, problem, aim, clear } = useSearch(of, latent.at, weights, origin);
  const sample = found?.sample ?? made;
  const image = sample && imageDims(sample.dims);
  /** Strokes follow each other faster than the page is drawn. */
  const painted = useRef<{ target: Float32Array; mask: Float32Array } | undefined>(undefined);
  const [wanted, setWanted] = useState<Goal>();
  /** Where the search for an image or a point began. */
  const [begun, setBegun] = useState<string>();
  const [isAnyLength, setAnyLength] = useState(false);
  const within = useMemo(() => longestOf(latent.noise), [latent]);
  const limited = (goal: Goal, isFree = isAnyLength): Goal => (isFree ? goal : { ...goal, within });
  const forget = () => {
    painted.current = undefined;
    setWanted(undefined);
    setBegun(undefined);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: strokes belong to the origin that they were made on
  useEffect(forget, [origin]);

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
    const goal = { target: target.slice(), mask: mask.slice() };
    setWanted(goal);
    setBegun(undefined);
    aim(limited(goal));
  };

  const find = async (target: Float32Array) => {
    const make = (request: SampleRequest) => askRun(training, { type: 'samples', ...request });
    const start = await startNear(make, plan, { of, at: latent.at, target, weights });
    painted.current = undefined;
    setWanted({ target });
    setBegun(
      `Begun at ${start.by === 'encoder' ? 'what the encoder makes of it' : `the nearest of ${PROBED.length} samples`}, ${start.distance.toFixed(3)} away.`,
    );
    aim(limited({ target }), start);
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
      {sample && image ? <Easel sample={sample} image={image} onStroke={stroke} /> : null}
      {sample && isOnPlane(sample.dims) ? (
        <Target size={sample.data.length} onFind={(target) => attempt(find(target))} />
      ) : null}
      <section className={styles.sliders} aria-label="What was found">
        {sample && image && wanted ? (
          <figure className={styles.nearest}>
            <Tile of={{ dims: sample.dims, data: wanted.target }} label="What is wanted" />
            <figcaption>
              What is wanted{wanted.mask ? '; where nothing was painted, it counts little' : ''}.
            </figcaption>
          </figure>
        ) : null}
        <p className={styles.words}>
          {found
            ? `${found.distance.toFixed(3)} from what is wanted, on average${made && wanted ? `; ${distanceTo(wanted, made.data).toFixed(3)} at the origin` : ''}.${begun ? ` ${begun}` : ''}`
            : image
              ? 'Paint on the sample, or choose an image: the noise is moved until its sample comes near to that.'
              : 'The noise is moved until its sample comes near to what is wanted.'}
        </p>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={isAnyLength}
            onChange={({ target: { checked } }) => {
              setAnyLength(checked);
              if (wanted) aim(limited(wanted, checked));
            }}
          />
          Noise of any length: nearer, but less like the data
        </label>
        {(fault ?? problem) ? <p className={styles.problem}>{fault ?? problem}</p> : null}
        <Classes latent={latent} origin={found?.point ?? origin} onOrigin={onOrigin} />
        <div className={styles.row}>
          {image ? (
            <Button size="sm" onClick={() => attempt(pick())}>
              An image …
            </Button>
          ) : null}
          <Button size="sm" disabled={!found} onClick={() => found && onOrigin(found.point)}>
            Make it the origin
          </Button>
          <Button
            size="sm"
            disabled={!found && !wanted}
            onClick={() => {
              forget();
              clear();
            }}
          >
            Clear
          </Button>
        </div>
      </section>
    </div>
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
