'use client';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useSession, useStores } from '@/components/hooks/stores';
import { Button } from '@/components/ui/button';
import styles from './tour.module.css';
import { rememberTour } from './tour-memory';

interface Stop {
  readonly title: string;
  readonly words: string;
  /** What it is about, as a selector; the first that is on the page. */
  readonly at: string;
}

const stops: readonly Stop[] = [
  {
    title: 'The canvas',
    words:
      'A game of networks, losses and optimizers, as a graph. Frames are networks, the cards around them are the game. A wire says which shape it carries.',
    at: '[aria-label="Canvas"]',
  },
  {
    title: 'The palette',
    words: 'Every kind of node. Drag one onto the canvas, or onto a wire; / searches where you are.',
    at: '[aria-label="Palette"]',
  },
  {
    title: 'Train',
    words:
      'Space plays and pauses, a full stop makes one iteration. Rates and weights may be changed meanwhile.',
    at: '[data-testid="play"]',
  },
  {
    title: 'What it learns',
    words: 'Curves, samples and metrics here; X-ray shows what any wire carries, forwards and back.',
    at: '[aria-label="Training"] [aria-label="Dock"]',
  },
  {
    title: 'When it fails',
    words: 'Problems says what went wrong, with numbers, and offers changes. Each of them can be undone.',
    at: '[aria-label="Training"] [aria-label="Dock"]',
  },
  {
    title: 'Pass it on',
    words: 'Share makes a link that holds the whole graph. Nothing leaves the browser before that.',
    at: 'header button[class*="primary"]',
  },
];

/** Six stops, each beside what it is about; skipped or walked through, it is not offered again. */
export function Tour() {
  const { session } = useStores();
  const at = useSession((state) => state.tour);
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number }>();
  const stop = at === undefined ? undefined : stops[at];
  useLayoutEffect(() => {
    if (!stop) return;
    const target = document.querySelector<HTMLElement>(stop.at);
    const follow = () => setPlace(beside(target, card.current));
    follow();
    target?.setAttribute('data-toured', '');
    window.addEventListener('resize', follow);
    return () => {
      target?.removeAttribute('data-toured');
      window.removeEventListener('resize', follow);
    };
  }, [stop]);
  useEffect(() => {
    if (stop) card.current?.focus();
  }, [stop]);
  if (at === undefined || !stop) return null;
  const go = (next: number | undefined) => session.setState({ tour: next });
  const end = () => {
    rememberTour();
    go(undefined);
  };
  const isLast = at === stops.length - 1;
  return (
    <section
      ref={card}
      className={styles.card}
      style={place}
      aria-label="Tour"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        end();
      }}
    >
      <h2 className={styles.title}>{stop.title}</h2>
      <p className={styles.words} aria-live="polite">
        {stop.words}
      </p>
      <div className={styles.foot}>
        <span className={styles.count}>
          {at + 1} of {stops.length}
        </span>
        {isLast ? null : (
          <Button size="sm" variant="ghost" onClick={end}>
            Skip
          </Button>
        )}
        {at > 0 ? (
          <Button size="sm" onClick={() => go(at - 1)}>
            Back
          </Button>
        ) : null}
        <Button size="sm" variant="primary" onClick={() => (isLast ? end() : go(at + 1))}>
          {isLast ? 'Done' : 'Next'}
        </Button>
      </div>
    </section>
  );
}

const GAP = 12;

/** Above or below what it is about, within the window; in the middle of what is large. */
function beside(target: HTMLElement | null, card: HTMLElement | null) {
  const { innerWidth: width, innerHeight: height } = window;
  const [w, h] = [card?.offsetWidth ?? 300, card?.offsetHeight ?? 150];
  const box = target?.getBoundingClientRect();
  if (!box) return { left: (width - w) / 2, top: (height - h) / 2 };
  const within = (value: number, most: number) => Math.max(GAP, Math.min(value, most - GAP));
  const isLarge = box.height > height / 3;
  const below = box.bottom + GAP + h < height ? box.bottom + GAP : box.top - GAP - h;
  const middle = box.top + (box.height - h) / 2;
  const left = isLarge && box.width < width / 3 ? box.right + GAP : box.left + (box.width - w) / 2;
  return { left: within(left, width - w), top: within(isLarge ? middle : below, height - h) };
}
