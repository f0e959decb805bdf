/** A system as the gallery shows it. */
export interface GalleryEntry {
  readonly id: string;
  /** Its family's id. */
  readonly family: string;
  readonly title: string;
  /** One line. */
  readonly idea: string;
  readonly paper?: { readonly label: string; readonly url: string };
  /** Words on its card that it is also found by: `2-D`, `Wasserstein`. */
  readonly tags: readonly string[];
  /** Of real samples, made by the command line, for each theme; absent until it is there. */
  readonly picture?: { readonly light: string; readonly dark: string };
}

/** What entries have in common. */
export interface GalleryFamily {
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly idea: string;
}

/** Entries of the family (any, if undefined) in which every word of the query occurs. */
export function filterEntries(
  entries: readonly GalleryEntry[],
  query: string,
  family: string | undefined,
): readonly GalleryEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (family !== undefined && entry.family !== family) return false;
    const text = [entry.id, entry.family, entry.title, entry.idea, entry.paper?.label ?? '', ...entry.tags]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
