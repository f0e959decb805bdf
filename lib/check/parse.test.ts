import { describe, expect, it, vi } from 'vitest';
import { limits } from '@/lib/graph/schema';
import { processorTime } from '@/lib/util/testing/processor-time';
import { checkGraph } from './check';
import { migrations, parseDocument, parseDocumentValue } from './parse';
import { ringText } from './testing/graphs';

const envelope = (fields: string) => `{"format":"ganvas","version":1${fields}}`;
const node = (fields: string) => envelope(`,"nodes":[{"id":"a","kind":"relu","at":[0,0]${fields}}]`);

type Row = readonly [name: string, text: string, code: string, says?: RegExp];
const refused: readonly Row[] = [
  ['empty', '', 'not-json'],
  ['truncated', '{"format": "ganvas"', 'not-json', /This is not JSON: it ends too early\./],
  ['broken', '{"format": "ganvas",\n  "version" 1}', 'not-json', /This is not JSON: line 2, column 13 has/],
  ['truncated further on', ringText.slice(0, 700), 'not-json'],
  ['no JSON', 'hello', 'not-json'],
  ['a list', '[]', 'not-a-graph'],
  ['null', 'null', 'not-a-graph'],
  ['another format', '{"format":"blend","version":1}', 'not-a-graph'],
  ['no version', '{"format":"ganvas"}', 'version-invalid'],
  ['a newer version', '{"format":"ganvas","version":3}', 'version-newer', /version 3.*up to version 2/],
  ['version as text', '{"format":"ganvas","version":"1"}', 'version-invalid'],
  ['wrong types', envelope(',"nodes":{"a":1}'), 'schema', /nodes/],
  ['a wrong type deep down', node(',"state":"asleep"'), 'schema', /nodes\[0\]\.state/],
  ['unknown keys', node(',"colour":"red"'), 'schema', /colour/],
  ['__proto__ at the top', envelope(',"__proto__":{"polluted":1}'), 'schema'],
  ['an id that starts with __', envelope(',"nodes":[{"id":"__a","kind":"relu","at":[0,0]}]'), 'schema'],
  [
    'duplicate ids',
    envelope(',"nodes":[{"id":"a","kind":"relu","at":[0,0]},{"id":"a","kind":"tanh","at":[0,0]}]'),
    'duplicate-id',
    /nodes\[1\].*"a".*nodes\[0\]/,
  ],
  [
    'a node named as a network',
    envelope(
      ',"networks":[{"id":"G","name":"","color":"blue","at":[0,0],"size":[9,9]}],"nodes":[{"id":"G","kind":"relu","at":[0,0]}]',
    ),
    'duplicate-id',
  ],
  ['too deep', `${'['.repeat(100)}${']'.repeat(100)}`, 'document-too-deep'],
  [
    'parameters too deep',
    node(`,"params":{"a":${'['.repeat(10)}${']'.repeat(10)}}`),
    'schema',
    /nested deeper than 6/,
  ],
  ['a wire that is none', envelope(',"wires":[["a","b.in"]]'), 'schema', /wires\[0\]/],
  ['infinite numbers', node(',"params":{"a":1e999}'), 'schema'],
  [
    'too many nodes',
    envelope(
      `,"nodes":[${Array.from({ length: limits.nodes + 1 }, (_, i) => `{"id":"n${i}","kind":"relu","at":[0,0]}`).join()}]`,
    ),
    'schema',
  ],
];

/** What the parsers of Chrome, Firefox and Safari say. */
const parserMessages = [
  [`Expected ':' after property name in JSON at position 33 (line 2 column 13)`, ': line 2, column 13 has'],
  [
    `JSON.parse: expected ':' after property name at line 2 column 13 of the JSON data`,
    ': line 2, column 13 has',
  ],
  [`JSON Parse error: Expected ':' before value in object property definition`, '.'],
  ['Unexpected end of JSON input', ': it ends too early.'],
  ['JSON.parse: unexpected end of data at line 2 column 13 of the JSON data', ': it ends too early.'],
] as const;

it.each(parserMessages)('no parser’s own words are shown: %s', (said, expected) => {
  const text = '{"format": "ganvas",\n  "version" 1}';
  const parser = vi.spyOn(JSON, 'parse').mockImplementation(() => {
    throw new SyntaxError(said);
  });
  const result = parseDocument(text);
  parser.mockRestore();
  expect(result.ok ? undefined : result.diagnostics[0]?.message).toMatch(`This is not JSON${expected}`);
});

