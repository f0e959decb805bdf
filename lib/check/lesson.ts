/**
 * A lesson is a document's text. In it a line `- [ ] Words. \`condition\`` is a step that knows when it is done, and a line
 * `Change: \`node.parameter\`, ...` names the parameters that a class may change, or nodes whose kind it may. Everything
 * else is Markdown.
 */
export interface Lesson {
  /** The text without steps and parameters. */
  readonly text: string;
  readonly steps: readonly LessonStep[];
  /** `node.parameter`, or `node` for its kind, as marked. */
  readonly marked: readonly string[];
}

export interface LessonStep {
  readonly words: string;
  readonly conditions: readonly Condition[];
}

/** `quality.modes >= 8`, `loss = loss-hinge`: what is named, compared with a number or a word. */
interface Condition {
  readonly name: string;
  readonly is: (typeof comparisons)[number];
  readonly value: number | string;
}

/** What a name stands for now: a metric's result, a parameter, a count; undefined where nothing is known yet. */
export type Known = (name: string) => number | string | undefined;

const comparisons = ['>=', '<=', '!=', '<', '>', '='] as const;
const stepLine = /^[-*] \[[ x]\] (.+?)(?:\s*`([^`]+)`)?\s*$/;
const changeLine = /^Change:((?:\s*`[^`]+`[,.]?)+)\s*$/;

export function readLesson(about: string): Lesson {
  const steps: LessonStep[] = [];
  const marked: string[] = [];
  const text = about
    .split('\n')
    .filter((line) => {
      const [, words, condition] = stepLine.exec(line) ?? [];
      const conditions = condition === undefined ? undefined : readConditions(condition);
      if (words && conditions) steps.push({ words, conditions });
      const [, names] = changeLine.exec(line) ?? [];
      for (const [, name] of names?.matchAll(/`([^`]+)`/g) ?? []) marked.push(name as string);
      return !(words && conditions) && !names;
    })
    .join('\n');
  return { text, steps, marked };
}

/** Conditions joined by `and`; undefined where one of them is none. */
function readConditions(text: string): readonly Condition[] | undefined {
  const conditions = text.split(' and ').map((part): Condition | undefined => {
    const is = comparisons.find((comparison) => part.includes(` ${comparison} `));
    const [name, value] = is ? part.split(` ${is} `).map((side) => side.trim()) : [];
    if (!is || !name || !value) return undefined;
    return { name, is, value: Number.isNaN(Number(value)) ? value : Number(value) };
  });
  return conditions.every((condition) => condition !== undefined) ? conditions : undefined;
}

/** Whether all conditions of a step hold. */
export const isDone = ({ conditions }: LessonStep, known: Known): boolean =>
  conditions.every(({ name, is, value }) => {
    const now = known(name);
    if (now === undefined) return false;
    if (is === '=') return now === value;
    if (is === '!=') return now !== value;
    if (typeof now !== 'number' || typeof value !== 'number') return false;
    return { '>=': now >= value, '<=': now <= value, '<': now < value, '>': now > value }[is];
  });

/** How many steps are done now, where so many were: one after another, and for good. */
export function countDone(steps: readonly LessonStep[], before: number, known: Known): number {
  let done = before;
  for (let step = steps[done]; step && isDone(step, known); step = steps[done]) done++;
  return done;
}
