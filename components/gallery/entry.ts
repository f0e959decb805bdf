/** A system as the gallery shows it. */
export interface GalleryEntry {
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly idea: string;
  readonly paper?: { readonly label: string; readonly url: string };
  /** What it can be filtered by: `2-D`, `images`. */
  readonly tags: readonly string[];
  /** Of real samples, made by the command line; absent until it is there. */
  readonly picture?: string;
}

/** Entries with the tag (any, if undefined) in which every word of the query occurs. */
export function filterEntries(
  entries: readonly GalleryEntry[],
  query: string,
  tag: string | undefined,
): readonly GalleryEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (tag !== undefined && !entry.tags.includes(tag)) return false;
    const text = [entry.id, entry.title, entry.idea, entry.paper?.label ?? '', ...entry.tags]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
