import type { Feed, Results } from './feed';
import type { KeptResults } from './kept-results';

/** What the feed shows, from one run to the next: kept with the checkpoint, recalled, set aside by a reset. */
export interface ShownResults {
  /** The run starts over. */
  setAside(): void;
  /** What was set aside is shown again, and what was shown is set aside. */
  exchange(documentId: string): void;
  /** A checkpoint was written: a page that opens shall show what this one does. */
  keep(documentId: string): void;
  /** Another document is open: what its run had shown, unless something newer is shown meanwhile. */
  recall(documentId: string): Promise<void>;
  /** Another document is open, of which no run is kept. */
  clear(): void;
}

export function createShownResults(feed: Feed, kept: KeptResults): ShownResults {
  let aside: Results | undefined;
  /** Counts what overtakes a recall. */
  let changes = 0;
  const clear = () => {
    changes++;
    aside = undefined;
    feed.clear();
  };
  return {
    clear,
    setAside() {
      changes++;
      const results = feed.results();
      if (results.losses.length > 0) aside = results;
      feed.clear();
    },
    exchange(documentId) {
      changes++;
      const results = feed.results();
      feed.clear();
      if (aside) feed.restore(aside);
      aside = results;
      void kept.save(documentId, feed.results());
    },
    keep(documentId) {
      void kept.save(documentId, feed.results());
    },
    async recall(documentId) {
      clear();
      const before = changes;
      const results = await kept.load(documentId);
      if (results && changes === before && feed.losses.names().length === 0) feed.restore(results);
    },
  };
}
