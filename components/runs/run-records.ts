import { createRunRecords } from '@/lib/store/run-records';

/** Of this browser. */
export const runRecords = createRunRecords();