describe('documents that do not open', () => {
  it.each(refused.map(([name, ...row]) => ({ name, row })))('$name', ({ row: [text, code, says = /./] }) => {
    const result = parseDocument(text);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(result.diagnostics.some(({ path = '', message }) => says.test(`${path} ${message}`))).toBe(true);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('50 MB are refused at once', () => {
    const text = `[${'0,'.repeat(25_000_000)}0]`;
    const start = processorTime();
    const result = parseDocument(text);
    expect(processorTime() - start).toBeLessThan(200);
    expect(!result.ok && result.diagnostics[0]?.code).toBe('document-too-large');
  });

  it('a million brackets are refused at once', () => {
    const start = processorTime();
    expect(parseDocument('['.repeat(1_000_000)).ok).toBe(false);
    expect(processorTime() - start).toBeLessThan(200);
  });
});

const opened: readonly (readonly [string, string, string])[] = [
  ['wires to nowhere', envelope(',"wires":[["a.out","b.in"]]'), 'wire-dangling'],
  [
    'cyclic wires',
    envelope(
      ',"nodes":[{"id":"a","kind":"relu","at":[0,0]},{"id":"b","kind":"relu","at":[0,0]}],"wires":[["a.out","b.in"],["b.out","a.in"]]',
    ),
    'cycle',
  ],
  [
    'unknown kinds',
    envelope(',"nodes":[{"id":"a","kind":"quantum","at":[0,0],"params":{"spin":0.5}}]'),
    'unknown-kind',
  ],
  [
    'unknown ports',
    envelope(
      ',"nodes":[{"id":"a","kind":"relu","at":[0,0]},{"id":"b","kind":"relu","at":[0,0]}],"wires":[["a.up","b.down"]]',
    ),
    'port-unknown',
  ],
  [
    'wires across frames',
    envelope(
      ',"networks":[{"id":"G","name":"","color":"blue","at":[0,0],"size":[9,9]}],"nodes":[{"id":"a","kind":"relu","network":"G","at":[0,0]},{"id":"b","kind":"relu","at":[0,0]}],"wires":[["a.out","b.in"]]',
    ),
    'wire-crosses-frame',
  ],
];

describe('documents that open and are diagnosed', () => {
  it.each(opened)('%s', (_, text, code) => {
    const result = parseDocument(text);
    expect(result.ok).toBe(true);
    if (result.ok)
      expect(checkGraph(result.graph).diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  });

  it('keeps what it does not know', () => {
    const result = parseDocument(
      envelope(',"nodes":[{"id":"a","kind":"quantum","at":[0,0],"params":{"spin":[0.5,{"up":true}]}}]'),
    );
    expect(result.ok && result.graph.nodes[0]?.params).toEqual({ spin: [0.5, { up: true }] });
  });

  it('leaves __proto__ among parameters out, refuses it within them, and no prototype changes', () => {
    const result = parseDocument(node(',"params":{"__proto__":{"polluted":1},"a":[{}]}'));
    const params = result.ok ? result.graph.nodes[0]?.params : undefined;
    expect(params).toEqual({ a: [{}] });
    expect(Object.getPrototypeOf(params)).toBe(Object.prototype);
    expect(parseDocument(node(',"params":{"a":[{"__proto__":{"polluted":1}}]}')).ok).toBe(false);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('refuses what is no JSON, which a value may hold', () => {
    for (const alien of [undefined, new Date(), new Map(), () => 1, 1n])
      expect(parseDocumentValue({ ...JSON.parse(node('')), nodes: [alienNode(alien)] }).ok).toBe(false);
    expect(parseDocumentValue({ ...JSON.parse(node('')), nodes: [alienNode({ b: null })] }).ok).toBe(true);
  });

  it('takes a value as well as text', () => {
    expect(parseDocumentValue(JSON.parse(ringText)).ok).toBe(true);
    expect(parseDocumentValue(undefined).ok).toBe(false);
  });
});

it('migrations lead to versions in ascending order without a gap', () => {
  const versions = [...new Set(migrations.map(({ to }) => to))].sort((a, b) => a - b);
  expect(versions).toEqual(versions.map((_, i) => i + 2));
});

const alienNode = (a: unknown) => ({ id: 'a', kind: 'relu', at: [0, 0], params: { a } });
