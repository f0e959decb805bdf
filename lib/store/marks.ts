/** What happened in a run, and when: shown on its timeline. Anything that sees a run may add one to its feed. */
export interface TimelineMark {
  readonly iteration: number;
  readonly type: 'edit' | 'failure' | 'backend' | 'note';
  /** One sentence, with its numbers. */
  readonly text: string;
  /** Takes the place of the last mark if that is about the same, as a value that is dragged. */
  readonly about?: string;
}

/** So many are kept; beyond, the oldest edits go first. */
const MOST_MARKS = 200;

/** In order of iterations, those of one in the order in which they came. */
export function withMark(marks: readonly TimelineMark[], mark: TimelineMark): readonly TimelineMark[] {
  const last = marks.at(-1);
  const isSame = mark.about !== undefined && last?.about === mark.about && last.type === mark.type;
  const others = isSame ? marks.slice(0, -1) : marks;
  const after = others.findIndex(({ iteration }) => iteration > mark.iteration);
  const all = others.toSpliced(after < 0 ? others.length : after, 0, mark);
  if (all.length <= MOST_MARKS) return all;
  const edit = all.findIndex(({ type }) => type === 'edit');
  return all.toSpliced(Math.max(0, edit), 1);
}
