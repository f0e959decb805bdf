/**
 * How well a search fits: 1 for the title's first word, less for the beginning of it, of another word, a part, an
 * alias; 0 for nothing. All words of the search must be found.
 */
export function fuzzyScore(value: string, search: string, keywords: readonly string[] = []): number {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const title = value.toLowerCase();
  const others = keywords.map((keyword) => keyword.toLowerCase());
  const scores = words.map((word) => scoreWord(title, word, others));
  return words.length === 0 ? 1 : scores.includes(0) ? 0 : Math.min(...scores);
}

function scoreWord(title: string, word: string, others: readonly string[]): number {
  if (title.startsWith(word)) return `${title} `[word.length] === ' ' ? 1 : 0.95;
  if (startsWord(title, word)) return 0.9;
  if (others.some((other) => other === word)) return 0.8;
  if (title.includes(word)) return 0.7;
  if (others.some((other) => startsWord(other, word))) return 0.6;
  return others.some((other) => other.includes(word)) ? 0.4 : 0;
}

const startsWord = (text: string, word: string): boolean =>
  text.split(/[\s\-()]+/).some((part) => part.startsWith(word));
