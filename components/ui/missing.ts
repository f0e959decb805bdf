import { createStore } from 'zustand/vanilla';
import { showToast } from './toast';

/** Code that could not be fetched, and how to fetch it again. */
export interface Missing {
  /** As in a list: "the file menu". */
  readonly name: string;
  readonly retry: () => void;
}

/** Parts that have no place of their own to say it; missing-notice.tsx names them. */
export const missingStore = createStore<{ readonly parts: readonly Missing[] }>(() => ({ parts: [] }));

export function addMissing(part: Missing): void {
  missingStore.setState(({ parts }) => ({ parts: [...parts, part] }));
}

export function removeMissing(part: Missing): void {
  missingStore.setState(({ parts }) => ({ parts: parts.filter((other) => other !== part) }));
}

/** The bundler's name for it. After a failure an import fetches anew. */
export const isFetchError = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ChunkLoadError';

export const notFetched = 'The server or the network does not answer.';

/**
 * Code that an action needs. Where it cannot be fetched a message says so and offers to try again; the action goes on
 * when that succeeds.
 */
export async function needed<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isFetchError(error)) throw error;
    return new Promise((resolve, reject) =>
      showToast({
        title: `${name} could not be fetched`,
        description: notFetched,
        tone: 'error',
        duration: Number.POSITIVE_INFINITY,
        action: { label: 'Try again', onSelect: () => needed(name, load).then(resolve, reject) },
      }),
    );
  }
}
