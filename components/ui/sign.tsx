import {
  Boxes,
  Database,
  Dices,
  Eye,
  Footprints,
  Gauge,
  Layers,
  type LucideIcon,
  Scaling,
  Sigma,
  Spline,
  StickyNote,
  TrendingDown,
  Workflow,
} from 'lucide-react';
import { SIGN_SIZE, type SignPaths } from '@/lib/draw/sign';
import type { Category } from '@/lib/nodes/registry';
import { classes } from './classes';
import styles from './sign.module.css';

/** What stands for a category where a kind draws nothing of its own; boxes are blocks. */
const icons: Readonly<Record<Category, LucideIcon>> = {
  Sources: Database,
  Networks: Workflow,
  Layers,
  Activations: Spline,
  Normalisation: Scaling,
  'Batch statistics': Sigma,
  Probabilistic: Dices,
  Losses: TrendingDown,
  Optimizers: Footprints,
  Views: Eye,
  Metrics: Gauge,
  Notes: StickyNote,
};

/** The small drawing by which a kind is known: what it declares, else its category's. Decoration: a name is near. */
export function Sign(props: {
  readonly category: string;
  readonly paths: SignPaths | undefined;
  readonly className?: string | undefined;
}) {
  const { category, paths, className } = props;
  if (!paths) {
    const Icon = category === '' ? undefined : (icons[category as Category] ?? Boxes);
    return Icon ? (
      <Icon size={SIGN_SIZE - 2} strokeWidth={1.6} className={classes(styles.sign, className)} aria-hidden />
    ) : null;
  }
  return (
    <svg
      className={classes(styles.sign, className)}
      width={SIGN_SIZE}
      height={SIGN_SIZE}
      viewBox={`0 0 ${SIGN_SIZE} ${SIGN_SIZE}`}
      aria-hidden="true"
    >
      <path className={styles.faint} d={paths.faint} />
      <path className={styles.fill} d={paths.fill} />
      <path className={styles.line} d={paths.line} />
    </svg>
  );
}
