/** What was read off one sample. */
interface Reading {
  /** Per attribute the index of its value, or -1. */
  readonly values: readonly number[];
  readonly fit: number;
  readonly legal: boolean;
  readonly text?: string;
}

/** What samples are, as their data set reads them, and how far that is what was asked for. */
interface AttributeFigures {
  /** Share of samples that could be of the data set. */
  readonly legal: number;
  /** Mean of how near they come. */
  readonly fit: number;
  /** Share of samples with every attribute as asked. */
  readonly all?: number;
  /** The attribute that is least often as asked: how often it is. */
  readonly worst?: number;
  /** The rarest value of any attribute: its share times the number of values, so that 1 is as often as the others. */
  readonly least?: number;
  /** How many different legal samples there are. */
  readonly distinct?: number;
}

/** `sizes`: how many values each attribute has. `asked`: per sample the values wanted, -1 for none. */
export function attributeFigures(
  readings: readonly Reading[],
  sizes: readonly number[],
  asked?: readonly (readonly number[])[],
): AttributeFigures {
  const rows = readings.length;
  const shareOf = (holds: (reading: Reading, row: number) => boolean) => readings.filter(holds).length / rows;
  const isAsked = (attribute: number) => (reading: Reading, row: number) => {
    const wanted = asked?.[row]?.[attribute] ?? -1;
    return wanted >= 0 && reading.values[attribute] === wanted;
  };
  const shares = sizes.flatMap((size, attribute) =>
    Array.from({ length: size }, (_, k) => size * shareOf(({ values }) => values[attribute] === k)),
  );
  const texts = readings.flatMap(({ legal, text }) => (legal && text !== undefined ? [text] : []));
  const attributes = sizes.map((_, attribute) => isAsked(attribute));
  return {
    legal: shareOf(({ legal }) => legal),
    fit: readings.reduce((sum, { fit }) => sum + fit, 0) / rows,
    ...(asked && {
      all: shareOf((reading, row) => attributes.every((holds) => holds(reading, row))),
      worst: Math.min(...attributes.map(shareOf)),
    }),
    ...(shares.length > 0 && { least: Math.min(...shares) }),
    ...(readings.some(({ text }) => text !== undefined) && { distinct: new Set(texts).size }),
  };
}

/** One-hot groups side by side as values per row and group; -1 where a group says nothing finite. */
export function valuesOfGroups(labels: Float32Array, sizes: readonly number[]): number[][] {
  const width = sizes.reduce((sum, size) => sum + size, 0);
  return Array.from({ length: labels.length / width }, (_, row) => {
    let from = row * width;
    return sizes.map((size) => {
      const group = labels.subarray(from, from + size);
      from += size;
      if (!group.every(Number.isFinite)) return -1;
      return group.reduce((best, value, k) => (value > (group[best] as number) ? k : best), 0);
    });
  });
}
