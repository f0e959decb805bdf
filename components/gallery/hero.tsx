import { ArrowRight, Plus } from 'lucide-react';
import Link from 'next/link';
import buttonStyles from '../ui/button.module.css';
import { classes } from '../ui/classes';
import styles from './hero.module.css';

/** What it is, in one sentence, and where to begin. */
export function Hero({ first }: { readonly first: string }) {
  const button = (variant: string | undefined) => classes(buttonStyles.button, variant, styles.button);
  return (
    <section className={styles.hero} aria-labelledby="claim">
      <h1 id="claim" className={styles.claim}>
        <span>Wire up a GAN.</span> <span>Press play.</span> <span>Watch it learn.</span>
      </h1>
      <p className={styles.sentence}>
        Ganvas is a canvas for generative adversarial networks: compose networks, losses and optimizers into a
        game, train it here in the browser on your own machine, and share the whole experiment as a link.
      </p>
      <p className={styles.actions}>
        <Link href={`/edit?example=${first}`} className={button(buttonStyles.primary)} prefetch={false}>
          Open the ring
          <ArrowRight size={16} aria-hidden />
        </Link>
        <Link href="/edit?new" className={button(buttonStyles.secondary)} prefetch={false}>
          <Plus size={16} aria-hidden />
          Blank canvas
        </Link>
      </p>
    </section>
  );
}
