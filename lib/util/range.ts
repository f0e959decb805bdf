/** 0, 1, … so many. */
export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
