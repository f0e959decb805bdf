import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useSession, useStores } from '@/components/hooks/stores';
import { IconButton } from '@/components/ui/icon-button';
import { Select } from '@/components/ui/select';
import type { LayerFigure } from '@/lib/compile/tf/layer-figures';
import { formatCount } from '@/lib/util/format-count';
import { useLive } from './live';
import styles from './tint.module.css';
import { tintScales } from './tint-scale';

const options = (Object.keys(tintScales) as LayerFigure[]).map((value) => ({
  value,
  label: tintScales[value].title,
}));

/** Computed anew from a snapshot, as X-rays of the past are. */
const sayPast = (iteration: number | undefined): string =>
  iteration === undefined ? 'not known of then' : `of iteration ${formatCount(iteration)}`;

/** What the colours of layers mean, and by which number they are. */
export function TintLegend() {
  const { session } = useStores();
  const figure = useSession((state) => state.tint);
  const live = useLive();
  const [past, setPast] = useState<string>();
  useEffect(() => live.watchRun((run) => setPast(run?.isPast ? sayPast(run.tintedAt) : undefined)), [live]);
  if (!figure) return null;
  const { help, powers, say } = tintScales[figure];
  const [least, most] = powers;
  const ticks = [least, (least + most) / 2, most];
  return (
    <section className={styles.legend} aria-label="Colours of layers" title={help}>
      <Select
        size="sm"
        label="Colour layers by"
        value={figure}
        options={options}
        onChange={(tint) => session.setState({ tint })}
      />
      {past ? <p className={styles.past}>{past}</p> : null}
      <div className={styles.scale}>
        <div className={styles.bar} />
        <div className={styles.powers}>
          {ticks.map((power) => (
            <span key={power}>{say(10 ** power)}</span>
          ))}
        </div>
      </div>
      <IconButton
        icon={X}
        size="sm"
        label="No colours of layers"
        onClick={() => session.setState({ tint: undefined })}
      />
    </section>
  );
}
