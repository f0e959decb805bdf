/**
 * `npm run tidy`: lays the examples out as Tidy does in the editor, all or those named, and writes their positions
 * back. Everything else of the files stays as it is written, line by line.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphAt } from '@/lib/check/blocks/inside';
import { checkedOf } from '@/lib/edit/checked-of';
import { type Block, type Graph, graphSchema } from '@/lib/graph/schema';
import { tidy } from '@/lib/layout/tidy';

const folder = join(import.meta.dirname, '../lib/examples');
const named = process.argv.slice(2);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .filter((name) => named.length === 0 || named.includes(name));

for (const name of names) {
  const path = join(folder, `${name}.json`);
  const before = readFileSync(path, 'utf8');
  const graph = graphSchema.parse(JSON.parse(before)) as Graph;
  const laidOut = await tidied(graph);
  const blocks = await Promise.all(graph.blocks.map((block) => tidiedInside(graph, block)));
  const after = withBlocks(withPositions(before, laidOut), blocks);
  if (after !== before) writeFileSync(path, after);
  console.log(`${name}: ${after === before ? 'as it was' : 'laid out'}`);
}

async function tidied(graph: Graph): Promise<Graph> {
  return (await tidy(checkedOf(graph)))(graph);
}

/** A block as it is laid out where it is used first: in the game, or in another block. */
async function tidiedInside(graph: Graph, block: Block): Promise<Block> {
  const use = graph.nodes.find((node) => node.block === block.id);
  if (!use) return block;
  const { networks, nodes } = await tidied(graphAt(graph, [use.id]));
  return { ...block, networks, nodes };
}

/** The blocks, a network, node or list of wires a line; they stand before the networks. */
function withBlocks(text: string, blocks: readonly Block[]): string {
  if (blocks.length === 0) return text;
  const end = startOf(text, 'networks');
  const start = startOf(text, 'blocks');
  const written = blocks.map(({ networks, nodes, wires, ...rest }) => {
    const list = (items: readonly unknown[]) => items.map((item) => `        ${spaced(item)}`).join(',\n');
    const parts = [
      ...Object.entries(rest).map(([name, value]) => `      "${name}": ${spaced(value)}`),
      ...(networks.length > 0 ? [`      "networks": [\n${list(networks)}\n      ]`] : []),
      `      "nodes": [\n${list(nodes.map(({ params, ...node }) => (Object.keys(params).length > 0 ? { ...node, params } : node)))}\n      ]`,
      `      "wires": ${spaced(wires)}`,
    ];
    return `    {\n${parts.join(',\n')}\n    }`;
  });
  return `${text.slice(0, start < 0 ? end : start)}  "blocks": [\n${written.join(',\n')}\n  ],\n${text.slice(end)}`;
}

/** Of a part of the document, not of a block's. */
function startOf(text: string, part: string): number {
  return text.search(new RegExp(`^  "${part}": \\[`, 'm'));
}

/** JSON on one line, with a space behind commas and colons, as the files have it. */
function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/\n\s*/g, ' ')
    .replace(/([[{]) /g, '$1')
    .replace(/ ([\]}])/g, '$1');
}

/** A network or node is one line of the file, which begins with its id. */
function withPositions(text: string, { networks, nodes }: Graph): string {
  const start = startOf(text, 'networks');
  let result = text.slice(start);
  for (const { id, at } of [...networks, ...nodes]) {
    const place = new RegExp(`(\\{"id": "${id}",.*?"at": )\\[[^\\]]*\\]`);
    if (!place.test(result)) throw new Error(`No line of ${id} with a position`);
    result = result.replace(place, `$1[${at.join(', ')}]`);
  }
  for (const { id, size } of networks)
    result = result.replace(
      new RegExp(`(\\{"id": "${id}",.*?"size": )\\[[^\\]]*\\]`),
      `$1[${size.join(', ')}]`,
    );
  return text.slice(0, start) + result;
}
