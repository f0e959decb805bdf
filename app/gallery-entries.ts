import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GalleryEntry } from '@/components/gallery/entry';
import { examples } from '@/lib/examples/catalogue';

/** The examples as the gallery shows them, each with its picture where the command line has made one. */
export const galleryEntries = (): readonly GalleryEntry[] =>
  examples.map(({ id, idea, paper, tags, document }) => {
    const picture = `/examples/${id}.png`;
    const isMade = existsSync(join(process.cwd(), 'public', picture));
    return { id, title: document.title, idea, paper, tags, ...(isMade && { picture }) };
  });
