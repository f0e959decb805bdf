import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { deflateSync, inflateSync, strFromU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import ring from '@/lib/examples/ring.json';
import { parseGraph } from '@/lib/graph/parse';
import { processorTime } from '@/lib/util/testing/processor-time';
import { encodeLink } from './link';
import { readLink } from './read-link';
import { forgeLink } from './testing/forge-link';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const firstCode = async (fragment: string): Promise<string | undefined> => {
  const result = await readLink(fragment);
  return result.ok ? undefined : result.diagnostics[0]?.code;
};

async function ringLink(): Promise<string> {
  const result = parseGraph(ring);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return encodeLink(result.graph);
}

describe('a bad link gets a sentence (L4)', () => {
  test.each([
    ['', 'link-not-a-graph'],
    ['#section', 'link-not-a-graph'],
    ['#g=', 'link-not-a-graph'],
    ['#g=3.AAAA', 'link-newer'],
    ['#g=99999999999999999999.AAAA', 'link-newer'],
    ['#g=0.AAAA', 'link-damaged'],
    ['#g=1.', 'link-damaged'],
    ['#g=1.AAAA', 'link-damaged'],
    ['#g=1.§§§§', 'link-damaged'],
  ])('%s', async (fragment, code) => {
    expect(await firstCode(fragment)).toBe(code);
  });

  test('wherever it is cut or changed', async () => {
    const link = await ringLink();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 4, max: link.length - 1 }),
        fc.constantFrom('A', 'z', '-', '9'),
        async (at, letter) => {
          expect(await firstCode(link.slice(0, at))).toBe('link-damaged');
          // The last character has bits to spare, which say nothing.
          if (link[at] !== letter && at < link.length - 1)
            expect(await firstCode(link.slice(0, at) + letter + link.slice(at + 1))).toBe('link-damaged');
        },
      ),
    );
  });

  test('whatever text it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), async (text) => {
        expect(await firstCode(`#g=1.${text}`)).toBe(
          text.includes('&') ? expect.any(String) : 'link-damaged',
        );
      }),
    );
  });

  test('whatever columns it holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 15, maxLength: 15 }),
        async (columns) => {
          expect(await firstCode(forgeLink(JSON.stringify(columns)))).toBe('link-damaged');
        },
      ),
    );
  });

  test('when it is nested too deep', async () => {
    expect(await firstCode(forgeLink('['.repeat(20_000) + ']'.repeat(20_000)))).toBe('link-damaged');
  });
});

describe('a bomb of 10 kB', () => {
  const bombs = {
    'of zeros': ' '.repeat(9_000_000),
    'of arrays': `[${'[],'.repeat(2_800_000)}[]]`,
    'of numbers, just within the limit': `[${'0,'.repeat(200_000)}0]`,
    'of objects, just within the limit': `[${'{},'.repeat(145_000)}{}]`,
  };

  test.each(Object.entries(bombs))('%s is refused within 50 ms and 32 MB (L3)', async (_, text) => {
    const link = forgeLink(text, 10_000);
    expect(link.length).toBeLessThan(14_000);
    const cost = await measure(async () => expect((await readLink(link)).ok).toBe(false));
    expect(cost.ms).toBeLessThan(fiftyMs(cost));
    expect(cost.bytes).toBeLessThan(32 * 2 ** 20);
  });

  test('read without a bound takes more than that', async () => {
    const bomb = deflateSync(new TextEncoder().encode(bombs['of arrays']), { level: 9 });
    expect(bomb.length).toBeLessThan(10_000);
    const cost = await measure(async () => JSON.parse(strFromU8(inflateSync(bomb))), 1);
    expect(cost.ms).toBeGreaterThan(fiftyMs(cost));
    expect(cost.bytes).toBeGreaterThan(32 * 2 ** 20);
  });
});

interface Cost {
  readonly ms: number;
  readonly bytes: number;
  /** Of parsing `yardstick`. */
  readonly yardstickMs: number;
}

/** JSON of 1.2 MB: an idle machine parses it in some 25 ms. */
const yardstick = `[${'{"a":[1.5]},'.repeat(100_000)}0]`;

/** Fifty milliseconds on that machine: other work on this one slows both. */
const fiftyMs = ({ yardstickMs }: Cost) => Math.max(50, 2 * yardstickMs);

/** Other work on the machine only adds time: the least of several attempts is the cost. Memory is the most. */
async function measure(run: () => Promise<unknown>, attempts = 20): Promise<Cost> {
  let cost: Cost = { ms: Number.POSITIVE_INFINITY, bytes: 0, yardstickMs: Number.POSITIVE_INFINITY };
  for (let i = 0; i < attempts && (i < 3 || cost.ms > 50); i++) {
    const begun = processorTime();
    JSON.parse(yardstick);
    const yardstickMs = Math.min(cost.yardstickMs, processorTime() - begun);
    collectGarbage();
    const before = process.memoryUsage();
    const start = processorTime();
    await run();
    const ms = Math.min(cost.ms, processorTime() - start);
    const after = process.memoryUsage();
    const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
    cost = { ms, bytes: Math.max(cost.bytes, bytes), yardstickMs };
  }
  return cost;
}
