import { usePlain } from '@/components/hooks/use-checked';
import { Select } from '@/components/ui/select';
import { nameOf } from '@/lib/check/names';
import { splitEndpoint } from '@/lib/graph/schema';
import { oneHot } from '@/lib/train/sample-set';
import styles from './latent-panel.module.css';
import type { ToolProps } from './tool';

/** The class that is asked for at the origin; nothing where a generator takes none. */
export function Classes({ latent, origin, onOrigin }: Pick<ToolProps, 'latent' | 'origin' | 'onOrigin'>) {
  const checked = usePlain();
  return latent.classes.map(({ key, names }) => (
    <div key={key} className={styles.slider}>
      <span>Class</span>
      <Select
        size="sm"
        label={`Class, ${nameOf(checked, splitEndpoint(key).id)}`}
        value={String(origin.rest[key]?.indexOf(1) ?? 0)}
        options={names.map((name, i) => ({ value: String(i), label: name }))}
        onChange={(index) =>
          onOrigin({ ...origin, rest: { ...origin.rest, [key]: oneHot([Number(index)], names.length) } })
        }
      />
    </div>
  ));
}
