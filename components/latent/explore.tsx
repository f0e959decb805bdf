import { useMemo, useState } from 'react';
import { useTrainingStore } from '@/components/dock/training-context';
import { usePlain } from '@/components/hooks/use-checked';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { nameOf } from '@/lib/check/names';
import type { Plan } from '@/lib/compile/plan';
import { splitEndpoint } from '@/lib/graph/schema';
import { hasFeatures } from '@/lib/train/nearest-examples';
import { formatCount } from '@/lib/util/format-count';
import { range } from '@/lib/util/range';
import { Classes } from './classes';
import styles from './latent-panel.module.css';
import { isOnPlane } from './sample-field';
import { Slider } from './slider';
import { type Sample, Tile } from './tile';
import { same, type ToolProps } from './tool';
import { askRun } from './use-generator';
import { FEW, type Latent, type Point, pointOf, useDirections, useMade } from './use-latent';
import { useLatest } from './use-latest';

const SPAN = 3;

/** One sample, moved along directions and codes and drawn towards the mean; the training example nearest to it. */
export function Explore({ plan, of, latent, weights, origin, onOrigin, grid }: ToolProps) {
  const checked = usePlain();
  const nodeName = (key: string) => nameOf(checked, splitEndpoint(key).id);
  const directions = useDirections(of, latent, weights);
  const [moves, setMoves] = useState<readonly number[]>([]);
  const [truncation, setTruncation] = useState(1);
  const point = useMemo(
    () => ({ ...origin, z: moved(latent, origin.z, directions, moves, truncation) }),
    [latent, origin, directions, moves, truncation],
  );
  const points = useMemo(() => [point], [point]);
  const [current] = useMade(of, latent.at, weights, points);
  const pick = (index: number) => {
    setMoves([]);
    onOrigin(pointOf(latent, index));
  };
  const setRest = (key: string, values: Float32Array) =>
    onOrigin({ ...origin, rest: { ...origin.rest, [key]: values } });
  return (
    <div className={styles.columns}>
      {grid({ onPick: pick, isPressed: (i) => same(latent.noise[i], origin.z), current })}
      <section className={styles.current} aria-label="The sample">
        {current && !isOnPlane(current.dims) ? <Tile of={current} label="The sample" /> : null}
        {current ? <NearestExample plan={plan} of={current} /> : null}
      </section>
      <section className={styles.sliders} aria-label="Where it lies">
        {directions.map((_, k) => (
          <Slider
            key={k}
            label={latent.size <= FEW ? `z${k + 1}` : `Direction ${k + 1}`}
            value={moves[k] ?? 0}
            low={-SPAN}
            high={SPAN}
            onChange={(value) =>
              setMoves(range(directions.length).map((i) => (i === k ? value : (moves[i] ?? 0))))
            }
          />
        ))}
        {latent.codes.flatMap(({ key, size, extent: [low, high] }) =>
          range(size).map((i) => (
            <Slider
              key={`${key} ${i}`}
              label={size > 1 ? `${nodeName(key)} ${i + 1}` : nodeName(key)}
              value={origin.rest[key]?.[i] ?? 0}
              low={low}
              high={high}
              onChange={(value) =>
                setRest(
                  key,
                  (origin.rest[key] ?? new Float32Array(size)).map((old, j) => (i === j ? value : old)),
                )
              }
            />
          )),
        )}
        <Classes latent={latent} origin={origin} onOrigin={onOrigin} />
        <Slider label="Truncation ψ" value={truncation} low={0} high={1} onChange={setTruncation} />
        <Button
          size="sm"
          onClick={() => {
            setMoves([]);
            setTruncation(1);
          }}
        >
          Back to the origin
        </Button>
      </section>
    </div>
  );
}

/** m + ψ (z + Σ sₖ dₖ - m) */
function moved(
  { mean }: Latent,
  z: Point['z'],
  directions: readonly Float32Array[],
  moves: readonly number[],
  truncation: number,
): Float32Array {
  return z.map((value, i) => {
    const to = directions.reduce((sum, step, k) => sum + (moves[k] ?? 0) * (step[i] as number), value);
    const middle = mean[i] as number;
    return middle + truncation * (to - middle);
  });
}

const measures = [
  { value: 'numbers', label: 'By numbers' },
  { value: 'features', label: 'By features' },
] as const;

/**
 * The training example that is nearest: whether the generator has learned examples by heart. Number by number, or in
 * the features of a classifier of the data, which do not mind a pixel's shift.
 */
function NearestExample({ plan, of }: { readonly plan: Plan; readonly of: Sample }) {
  const training = useTrainingStore();
  const [chosen, setBy] = useState<'numbers' | 'features'>('numbers');
  const isSeen = useMemo(() => hasFeatures(plan, of.dims), [plan, of.dims]);
  const by = isSeen ? chosen : 'numbers';
  const ask = useMemo(
    () => () => askRun(training, { type: 'nearest', samples: of.data, dims: of.dims, by }),
    [training, of, by],
  );
  const { value } = useLatest(ask);
  if (!value) return null;
  const example = { dims: of.dims, data: value.examples };
  return (
    <>
      <figure className={styles.nearest}>
        {isOnPlane(of.dims) ? null : <Tile of={example} label="The nearest training example" />}
        <figcaption>
          Nearest of {formatCount(value.compared)} training examples: {value.distances[0]?.toFixed(3)} away
          {isOnPlane(of.dims)
            ? `, at ${Array.from(value.examples, (each) => each.toFixed(2)).join(', ')}`
            : ''}
        </figcaption>
      </figure>
      {isSeen && !isOnPlane(of.dims) ? (
        <Select size="sm" label="Nearest" value={by} onChange={setBy} options={measures} />
      ) : null}
    </>
  );
}
