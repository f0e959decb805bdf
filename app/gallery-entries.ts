import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GalleryEntry } from '@/components/gallery/entry';
import { examples } from '@/lib/examples/catalogue';

/** The examples as the gallery shows them, each with its picture where the command line has made one. */
export const galleryEntries = (): readonly GalleryEntry[] =>
  examples.map(({ id, family, idea, paper, tags, document }) => {
    const [light, dark] = ['', '-dark'].map((theme) => `/examples/${id}${theme}.png`);
    const picture = light && dark && [light, dark].every(isThere) && { light, dark };
    return { id, family, title: document.title, idea, paper, tags, ...(picture && { picture }) };
  });

const isThere = (path: string): boolean => existsSync(join(process.cwd(), 'public', path));
