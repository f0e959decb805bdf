import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { checkGraph } from '@/lib/check/check';
import { neededData } from '@/lib/compile/needed-data';
import type { Plan } from '@/lib/compile/plan';
import { chooseOptions } from '@/lib/data/files/choose';
import type { GivenFile } from '@/lib/data/files/data-file';
import { labelsBeside } from '@/lib/data/files/idx';
import type { ImageSize } from '@/lib/data/files/images';
import { imageDims } from '@/lib/data/files/import-options';
import { isProvided, provideSet } from '@/lib/data/files/import-source';
import { prepareSet } from '@/lib/data/files/prepared-set';
import { windowsOf } from '@/lib/data/files/read-ahead';
import { type DataContents, readData } from '@/lib/data/files/read-data';
import { imagesLike, setData } from '@/lib/edit/set-data';
import type { Graph } from '@/lib/graph/schema';
import { findDefinition } from '@/lib/nodes/registry';
import { quantity } from '@/lib/util/sentence';
import { decodeImage } from './decode-image';
import { UsageError } from './usage';

/** Data on the disk: how documents name it, and what is in it. */
interface OpenedData {
  readonly name: string;
  /** `import:SHA256`, of the file, or of what `sha256sum` prints of several, in the order of their names. */
  readonly id: string;
  read(images?: ImageSize): Promise<DataContents>;
}

/** A file, all files of a folder, or images of IDX with the labels beside them. */
export async function openData(path: string): Promise<OpenedData> {
  if (!existsSync(path)) throw new UsageError(`There is no file and no folder "${path}".`);
  const [root, names] = filesAt(path);
  const [first = ''] = names;
  const files = names.map((name) => fileAt(root, name));
  const hashes: string[] = [];
  for (const file of files) hashes.push(await hashOf(file));
  const lines = names.map((name, i) => `${hashes[i]}  ${name}\n`).join('');
  const id = hashes.length === 1 ? hashes[0] : createHash('sha256').update(lines).digest('hex');
  const name = statSync(path).isDirectory() ? basename(path) : first;
  return {
    name,
    id: `import:${id}`,
    read: (images) =>
      readData(name, files, {
        ...(decodeImage && { decode: decodeImage }),
        ...(images && { images }),
      }),
  };
}

/** Resolves what a game needs by this data; a sentence where some is missing, or meant for nothing. */
export async function provideData(plan: Plan, opened: readonly OpenedData[]): Promise<void> {
  const needed = neededData(plan);
  for (const { id, name } of opened)
    if (!needed.some((each) => each.id === id))
      throw new UsageError(
        `--data ${name}: the graph does not need it (it is ${id}). To put it in a node’s place: --dataset NODE.`,
      );
  for (const { node, id, options } of needed) {
    const found = opened.find((each) => each.id === id);
    if (!found)
      throw new UsageError(
        `${node} needs the file ${options.name} (${quantity(options.rows, 'row')}, ${id}): give it with --data FILE.`,
      );
    if (isProvided(id, options)) continue;
    const { shape, fit } = options;
    const contents = await found.read(imageDims(shape) && { shape, fit });
    provideSet(id, options, prepareSet(contents, options));
  }
}

/** The graph with a file in the place of a node's data, prepared as `ganvas data` says, but images in the node's size. */
export async function placeData(graph: Graph, node: string, { id, name, read }: OpenedData): Promise<Graph> {
  const kind = graph.nodes.find((each) => each.id === node)?.kind;
  const definition = kind === undefined ? undefined : findDefinition(kind);
  if (definition?.role !== 'source' || !definition.needs)
    throw new UsageError(`--dataset ${node}: the graph has no dataset node of this id.`);
  const shape = imagesLike(checkGraph(graph).nodes.get(node));
  const contents = await read(shape && { shape, fit: 'crop' });
  const options = chooseOptions(name, contents, { ...(shape && { shape }) });
  provideSet(id, options, prepareSet(contents, options));
  return setData(graph, node, id, options).graph;
}

/** Read in parts: there may be more than memory. */
function fileAt(root: string, name: string): GivenFile {
  const path = join(root, name);
  return {
    name,
    size: statSync(path).size,
    async read(start, end) {
      const file = openSync(path, 'r');
      const bytes = new Uint8Array(end - start);
      try {
        return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, start));
      } finally {
        closeSync(file);
      }
    },
  };
}

async function hashOf(file: GivenFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const window of windowsOf(file)) hash.update(window);
  return hash.digest('hex');
}

function filesAt(path: string): readonly [root: string, names: readonly string[]] {
  if (statSync(path).isDirectory()) {
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
      .map((name) => name.split(sep).join('/'))
      .filter((name) => !name.split('/').some((part) => part.startsWith('.')))
      .filter((name) => statSync(join(path, name)).isFile())
      .sort();
    if (names.length === 0) throw new UsageError(`There is no file in the folder "${path}".`);
    return [path, names];
  }
  const [root, name] = [dirname(path), basename(path)];
  const labels = labelsBeside(name);
  return [root, labels !== undefined && existsSync(join(root, labels)) ? [name, labels] : [name]];
}
