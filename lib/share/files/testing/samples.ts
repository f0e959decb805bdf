import { gzipSync, strToU8, zipSync } from 'fflate';
import ring from '@/lib/examples/ring.json';
import { encodeNpy, encodeNpz } from '@/lib/export/npz';
import { formatGraph, parseGraph } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';

/** Files as people have them, as small as they can be. */
const parsed = parseGraph(ring);
export const graph = (parsed.ok ? parsed.graph : undefined) as Graph;
export const saved = formatGraph(graph);

export const bytes = (...values: readonly (number | string)[]): Uint8Array =>
  Uint8Array.from(
    values.flatMap((value) => (typeof value === 'string' ? [...strToU8(value, true)] : [value])),
  );
export const zip = (...names: readonly string[]) =>
  zipSync(Object.fromEntries(names.map((name) => [name, bytes('1')])));
const json = (value: unknown) => bytes(JSON.stringify(value));
export const utf16 = (text: string, isBig: boolean, mark: boolean): Uint8Array => {
  const little = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return isBig ? little.swap16() : little;
};
export const weights = { dims: [2], values: Float32Array.of(1, 2) };
const idx = bytes(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, ...new Array(2 * 28 * 28).fill(7));
const png = bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13, 'IHDR', 0, 0, 0, 8, 0, 0, 0, 6, 8, 2, 0, 0, 0);
const oldTorch = bytes(
  0x80,
  2,
  0x8a,
  0x0a,
  0x6c,
  0xfc,
  0x9c,
  0x46,
  0xf9,
  0x20,
  0x6a,
  0xa8,
  0x50,
  0x19,
  0x2e,
  0x80,
  2,
);

