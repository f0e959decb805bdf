import fc from 'fast-check';

/** What programs on the way do to a link, one change at a time. Each keeps every character of the alphabet. */
type Change = (text: string, seed: number) => string;

const pick = <T>(values: readonly T[], seed: number): T => values[seed % values.length] as T;

/** Puts something in, anywhere behind the `#` but into an escape or a tag. */
const insert =
  (what: readonly string[]): Change =>
  (text, seed) => {
    const from = Math.max(0, text.search(/g=1\./));
    let at = from + (seed % Math.max(1, text.length - from));
    while (/%(?:25)?[0-9a-f]?$|&[#\w]*$|<[^>]*$/i.test(text.slice(at - 8, at))) at--;
    return text.slice(0, at) + pick(what, seed >> 3) + text.slice(at);
  };

/** Escapes as addresses do, here and there or everywhere. */
const escapes: Record<string, Change> = {
  'escaped signs': (text) => text.replace(/(?<=g)=1\./, '%3D1%2E'),
  'every sign escaped': (text) =>
    text.replace(/[^A-Za-z0-9]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`),
  'in the address of another': (text) => `https://l.chat.example/?u=${encodeURIComponent(text)}&h=AT0x`,
  'escaped twice': (text) => encodeURIComponent(encodeURIComponent(text)),
};

const campaigns: Record<string, Change> = {
  'utm before': (text) => text.replace('#', '?utm_source=chat&utm_medium=social#'),
  'utm behind': (text) => `${text}?utm_source=chat`,
  'utm behind, joined': (text) => `${text}&utm_source=chat&fbclid=IwAR0_x-9`,
};

const insertions: Record<string, Change> = {
  'a break': insert(['\n', '\r\n', '\n    ', '\r\n\t', '\n> ', '\n  > > ', ' ']),
  'an escaped space': insert(['%20', '%0A', '%0D%0A%20%20', '%E2%80%8B', '%C2%AD']),
  'what is not seen': insert(['\u200b', '\u200b\u200b', '\ufeff', '\u2060', '\u00ad', '\u200d', '\u202a']),
  'a word break': insert(['<wbr>', '&shy;', '<wbr/>', '&#8203;', '<br>\n']),
};

const trailing = '.,;:!?)>]}”’»\'"*_`…|\\'.split('');
const decorations: Record<string, Change> = {
  'a sign behind': (text, seed) => text + pick(trailing, seed),
  'signs behind': (text, seed) => text + pick(trailing, seed) + pick(trailing, seed >> 5),
  'in brackets': (text, seed) => pick([`<${text}>`, `(${text})`, `[${text}]`, `{${text}}`], seed),
  'in quotes': (text, seed) =>
    pick([`"${text}"`, `'${text}'`, `“${text}”`, `«${text}»`, `\`${text}\``], seed),
  emphasised: (text, seed) => pick([`*${text}*`, `**${text}**`, `_${text}_`, `__${text}__`], seed),
  'a link of Markdown': (text, seed) =>
    pick([`[a game](${text})`, `[${text}](${text})`, `![x](${text} "y")`], seed),
  'in a sentence': (text, seed) =>
    pick([`Look at ${text} please`, `g=9.81 and\n\n${text}\n\nRegards`, `see: ${text}, it learns.`], seed),
  'quoted mail': (text) => `On Monday you wrote:\n> ${text}\n> It learns.`,
  'as HTML': (text) => `<p><a href="${text.replace('=', '&#x3D;')}">A game</a></p>`,
  'dashes of a phone': (text) => text.replaceAll('--', '\u2014'),
  'hyphens that do not break': (text) => text.replaceAll('-', '\u2011'),
  'escaped for Markdown': (text) => text.replaceAll('_', '\\_'),
};

/** Mail's last step: `=` escaped, lines of 76. */
const mail: Change = (text) => text.replaceAll('=', '=3D').replace(/.{70}(?!=)(?<!=.?)/g, '$&=\r\n');

export interface Mangling {
  readonly names: readonly string[];
  readonly mangle: (link: string) => string;
}

const stage = (of: Record<string, Change>, most: number) =>
  fc.array(fc.tuple(fc.constantFrom(...Object.entries(of)), fc.nat(2 ** 28)), { maxLength: most });

/** Any composition, in an order that programs could apply them: made, escaped, tagged, broken, decorated, mailed. */
export const manglingArbitrary: fc.Arbitrary<Mangling> = fc
  .tuple(stage(campaigns, 2), stage(escapes, 1), stage(insertions, 3), stage(decorations, 3), fc.boolean())
  .map(([tagged, escaped, broken, decorated, isMailed]) => {
    const changes = [...tagged, ...escaped, ...broken, ...decorated];
    return {
      names: [...changes.map(([[name]]) => name), ...(isMailed ? ['mail'] : [])],
      mangle: (link) => {
        const text = changes.reduce((before, [[, change], seed]) => change(before, seed), link);
        return isMailed ? mail(text, 0) : text;
      },
    };
  });

/** Every change by itself. */
export const changes: readonly (readonly [string, Change])[] = Object.entries({
  ...campaigns,
  ...escapes,
  ...insertions,
  ...decorations,
  mail,
});
