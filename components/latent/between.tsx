import { useMemo, useState } from 'react';
import { useSame } from '@/components/hooks/use-same';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { type Path, pointsBetween } from '@/lib/train/between';
import styles from './latent-panel.module.css';
import { isOnPlane } from './sample-field';
import { Tile } from './tile';
import { same, samePoint, type ToolProps } from './tool';
import { type Point, pointOf, useMade } from './use-latent';

const STEPS = 9;

/** From the origin to another sample, as a strip. */
export function Between({ of, latent, weights, origin, onOrigin, grid }: ToolProps) {
  const [chosen, setEnd] = useState<Point>();
  const [path, setPath] = useState<Path>('spherical');
  const end = useSame(chosen ?? pointOf(latent, 1), samePoint);
  const points = useMemo(() => pointsBetween(origin, end, STEPS, path), [origin, end, path]);
  const strip = useMade(of, latent.at, weights, points);
  const [first] = strip;
  return (
    <div className={styles.columns}>
      {grid({
        onPick: (i) => setEnd(pointOf(latent, i)),
        isPressed: (i) => same(latent.noise[i], end.z),
        mark: (i) => (same(latent.noise[i], origin.z) ? 'A' : same(latent.noise[i], end.z) ? 'B' : undefined),
        path: strip,
      })}
      <section className={styles.wide} aria-label="From A to B">
        <p className={styles.words}>
          From A, the origin, to B: press a sample to make it B.
          {latent.classes.length > 0 ? ' Between two classes labels are mixed.' : ''}
        </p>
        {first && !isOnPlane(first.dims) ? (
          <div className={styles.strip}>
            {strip.map((sample, i) => (
              <Tile key={i} of={sample} label={`Step ${i + 1} of ${STEPS}`} />
            ))}
          </div>
        ) : null}
        <div className={styles.row}>
          <Select
            size="sm"
            label="Path"
            value={path}
            onChange={setPath}
            options={[
              { value: 'spherical', label: 'Along the arc' },
              { value: 'linear', label: 'Along the line' },
            ]}
          />
          <Button size="sm" onClick={() => onOrigin(end)}>
            Make B the origin
          </Button>
        </div>
      </section>
    </div>
  );
}
