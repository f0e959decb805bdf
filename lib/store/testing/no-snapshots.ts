import type { SnapshotSource } from '../timeline';

/** For runs of which nothing is kept. */
export const noSnapshots: SnapshotSource = {
  list: async () => [],
  present: async () => undefined,
  frames: async () => undefined,
  open: async () => ({ ok: false, reason: 'none' }),
  branch: async () => {},
};
