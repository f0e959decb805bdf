import * as z from 'zod';

/**
 * The page's policy forbids eval; zod would try it once, for the first object that it describes, and be reported.
 * Imported before any of those is made.
 */
z.config({ jitless: true });
