/** What went wrong, for the middle of a sentence. Of a storage that is full browsers say no more than the name. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return error.name === 'QuotaExceededError' ? 'its storage is full' : error.name;
}
