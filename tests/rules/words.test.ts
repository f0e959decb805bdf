import { expect, test } from 'vitest';
import { readSources, type SourceFile } from './source-files';

/**
 * Names, comments, messages and documents use plain words and the field's own: docs/glossary.md says which. Here
 * are words that meant something to their authors alone, with what to write instead.
 */
const privateWords: Readonly<Record<string, string>> = {
  adopt: 'open, take over',
  adopted: 'opened, taken over',
  adopts: 'opens, takes over',
  astray: 'unseen, misplaced',
  attic: 'removed weights',
  lands: 'is written, ends',
  lit: 'highlighted',
  manieth: 'occurrence, n-th',
  mend: 'fix',
  mended: 'fixed',
  mending: 'fixing',
  mends: 'fixes',
  misfit: 'wire problem',
  misfits: 'wire problems',
  standing: 'state, position',
  stray: 'misplaced, outlier',
  strays: 'misplaced, outliers',
  tell: 'report, notify, say, distinguish',
  telling: 'reporting, informative',
  tells: 'reports, says, distinguishes',
  told: 'reported, given, asked',
};

/** The same for words that are plain one by one; in names their parts follow each other. */
const privatePairs: Readonly<Record<string, string>> = {
  'far hands': 'far pointer',
  'label place': 'label position',
  'stand apart': 'be separate',
  'stands apart': 'is separate',
  'standing apart': 'separate',
};

/** Types whose bare name once meant several things: the one file that may declare each, as the glossary says. */
const oneMeaning: Readonly<Record<string, string | undefined>> = {
  Choice: undefined,
  Frame: 'components/canvas/frame.tsx',
  Game: undefined,
  History: 'lib/store/editor.ts',
  Memory: 'lib/check/memory.ts',
  Place: 'lib/nodes/port-types.ts',
  Player: 'lib/check/game.ts',
  Session: undefined,
  Standing: undefined,
};

const allowed: readonly {
  readonly path: RegExp;
  readonly words: readonly string[];
  readonly reason: string;
}[] = [
  {
    path: /^lib\/share\/link-dictionary\.ts$/,
    words: ['tells'],
    reason: 'frozen: links are packed against this very text',
  },
  {
    path: /^lib\/examples\/[\w-]+\.json$/,
    words: ['tell', 'tells'],
    reason: 'the field says of a discriminator that it tells real from fake',
  },
  { path: /^lib\/data\//, words: ['lit'], reason: 'pixels of images are lit or dark' },
  { path: /^tests\/rules\/words\.test\.ts$/, words: Object.keys(privateWords), reason: 'the list itself' },
];

/** Most lines hold none of the letters: those are not looked at word by word. */
const letters = new RegExp([...Object.keys(privateWords), 'hands', 'place', 'apart'].join('|'), 'i');

/** `useFarHands`, `far-hands` and `far hands` are the same two words. */
const wordsOf = (text: string): string[] =>
  [...text.matchAll(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g)].map(([word]) => word.toLowerCase());

const findPrivateWords = ({ path, text }: SourceFile): string[] => {
  const exempt = new Set(allowed.filter((entry) => entry.path.test(path)).flatMap(({ words }) => words));
  const isPairFree = path === 'tests/rules/words.test.ts';
  return [path, ...text.split('\n')].flatMap((line, i) => {
    if (!letters.test(line)) return [];
    const words = wordsOf(line);
    const at = i === 0 ? path : `${path}:${i}`;
    const single = words.filter((word) => Object.hasOwn(privateWords, word) && !exempt.has(word));
    const pairs = isPairFree
      ? []
      : words.map((word, k) => `${word} ${words[k + 1]}`).filter((pair) => Object.hasOwn(privatePairs, pair));
    return [...single, ...pairs].map(
      (word) => `${at} says “${word}”: ${privateWords[word] ?? privatePairs[word]}`,
    );
  });
};

const declaration = /^\s*(?:export )?(?:declare )?(?:interface|type|class|const|function) (\w+)/gm;

const findSecondMeanings = ({ path, text }: SourceFile): string[] =>
  [...text.matchAll(declaration)].flatMap(([, name = '']) =>
    Object.hasOwn(oneMeaning, name) && oneMeaning[name] !== path
      ? [`${path} declares ${name}: ${oneMeaning[name] ?? 'say which kind of it'}`]
      : [],
  );

const prose = /\.(tsx?|mjs|cjs|js|css|md|json|py)$/;
const sources = () =>
  readSources(['lib', 'components', 'app', 'bin', 'bench', 'scripts', 'tests', 'docs']).filter(({ path }) =>
    prose.test(path),
  );

test('no private word in names, comments, messages and documents (M5)', () => {
  const readme = readSources().filter(({ path }) => path === 'README.md');
  expect(readme).toHaveLength(1);
  expect([...sources(), ...readme].flatMap(findPrivateWords)).toEqual([]);
});

test('a bare name that meant several things is declared once (M5)', () => {
  expect(
    sources()
      .filter(({ path }) => /\.tsx?$/.test(path))
      .flatMap(findSecondMeanings),
  ).toEqual([]);
});

test.each([
  ['lib/a.ts', '/** What a user is told. */'],
  ['lib/a.ts', 'const toldAt = 1;'],
  ['lib/a.ts', 'useFarHands(wrapper);'],
  ['components/far-hands.ts', ''],
  ['lib/a.ts', 'message: `Mend the graph.`,'],
  ['docs/a.md', 'Two cards stand apart.'],
])('a private word is found in %s: %s', (path, text) => {
  expect(findPrivateWords({ path, text })).toHaveLength(1);
});

test('words that only contain one are none', () => {
  const text = 'split literal amend recommended understanding retell Elit intelligible';
  expect(findPrivateWords({ path: 'lib/a.ts', text })).toEqual([]);
});

test('a second meaning is found', () => {
  const declares = (path: string, text: string) => findSecondMeanings({ path, text });
  expect(declares('lib/compile/a.ts', 'export interface Game {')).toHaveLength(1);
  expect(declares('lib/train/a.ts', 'type Player = string;')).toHaveLength(1);
  expect(declares('lib/check/game.ts', 'export interface Player {')).toEqual([]);
  expect(declares('lib/compile/a.ts', 'export interface CompiledGame {')).toEqual([]);
});