/** Name, content, and what is said of it. */
export const table: readonly (readonly [
  name: string,
  content: Uint8Array,
  code: string,
  message: string,
  hint: string,
])[] = [
  [
    'x.png',
    png,
    'file-picture',
    'PNG picture of 8 × 6 pixels; there is no graph in it',
    'drop it on the editor',
  ],
  [
    'cut.png',
    png.subarray(0, 16),
    'file-picture',
    'This is a PNG picture; there is no graph in it',
    'drop it on the editor',
  ],
  [
    'x.jpg',
    bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 'JFIF'),
    'file-picture',
    'JPEG picture',
    'drop it on the editor',
  ],
  [
    'x.gif',
    bytes('GIF89a', 2, 1, 3, 0),
    'file-picture',
    'GIF picture of 258 × 3 pixels',
    'drop it on the editor',
  ],
  ['x.webp', bytes('RIFF', 0, 0, 0, 0, 'WEBPVP8 '), 'file-picture', 'WebP picture', 'drop it on the editor'],
  [
    'x.svg',
    bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    'file-picture',
    'SVG picture',
    'save it as PNG',
  ],
  [
    'x.npy',
    encodeNpy({ dims: [3, 28], values: new Float32Array(84) }),
    'file-npy',
    'array of NumPy of shape 3 × 28',
    'drop it on the editor',
  ],
  [
    'net.npz',
    encodeNpz(new Map(['a.weight', 'a.bias', 'b', 'c'].map((name) => [name, weights]))),
    'file-npz',
    '4 arrays of NumPy: a.weight, a.bias, b and 1 more',
    'drop it on the editor',
  ],
  [
    'netG.pth',
    zip('netG/data.pkl', 'netG/data/0', 'netG/version'),
    'file-torch',
    'only tensors by name are read',
    'pip install safetensors',
  ],
  ['old.pt', oldTorch, 'file-torch', 'weights of PyTorch', 'pip install safetensors'],
  [
    'script.pt',
    zip('n/data.pkl', 'n/constants.pkl', 'n/code/a.py'),
    'file-torchscript',
    'TorchScript',
    'state_dict()',
  ],
  ['x.pkl', bytes(0x80, 4, 0x95, 1, 2, 3), 'file-pickle', 'pickle of Python', '.safetensors'],
  [
    'data.csv',
    bytes('x,y,label\n0.0,1.0,0\n0.5,2.5,1\n1,3,1\n'),
    'file-table',
    'table, separated by commas, of 3 rows and 3 columns (x, y and label)',
    'drop it on the editor',
  ],
  [
    'data.tsv',
    bytes('1\t2\r\n3\t4\r\n'),
    'file-table',
    'separated by tabs, of 2 rows and 2 columns.',
    'drop it on the editor',
  ],
  ['data.txt', bytes('1\n2\n3\n'), 'file-table', 'column of numbers', 'drop it on the editor'],
  [
    'train-images-idx3-ubyte',
    idx,
    'file-idx',
    'the format of MNIST, with 2 pictures of 28 × 28 bytes',
    'drop it on the editor',
  ],
  [
    'train-images-idx3-ubyte.gz',
    gzipSync(idx),
    'file-idx',
    '2 pictures of 28 × 28 bytes',
    'drop it on the editor',
  ],
  [
    'labels.gz',
    gzipSync(bytes(0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3)),
    'file-idx',
    '3 labels or other numbers',
    'drop it on the editor',
  ],
  ['graph.json.gz', gzipSync(bytes(saved)), 'file-archive', 'compressed with gzip', 'Unpack it'],
  ['x.tar', bytes(...new Array(257).fill(65), 'ustar'), 'file-archive', 'tar archive', 'Unpack it'],
  [
    'model.keras',
    zip('metadata.json', 'config.json', 'model.weights.h5'),
    'file-keras',
    'a model of Keras',
    'Build its layers',
  ],
  ['model.h5', bytes(0x89, 'HDF\r\n', 0x1a, '\n'), 'file-hdf5', 'HDF5', 'Build its layers'],
  [
    'model.json',
    json({ class_name: 'Sequential', config: { layers: [] }, keras_version: '2.15.0' }),
    'file-keras',
    'a model of Keras',
    'Build its layers',
  ],
  [
    'model.json',
    json({ format: 'layers-model', modelTopology: {}, weightsManifest: [] }),
    'file-tfjs',
    'layers model of TensorFlow.js',
    'Build its layers',
  ],
  [
    'model.json',
    json({ format: 'graph-model', modelTopology: {}, weightsManifest: [] }),
    'file-tfjs',
    'graph model of TensorFlow.js',
    'Build its layers',
  ],
  [
    'ring.zip',
    zip('G/model.json', 'G/weights.bin'),
    'file-tfjs',
    'do not come back',
    'Open the graph that they were exported from',
  ],
  ['g.onnx', bytes(8, 7, 0x12, 7, 'pytorch', 0x1a, 3, '2.1'), 'file-model', 'ONNX', 'Build its layers'],
  ['g.bin', bytes(8, 8, 0x12, 7, 'pytorch', 0x1a, 3, '2.1'), 'file-model', 'ONNX', 'Build its layers'],
  [
    'flow.json',
    json({ last_node_id: 9, last_link_id: 9, nodes: [{}, {}], links: [] }),
    'file-comfyui',
    'workflow of ComfyUI with 2 nodes',
    'start from an example',
  ],
  [
    'api.json',
    json({ 3: { class_type: 'KSampler', inputs: {} } }),
    'file-comfyui',
    'workflow of ComfyUI with 1 node',
    'start from an example',
  ],
  [
    'a.ipynb',
    json({ cells: [{}, {}], metadata: {}, nbformat: 4 }),
    'file-notebook',
    'notebook of 2 cells',
    '.json',
  ],
  [
    'package.json',
    json({ name: 'a', version: '1', private: true, type: 'module' }),
    'not-a-graph',
    'JSON with “name”, “version”, “private” and 1 more',
    '.json',
  ],
  ['list.json', json([1, 2]), 'not-a-graph', 'a list of 2 values', 'Save it as CSV'],
  ['empty.json', json({}), 'not-a-graph', 'without anything in it', '.json'],
  ['empty', bytes(), 'file-empty', 'This file is empty', '.json'],
  ['blank.json', bytes(0xef, 0xbb, 0xbf, ' \n\n'), 'file-empty', 'This file is empty', '.json'],
  [
    'cut.json',
    bytes(saved.slice(0, 1_234)),
    'file-cut',
    'ends after 1,234 characters, on line',
    'Nothing of it was opened',
  ],
  [
    'cut16.json',
    utf16(saved.slice(0, 900), false, true),
    'file-cut',
    'ends after 900 characters',
    'Nothing of it was opened',
  ],
  ['broken.json', bytes(saved.replace(',', '')), 'not-json', 'This is not JSON: line 3, column', '.json'],
  [
    'graphs.zip',
    zip('a/ring.json', 'readme.md'),
    'file-zip',
    'zip archive of 2 files: a/ring.json and readme.md',
    'Unpack it, then open a/ring.json',
  ],
  [
    'photos.zip',
    zip('1.png', '2.png', '3.png', '4.png', '5.png'),
    'file-zip',
    '1.png, 2.png, 3.png and 2 more',
    'drop it on the editor',
  ],
  ['x.xlsx', zip('[Content_Types].xml', 'xl/workbook.xml'), 'file-office', 'Office document', '.json'],
  ['x.pdf', bytes('%PDF-1.7\n'), 'file-other', 'PDF', '.json'],
  ['x.mp4', bytes(0, 0, 0, 24, 'ftypisom'), 'file-video', 'video', 'frames'],
  ['x.heic', bytes(0, 0, 0, 24, 'ftypheic'), 'file-picture', 'HEIC picture', 'JPEG'],
  ['run.ckpt', bytes('ganvas-checkpoint-1\n0123'), 'file-checkpoint', 'a checkpoint of a run', '--resume'],
  [
    'ring.py',
    bytes('"""A game."""\nimport torch\n\nWEIGHTS = "a"\n'),
    'file-python',
    'program in Python',
    'exported from',
  ],
  ['page.html', bytes('<!DOCTYPE html><title>x</title>'), 'file-html', 'web page', 'copy the link itself'],
  ['notes.md', bytes('# Notes\n\nNothing, really.\n'), 'file-text', 'text without a graph', '.json'],
  ['x.dat', bytes(1, 2, 3, 0, 0, 255, 254, 1, 9), 'file-unknown', 'of no format that Ganvas knows', '.json'],
  [
    'x.txt',
    bytes('Look: https://ganvas.example/edit#g=1.AAAA'),
    'link-damaged',
    'This link is damaged',
    'Ask for it again',
  ],
];
