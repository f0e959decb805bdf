import { safeStorage } from '@/lib/store/kept-runs';

const KEY = 'ganvas-tour';

/** Skipped or walked through before, in this browser. */
export const isTourKnown = (): boolean => safeStorage().getItem(KEY) !== null;
export const rememberTour = (): void => safeStorage().setItem(KEY, 'known');
