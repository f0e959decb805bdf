/** Whole numbers by cost: the least comes first. A binary heap. */
export function createQueue() {
  const keys: number[] = [];
  const costs: number[] = [];
  const isLess = (i: number, j: number): boolean => (costs[i] as number) < (costs[j] as number);
  const swap = (i: number, j: number) => {
    [keys[i], keys[j]] = [keys[j] as number, keys[i] as number];
    [costs[i], costs[j]] = [costs[j] as number, costs[i] as number];
  };
  return {
    push(key: number, cost: number): void {
      let i = keys.push(key) - 1;
      costs.push(cost);
      for (let up = (i - 1) >> 1; i > 0 && isLess(i, up); up = (i - 1) >> 1) {
        swap(i, up);
        i = up;
      }
    },
    pop(): number | undefined {
      if (keys.length === 0) return undefined;
      swap(0, keys.length - 1);
      const key = keys.pop();
      costs.pop();
      for (let i = 0; ; ) {
        let least = i;
        for (const child of [2 * i + 1, 2 * i + 2])
          if (child < costs.length && isLess(child, least)) least = child;
        if (least === i) return key;
        swap(i, least);
        i = least;
      }
    },
  };
}
