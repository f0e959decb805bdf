import { MOST_BYTES } from '@/lib/check/memory';
import { type BackendName, backends } from './backend-name';

/** Bytes that a browser lets a page take on its graphics device, more or less: none of them says. */
const GRAPHICS_BYTES = 2 ** 31;
/** Of the memory that the browser reports; the rest is for the page and everything else. */
const SHARE = 0.5;

/** How much a run may take on a backend. `deviceMemory` is the browser's figure in GiB, where it gives one. */
export function memoryLimit(backend: BackendName, deviceMemory: number | undefined): number {
  const most = backends[backend].usesGraphics ? GRAPHICS_BYTES : MOST_BYTES;
  return deviceMemory === undefined ? most : Math.min(most, SHARE * deviceMemory * 2 ** 30);
}
