/** A category in an address: `batch-statistics`. */
export const slug = (category: string): string => category.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
