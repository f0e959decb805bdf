import { latin, littleEndian, startsWith } from '@/lib/util/bytes';
import { quantity } from '@/lib/util/sentence';
import { type FileRefusal, listed, NO_MODELS, OPENS, refuseData, refuseFile } from './file-refusal';

const RECORD = [0x50, 0x4b, 0x01, 0x02];
const RECORD_BYTES = 46;

/** The names in a zip's list of contents, which stands at the end of the file; as many as the bytes hold. */
function zipNames(tail: Uint8Array): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at + RECORD_BYTES <= tail.length; at++) {
    if (!startsWith(tail, RECORD, at)) continue;
    const length = littleEndian(tail, at + 28, 2);
    names.push(latin(tail.subarray(at + RECORD_BYTES, at + RECORD_BYTES + length)));
    at += RECORD_BYTES + length - 1;
  }
  return names;
}

/** Many formats are zips; what is in one says which. */
export function refuseZip(fileName: string, tail: Uint8Array): FileRefusal {
  const names = zipNames(tail);
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/(^|\/)data\.pkl$/)) return has(/(^|\/)constants\.pkl$/) ? torchScript : torchZip(fileName);
  if (names.length > 0 && names.every((name) => name.endsWith('.npy'))) return npz(fileName, names);
  if (has(/^model\.weights\.h5$/) && has(/^config\.json$/))
    return refuseFile('file-keras', 'This is a model of Keras.', NO_MODELS);
  if (has(/(^|\/)model\.json$/) && has(/\.bin$/))
    return refuseFile(
      'file-tfjs',
      'These are models for TensorFlow.js, which leave Ganvas but do not come back.',
      'Open the graph that they were exported from (.json), or its weights (.safetensors).',
    );
  if (has(/^\[Content_Types\]\.xml$/))
    return refuseFile(
      'file-office',
      'This is an Office document.',
      `Save a table as CSV, then open that. ${OPENS}`,
    );
  const graphs = names.filter((name) => /\.(json|safetensors)$/.test(name));
  const what =
    names.length === 0
      ? 'This is a zip archive.'
      : `This is a zip archive of ${quantity(names.length, 'file')}: ${listed(names)}.`;
  return has(/\.(png|jpe?g|webp|gif|avif|csv|tsv|npy|gz)$|-ubyte$/i) || names.length === 0
    ? refuseData('file-zip', what)
    : refuseFile('file-zip', what, graphs.length > 0 ? `Unpack it, then open ${listed(graphs)}.` : OPENS);
}

const torchScript = refuseFile(
  'file-torchscript',
  'This is a TorchScript program.',
  'Save the module’s state_dict() with safetensors instead, and open that.',
);

/** A file's name inside a string of Python. */
const quoted = (name: string): string => JSON.stringify(name);
const stemOf = (name: string): string => name.replace(/\.\w{1,12}$/, '');

export const torchZip = (name: string): FileRefusal =>
  refuseFile(
    'file-torch',
    'These are weights of PyTorch in its own format, of which only tensors by name are read, and only in the page.',
    'In the page, open their graph, then drop the file on it. Where that fails, convert them where PyTorch is (pip install safetensors) and open the new file; of several state_dicts take the one of your network.',
    [
      'import torch; from safetensors.torch import save_file',
      `save_file({name: tensor.contiguous() for name, tensor in torch.load(${quoted(name)}, weights_only=True, map_location="cpu").items()}, ${quoted(`${stemOf(name)}.safetensors`)})`,
    ].join('\n'),
  );

const npz = (name: string, names: readonly string[]): FileRefusal =>
  refuseData(
    'file-npz',
    `These are ${quantity(names.length, 'array')} of NumPy: ${listed(names.map(stemOf))}.`,
    'If they are weights, convert them (pip install safetensors) and open the new file. ',
    [
      'import numpy; from safetensors.numpy import save_file',
      `save_file(dict(numpy.load(${quoted(name)})), ${quoted(`${stemOf(name)}.safetensors`)})`,
    ].join('\n'),
  );
