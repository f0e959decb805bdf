import { createSweeps } from '@/lib/store/sweeps';

/** Of this browser. */
export const keptSweeps = createSweeps();
