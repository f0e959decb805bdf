import { decodeSafetensors } from './safetensors';
import { type Decoded, refuse } from './tensors';
import { decodeTorchSave } from './torch-save';

/** The tensors in a file, whichever format it is in; the name of the file says nothing. */
export function readTensors(bytes: Uint8Array): Decoded {
  const starts = (...wanted: readonly number[]) => wanted.every((byte, i) => bytes[i] === byte);
  if (starts(0x50, 0x4b)) return decodeTorchSave(bytes);
  // A pickle alone: the format of PyTorch before 1.6.
  if (starts(0x80, 0x02, 0x8a, 0x0a))
    return refuse('This is a pickle of an old PyTorch (before 1.6). Load it there and save it again.');
  return decodeSafetensors(bytes);
}
