import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type DrawTheme, darkTheme, lightTheme, parseColor } from './theme';

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');

/** Custom properties of the block that a selector opens. */
function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [
      name as string,
      value as string,
    ]),
  );
}

const names = {
  background: 'surface',
  ink: 'ink',
  inkSoft: 'ink-soft',
  inkFaint: 'ink-faint',
  grid: 'border',
  real: 'real',
  fake: 'fake',
  curve: 'accent',
} as const;

it.each<[string, DrawTheme]>([
  [':root', lightTheme],
  [':root[data-theme="dark"]', darkTheme],
])('%s has the tokens of app/globals.css', (selector, theme) => {
  const tokens = tokensOf(selector);
  for (const [key, token] of Object.entries(names))
    expect([key, theme[key as keyof typeof names]]).toEqual([key, tokens.get(token)]);
});

it('reads colours', () => {
  expect(parseColor('#0a80ff')).toEqual([10, 128, 255]);
});
