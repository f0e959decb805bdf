/**
 * Where text holds a link to a graph: an address, a fragment, or a message with one of them inside. Programs that
 * carry text change links: they escape, wrap, break and decorate them. What each of them did is undone here as far as
 * it can be; whether a link came through whole is for its checksum to say.
 */

/** The longest link that is made or read, in characters. Firefox opens no address beyond 1,048,576. */
export const MOST_LINK = 1_000_000;

/** The beginning of a link, in the text that follows it. */
interface FoundLink {
  readonly codec: number;
  /** What follows the codec's number, up to the next beginning of a link. */
  readonly rest: string;
}

/** Text longer than a link is looked at as far as this: enough to see that it was meant to be a link. */
const PREFIX = 4_000;

/** Whether text was meant as a link: it begins with one, or one stands behind `#`. */
export function hasLink(text: string): boolean {
  const looked = text.length > MOST_LINK ? text.slice(0, PREFIX) : text;
  for (const reading of readings(looked)) if (meant.test(reading)) return true;
  return false;
}

/** The links of a text, by every reading of it, the likeliest first. */
export function* findLinks(text: string): Generator<FoundLink> {
  for (const reading of readings(text)) {
    const starts = [...reading.matchAll(start)];
    for (const [i, { 0: whole, 1: codec, index }] of starts.entries())
      yield { codec: Number(codec), rest: reading.slice(index + whole.length, starts[i + 1]?.index) };
  }
}

/** What is not seen on the screen: joiners, marks of direction, soft hyphens. */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
const start = /(?<![A-Za-z0-9_-])g\s*=\s*(\d{1,20})\s*\./g;
const meant = /(?:^[^A-Za-z0-9]*|#\s*)g\s*=\s*\d{1,20}\s*\./;

/** Characters beyond which not every reading is tried. */
const LONG = 50_000;

/** The text, and what it may have been before mail, a page or a hand had it; each is given once. */
function* readings(text: string): Generator<string> {
  const plain = fromPercent(text.replace(invisible, ''));
  const given = new Set<string>();
  const subsets = 2 ** perhaps.length;
  // Every one of them on a megabyte would take seconds: of a long text, as it is and with all undone.
  for (let subset = 0; subset < subsets; subset += text.length > LONG ? subsets - 1 : 1) {
    const steps = perhaps.filter((_, i) => subset & (1 << i));
    const before = steps.reduce((reading, step) => step(reading), plain);
    const reading = withHyphens(fromPercent(before));
    if (!given.has(reading)) yield reading;
    given.add(reading);
  }
}

/** Quoted-printable (RFC 2045): `=3D` for `=`, and lines that end in `=` go on. */
const fromMail = (text: string): string =>
  text.replace(/=[ \t]*\r?\n/g, '').replace(/=([2-7][0-9A-F])/g, fromHex);

/** `&#61;`, `&#x3D;`. */
const fromEntities = (text: string): string =>
  text
    .replace(/&#x([2-7][0-9a-f]);/gi, fromHex)
    .replace(/&#(\d{2,5});/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/&(?:shy|zwnj|zwj|nbsp);/g, '');

/** Lines in one, without what mail puts before those that it quotes. */
const withoutBreaks = (text: string): string => text.replace(/[\r\n][\s>|]*|\s/g, '');

const withoutTags = (text: string): string => text.replace(/<[^<>]{0,400}>/g, '');

/** Escapes of an address, also where it was escaped again and again on its way. */
function fromPercent(text: string): string {
  let decoded = text;
  for (let pass = 0; pass < 3 && decoded.includes('%'); pass++)
    decoded = decoded.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run.replace(/%([0-7][0-9a-f])/gi, fromHex); // Not UTF-8: what is ASCII of it.
      }
    });
  return decoded.replace(invisible, '');
}

/** Word processors and phones make dashes of hyphens: one of two, as a rule. */
const withHyphens = (text: string): string =>
  text.replace(/[\u2013\u2014]/g, '--').replace(/[\u2010-\u2012\u2212\ufe63\uff0d]/g, '-');
const withSingleHyphens = (text: string): string => text.replace(/\u2013/g, '-');

const fromHex = (_: string, hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));

/** What a program may have done or not. */
const perhaps = [fromMail, fromEntities, withoutBreaks, withoutTags, withSingleHyphens];
