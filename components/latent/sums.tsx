import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Classes } from './classes';
import styles from './latent-panel.module.css';
import { isOnPlane } from './sample-field';
import { Tile } from './tile';
import type { ToolProps } from './tool';
import { useMade } from './use-latent';

const sets = ['a', 'b', 'c'] as const;
type SetName = (typeof sets)[number];

/** a − b + c, each the mean of the noise of some samples (Radford et al. 2016). */
export function Sums({ of, latent, weights, origin, onOrigin, grid }: ToolProps) {
  const [active, setActive] = useState<SetName>('a');
  const [members, setMembers] = useState<ReadonlyMap<number, SetName>>(new Map());
  const counts = (name: SetName) => [...members.values()].filter((each) => each === name).length;
  const isWhole = sets.every((name) => counts(name) > 0);
  const points = useMemo(() => {
    if (!isWhole) return [];
    const mean = (name: SetName, i: number) => {
      const rows = [...members].filter(([, each]) => each === name).map(([index]) => latent.noise[index]);
      return rows.reduce((sum, row) => sum + (row?.[i] ?? 0), 0) / rows.length;
    };
    const z = origin.z.map((_, i) => mean('a', i) - mean('b', i) + mean('c', i));
    return [{ z, rest: origin.rest }];
  }, [isWhole, members, latent, origin]);
  const [result] = useMade(of, latent.at, weights, points);
  const toggle = (index: number) => {
    const next = new Map(members);
    if (next.get(index) === active) next.delete(index);
    else next.set(index, active);
    setMembers(next);
  };
  return (
    <div className={styles.columns}>
      {grid({
        onPick: toggle,
        isPressed: (i) => members.has(i),
        mark: (i) => members.get(i),
        ...(isWhole && { current: result }),
      })}
      <section className={styles.wide} aria-label="a − b + c">
        {/* biome-ignore lint/a11y/useSemanticElements: buttons that choose a set, not a form's fields */}
        <div role="group" aria-label="Set" className={styles.tools}>
          {sets.map((name) => (
            <button
              key={name}
              type="button"
              className={styles.tool}
              aria-pressed={active === name}
              onClick={() => setActive(name)}
            >
              {name} · {counts(name)}
            </button>
          ))}
        </div>
        <p className={styles.words}>
          {isWhole
            ? 'a − b + c, of the means of their noise:'
            : 'Choose a set and press the samples that belong to it: a − b + c of the means of their noise.'}
        </p>
        {isWhole && result && !isOnPlane(result.dims) ? (
          <div className={styles.result}>
            <Tile of={result} label="a − b + c" />
          </div>
        ) : null}
        <Classes latent={latent} origin={origin} onOrigin={onOrigin} />
        <div className={styles.row}>
          <Button size="sm" disabled={!isWhole} onClick={() => points[0] && onOrigin(points[0])}>
            Make it the origin
          </Button>
          <Button size="sm" disabled={members.size === 0} onClick={() => setMembers(new Map())}>
            Clear
          </Button>
        </div>
      </section>
    </div>
  );
}
