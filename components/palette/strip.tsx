import { Sign } from '@/components/ui/sign';
import { Tooltip } from '@/components/ui/tooltip';
import { registry } from '@/lib/nodes/registry';
import styles from './palette.module.css';

const categories = [...new Set(registry.map(({ category }) => category))];

/** The palette while it is folded: the sign of each category, which opens it there. */
export function Strip({ onOpen }: { readonly onOpen: (category: string) => void }) {
  return (
    <nav className={styles.strip} aria-label="Palette">
      {categories.map((category) => (
        <Tooltip key={category} label={category} side="right">
          <button
            type="button"
            className={styles.open}
            aria-label={category}
            onClick={() => onOpen(category)}
          >
            <Sign category={category} paths={undefined} />
          </button>
        </Tooltip>
      ))}
    </nav>
  );
}
