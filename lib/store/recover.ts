import type { Graph } from '@/lib/graph/schema';
import { asRecovered } from './copied';
import type { Documents } from './documents';
import type { Rescue } from './rescue';

interface Options {
  readonly documents: Documents;
  readonly rescue: Rescue;
  readonly now: () => number;
  readonly newId: () => string;
  /** The document has changed since: what was left is kept beside it. */
  readonly copied: (from: Graph, to: Graph) => void;
}

/** Gives the documents what pages that closed could only leave beside them. */
export async function recover({ documents, rescue, now, newId, copied }: Options): Promise<void> {
  for (const { write, remove } of rescue.all()) {
    if (write && !(await documents.save({ ...write, savedAt: now(), isWorked: true }))) {
      const graph = asRecovered(write.graph);
      const own = { id: newId(), revision: newId(), replaces: [] };
      await documents.save({ ...own, graph, savedAt: now(), isWorked: true });
      copied(write.graph, graph);
    }
    remove();
  }
}
