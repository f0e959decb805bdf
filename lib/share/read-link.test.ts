import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { examples } from '@/lib/examples/catalogue';
import { parseGraph } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';
import { processorTime } from '@/lib/util/testing/processor-time';
import { hasLink, MOST_LINK } from './find-link';
import { encodeLink } from './link';
import { readLink } from './read-link';
import { forgeLink } from './testing/forge-link';
import { changes, manglingArbitrary } from './testing/mangle';

interface Sent {
  readonly link: string;
  readonly graph: Graph;
}
const sent: Sent[] = [];

beforeAll(async () => {
  for (const { document } of examples) {
    const parsed = parseGraph(document);
    if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
    const link = `https://ganvas.example/edit#${await encodeLink(parsed.graph)}`;
    const read = await readLink(link);
    if (!read.ok) throw new Error(read.diagnostics[0]?.message);
    sent.push({ link, graph: read.graph });
  }
});

const codeOf = async (text: string): Promise<string | undefined> => {
  const read = await readLink(text);
  return read.ok ? undefined : read.diagnostics[0]?.code;
};

describe('a link that a program changed opens the same graph (L6)', () => {
  test.each(changes)('%s', async (_, change) => {
    for (const { link, graph } of sent)
      for (const seed of [1, 99, 77_777]) {
        const text = change(link, seed);
        expect(hasLink(text), text).toBe(true);
        expect(await readLink(text), text).toEqual({ ok: true, graph });
      }
  });

  test('any composition of changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), manglingArbitrary, async (which, { mangle }) => {
        const { link, graph } = sent[which % sent.length] as Sent;
        const text = mangle(link);
        const read = await readLink(text);
        // The text itself, where one is found that does not open.
        expect(read.ok ? '' : text).toBe('');
        expect(read).toEqual({ ok: true, graph });
      }),
      { numRuns: 300 },
    );
  });

  test('the fragment alone, its end glued to letters, or the second of two', async () => {
    const [{ link, graph }, other] = sent as [Sent, Sent];
    const fragment = link.slice(link.indexOf('#'));
    for (const text of [
      fragment,
      fragment.slice(1),
      `${link}_`,
      `${link}--and`,
      `${link}Sent`,
      `https://ganvas.example/edit${fragment.slice(0, 60)}… ${link}`,
      `${other.link.slice(0, -9)}, no: ${link}`,
      `https://ganvas.example/edit?${fragment.slice(1)}`,
    ])
      expect(await readLink(text), text).toEqual({ ok: true, graph });
  });
});

describe('what is no link (L4)', () => {
  test.each([
    ['#foo', 'There is no graph in “#foo”: a link of Ganvas has “#g=1.” in it.'],
    ['#v9=AAAA', 'There is no graph in “#v9=AAAA”'],
    ['#g=7.AAAA', 'made by a newer Ganvas (link format 7'],
    [`#${'x'.repeat(1000)}`, `“#${'x'.repeat(39)}…”`],
    ['', 'There is no graph in “”'],
  ])('%s gets a sentence', async (text, sentence) => {
    expect(await readLink(text)).toMatchObject({
      ok: false,
      diagnostics: [{ message: expect.stringContaining(sentence), hint: expect.any(String) }],
    });
  });

  test.each(['', 'g', 'seeing=1.AAAA', 'The acceleration g=9.81 m/s²', '{"format":"ganvas"}', '#section'])(
    'is not taken for one: %s',
    (text) => expect(hasLink(text)).toBe(false),
  );
});

describe('what is too long', () => {
  const text = 'A'.repeat(1_500_000);

  test.each([
    ['a fragment', `#g=1.${text}`],
    ['an address', `https://ganvas.example/edit#g=1.${text}`],
    ['a message', `Look: ${text} #g=1.AAAA`],
  ])('%s is refused by its length, before any decoding', async (_, long) => {
    const { result, time } = await timed(() => readLink(long));
    expect(result).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'link-too-large', message: expect.stringContaining('1,500,0') }],
    });
    // Reading the longest text that is read takes many times as long.
    const longest = await timed(() => readLink(`#g=1.${text.slice(0, MOST_LINK - 5)}`));
    expect(time).toBeLessThan(longest.time / 4);
  });

  test('is still known as a link', () => {
    expect(hasLink(`https://ganvas.example/edit#g=1.${text}`)).toBe(true);
    expect(hasLink(text)).toBe(false);
  });
});

/** The least time of several, since other work on the machine only adds to it. */
async function timed<T>(run: () => Promise<T>): Promise<{ result: T; time: number }> {
  let result = await run();
  let time = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i++) {
    const start = processorTime();
    result = await run();
    time = Math.min(time, processorTime() - start);
  }
  return { result, time };
}

describe('hostile text', () => {
  const scraps = fc.constantFrom(
    'g=1.',
    '#',
    '%',
    '%25',
    '%3D',
    '=',
    '=\r\n',
    '<',
    '>',
    '&#',
    '&#x3D;',
    'AAAA',
    '\u200b',
    ' ',
    '—',
    '–',
    '\ud800',
    'g',
  );

  test('never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(scraps, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 60 }),
        async (parts) => {
          const text = parts.join('');
          hasLink(text);
          expect(typeof (await readLink(text)).ok).toBe('boolean');
        },
      ),
      { numRuns: 200 },
    );
  });

  const fill = (unit: string, length = MOST_LINK) => unit.repeat(Math.floor(length / unit.length));
  const bomb = forgeLink('0'.repeat(9_000_000)).slice(1);
  test.each([
    ['beginnings', fill('#g=1.')],
    ['beginnings with spaces', fill(`g${' '.repeat(500)}`)],
    ['escapes', fill('%25')],
    ['broken escapes', fill('%E2%80')],
    ['open tags', fill('<')],
    ['tags', fill(`<${'a'.repeat(399)}`)],
    ['lines of mail', fill('=\r\n')],
    ['dashes', `#g=1.${fill('—').slice(9)}`],
    ['all of them, all read', fill('#g=1.–—=3D&#8203;<b>\n> %25', 50_000)],
    ['zeros', `#g=1.${fill('A').slice(9)}`],
    ['bombs', fill(`#${bomb} `)],
    ['bombs that are no text', fill(`#${forgeLink('[1', 200).slice(1)} `)],
  ])('a megabyte of %s ends in bounded time', async (_, text) => {
    const start = processorTime();
    hasLink(text);
    expect(await codeOf(text)).toBeDefined();
    // A second at most, alone on a machine; quadratic work on a megabyte takes minutes.
    expect(processorTime() - start).toBeLessThan(20_000);
  });
});
