/** Milliseconds that this process has computed for, all its threads together: a busy machine does not add to them. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
