import { bigEndian, latin, littleEndian, startsWith } from '@/lib/util/bytes';
import { isHeic, isTiff, isVideo } from '@/lib/util/media';
import { quantity } from '@/lib/util/sentence';
import { type FileRefusal, NO_MODELS, OPENS, OTHER_DATA, refuseData, refuseFile } from './file-refusal';
import { torchZip } from './zip-files';

/** What is seen of a file without reading it whole. */
interface Seen {
  readonly name: string;
  readonly size: number;
  readonly head: Uint8Array;
}

interface BinaryFormat {
  readonly is: (seen: Seen) => boolean;
  readonly refuse: (seen: Seen) => FileRefusal;
}

const signed =
  (signature: string | readonly number[], at = 0) =>
  (seen: Seen): boolean =>
    startsWith(seen.head, signature, at);

/** Of those that browsers decode. */
const picture = (
  is: BinaryFormat['is'],
  format: string,
  size?: (head: Uint8Array) => readonly number[],
): BinaryFormat => ({
  is,
  refuse: ({ head }) =>
    refuseData(
      'file-picture',
      `This is a ${format} picture${saySize(size?.(head))}; there is no graph in it.`,
    ),
});

const otherPicture = (is: BinaryFormat['is'], format: string, better = 'PNG'): BinaryFormat => ({
  is,
  refuse: () =>
    refuseFile(
      'file-picture',
      `This is a ${format} picture; there is no graph in it.`,
      `As data: save it as ${better}.`,
    ),
});

/** Nothing where the file ends before its size is given. */
const saySize = (size: readonly number[] = []): string =>
  size.length > 0 && size.every((pixels) => pixels > 0) ? ` of ${size.join(' × ')} pixels` : '';

const model = (is: BinaryFormat['is'], what: string): BinaryFormat => ({
  is,
  refuse: () => refuseFile('file-model', `This is ${what}, which Ganvas does not read.`, NO_MODELS),
});

const data = (is: BinaryFormat['is'], what: string): BinaryFormat => ({
  is,
  refuse: () => refuseFile('file-data', `This is ${what}.`, OTHER_DATA),
});

const archive = (is: BinaryFormat['is'], what: string): BinaryFormat => ({
  is,
  refuse: () => refuseFile('file-archive', `This is ${what}.`, 'Unpack it, and open one of its files.'),
});

const other = (is: BinaryFormat['is'], what: string): BinaryFormat => ({
  is,
  refuse: () => refuseFile('file-other', `This is ${what}; there is no graph in it.`, OPENS),
});

