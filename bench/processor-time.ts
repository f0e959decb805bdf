/** Milliseconds that this process has computed for, which other programs do not change; only Node measures it. */
export function processorNow(): number | undefined {
  if (typeof process === 'undefined' || !process.cpuUsage) return undefined;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The same, of some work in Node. */
export async function processorTime(work: () => Promise<void>): Promise<number> {
  const before = processorNow() ?? 0;
  await work();
  return (processorNow() ?? 0) - before;
}
