/** What the palette remembers in this browser: folded categories, and what was put on the canvas last. */
export interface PaletteMemory {
  readonly folded: readonly string[];
  /** Keys of entries, the newest first. */
  readonly recent: readonly string[];
}

const KEY = 'ganvas-palette';
const MOST_RECENT = 5;
const none: PaletteMemory = { folded: [], recent: [] };

export const toggleFolded = (memory: PaletteMemory, category: string): PaletteMemory => ({
  ...memory,
  folded: memory.folded.includes(category)
    ? memory.folded.filter((one) => one !== category)
    : [...memory.folded, category],
});

export const remember = (memory: PaletteMemory, key: string): PaletteMemory => ({
  ...memory,
  recent: [key, ...memory.recent.filter((one) => one !== key)].slice(0, MOST_RECENT),
});

/** What another version or a hand wrote there is not trusted. */
export function readMemory(storage: () => Pick<Storage, 'getItem'>): PaletteMemory {
  try {
    const { folded, recent } = JSON.parse(storage().getItem(KEY) ?? '{}');
    return { folded: textsIn(folded), recent: textsIn(recent).slice(0, MOST_RECENT) };
  } catch {
    return none; // Storage may be forbidden; the palette then begins anew.
  }
}

export function writeMemory(storage: () => Pick<Storage, 'setItem'>, memory: PaletteMemory): void {
  try {
    storage().setItem(KEY, JSON.stringify(memory));
  } catch {
    // As above: not kept.
  }
}

const textsIn = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : [];