/** The first that fits says what a file is. By content, since names are changed and lost. */
const formats: readonly BinaryFormat[] = [
  picture(signed([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'PNG', (head) => [
    bigEndian(head, 16),
    bigEndian(head, 20),
  ]),
  picture(signed([0xff, 0xd8, 0xff]), 'JPEG'),
  picture(signed('GIF8'), 'GIF', (head) => [littleEndian(head, 6, 2), littleEndian(head, 8, 2)]),
  picture((seen) => signed('RIFF')(seen) && signed('WEBP', 8)(seen), 'WebP'),
  picture(({ head }) => /^ftypavi[fs]/.test(latin(head.subarray(4, 12))), 'AVIF'),
  otherPicture((seen) => signed('BM')(seen) && littleEndian(seen.head, 2, 4) === seen.size, 'BMP'),
  otherPicture(({ head }) => isTiff(head), 'TIFF'),
  otherPicture(({ head }) => isHeic(head), 'HEIC', 'JPEG'),
  { is: signed([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]), refuse: refuseNpy },
  { is: isIdx, refuse: ({ head }) => refuseIdx(head) },
  { is: isOldTorch, refuse: ({ name }) => torchZip(name) },
  {
    is: ({ head }) => head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 9) <= 5,
    refuse: () =>
      refuseFile(
        'file-pickle',
        'This is a pickle of Python, which can hold programs; it is not read here.',
        `As data: save its arrays as NPZ (numpy.savez). ${OPENS}`,
      ),
  },
  {
    is: signed([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]),
    refuse: () =>
      refuseFile('file-hdf5', 'This is an HDF5 file: weights or a model of Keras, or data.', NO_MODELS),
  },
  model(isOnnx, 'a model in ONNX'),
  model(signed('TFL3', 4), 'a model for TensorFlow Lite'),
  model(signed('GGUF'), 'a language model in GGUF'),
  data(signed('PAR1'), 'a Parquet table'),
  data((seen) => signed('ARROW1')(seen) || signed('FEA1')(seen), 'an Arrow table'),
  data(signed('MATLAB 5.0'), 'a file of MATLAB'),
  data(signed('SQLite format 3'), 'an SQLite database'),
  {
    is: signed('ganvas-checkpoint-'),
    refuse: () =>
      refuseFile(
        'file-checkpoint',
        'This is a checkpoint of a run on the command line.',
        'Go on from it with ganvas train GRAPH --resume, or export its weights with ganvas export torch GRAPH --checkpoint.',
      ),
  },
  archive(signed([0x37, 0x7a, 0xbc, 0xaf]), 'a 7z archive'),
  archive(signed('Rar!'), 'a RAR archive'),
  archive(signed('ustar', 257), 'a tar archive'),
  archive(
    (seen) =>
      signed([0xfd, 0x37, 0x7a, 0x58, 0x5a])(seen) ||
      signed('BZh')(seen) ||
      signed([0x28, 0xb5, 0x2f, 0xfd])(seen),
    'a compressed file',
  ),
  other(signed('%PDF-'), 'a PDF'),
  {
    is: ({ head }) => isVideo(head),
    refuse: () =>
      refuseFile(
        'file-video',
        'This is a video; there is no graph in it.',
        'As data: save its frames as images, or all of it as a GIF.',
      ),
  },
  other(
    (seen) =>
      (signed('RIFF')(seen) && signed('WAVE', 8)(seen)) ||
      signed('OggS')(seen) ||
      signed('ID3')(seen) ||
      signed('fLaC')(seen),
    'a sound',
  ),
  other(
    (seen) =>
      signed([0x7f, 0x45, 0x4c, 0x46])(seen) || signed('MZ')(seen) || signed([0, 0x61, 0x73, 0x6d])(seen),
    'a program',
  ),
];

export const refuseBinary = (seen: Seen): FileRefusal | undefined =>
  formats.find((format) => format.is(seen))?.refuse(seen);

/** Version 1: the header is a Python literal that names type and shape. */
function refuseNpy({ head }: Seen): FileRefusal {
  const about = latin(head.subarray(10, 400));
  const shape = /'shape': \(([\d, ]*)\)/.exec(about)?.[1];
  const dims = shape
    ?.split(',')
    .map((dim) => dim.trim())
    .filter(Boolean);
  const of = dims === undefined ? '' : dims.length === 0 ? ' of one number' : ` of shape ${dims.join(' × ')}`;
  return refuseData('file-npy', `This is an array of NumPy${of}.`);
}

const idxTypes: Readonly<Record<number, string>> = {
  8: 'bytes',
  9: 'bytes',
  11: 'shorts',
  12: 'integers',
  13: 'floats',
  14: 'doubles',
};

/** The format of MNIST: two zeros, a type, a number of axes, the axes. */
function isIdx({ head }: Seen): boolean {
  const axes = head[3] ?? 0;
  if (head[0] !== 0 || head[1] !== 0 || !((head[2] ?? 0) in idxTypes) || axes < 1 || axes > 5) return false;
  return idxDims(head).every((dim) => dim > 0 && dim < 1e9);
}

const idxDims = (head: Uint8Array): readonly number[] =>
  Array.from({ length: head[3] ?? 0 }, (_, axis) => bigEndian(head, 4 + 4 * axis));

function refuseIdx(head: Uint8Array): FileRefusal {
  const [items = 0, ...rest] = idxDims(head);
  const what =
    rest.length === 0
      ? `${quantity(items, 'label')} or other numbers`
      : `${quantity(items, rest.length === 1 ? 'row' : 'picture')} of ${rest.join(' × ')} ${idxTypes[head[2] ?? 0]}`;
  return refuseData('file-idx', `This is an IDX file, the format of MNIST, with ${what}.`);
}

/** torch.save before version 1.6: pickles, the first of which is a known number. */
function isOldTorch({ head }: Seen): boolean {
  return startsWith(
    head,
    [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19],
  );
}

/** A protocol buffer whose first fields are ONNX's: its version, and who made it. */
function isOnnx({ head, name }: Seen): boolean {
  const length = head[3] ?? 0;
  const producer = latin(head.subarray(4, 4 + length));
  const isModel =
    head[0] === 0x08 && (head[1] ?? 0) < 0x20 && head[2] === 0x12 && /^[\w.:+ -]{3,60}$/.test(producer);
  return isModel || (head[0] === 0x08 && name.endsWith('.onnx'));
}
