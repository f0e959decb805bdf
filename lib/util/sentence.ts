/** With one full stop, whatever a browser or a library puts at the end of its own words. */
export const asSentence = (text: string): string => `${text.replace(/[\s.]+$/, '')}.`;
