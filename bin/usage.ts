/** The user asked for something that cannot be done: reported on standard error, exit 2. */
export class UsageError extends Error {}
