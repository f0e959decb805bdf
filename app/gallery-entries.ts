import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GalleryEntry } from '@/components/gallery/entry';
import ring from '@/lib/examples/ring.json';

const documents = [['ring', ring]] as const;
export const galleryEntries = (): readonly GalleryEntry[] =>
  documents.map(([id, document]) => ({
    id,
    title: document.title,
    idea: document.about.split('. ')[0] ?? '',
    tags: ['2-D'],
    ...(existsSync(join(process.cwd(), 'public/examples', `${id}.png`)) && {
      picture: `/examples/${id}.png`,
    }),
  }));
