import { joinBytes } from '@/lib/util/join';
import { crc32 } from './crc';
import { encodeMessage, type Field } from './protobuf';

/** The files that TensorBoard reads: records with checksums, each an event of a step. */

/** TensorBoard finds a run's file by the middle of this name. */
export const eventFileName = (seconds: number): string => `events.out.tfevents.${Math.floor(seconds)}.ganvas`;

/** Comes first in a file. `seconds` since 1970, here and below. */
export const versionEvent = (seconds: number): Uint8Array =>
  record([
    [1, 'double', seconds],
    [3, 'string', 'brain.Event:2'],
  ]);

/** Numbers of a step, by tag: what stands before a slash is the group. Numbers that are not finite are left out. */
export function scalarEvent(
  seconds: number,
  step: number,
  values: Readonly<Record<string, number>>,
): Uint8Array {
  const finite = Object.entries(values).filter(([, value]) => Number.isFinite(value));
  return summaryEvent(
    seconds,
    step,
    finite.map(([tag, value]) => [
      [1, 'string', tag],
      [2, 'float', value],
    ]),
  );
}

/** A PNG in colour with opacity, as drawn pictures are. */
export const imageEvent = (
  seconds: number,
  step: number,
  tag: string,
  image: { readonly width: number; readonly height: number; readonly png: Uint8Array },
): Uint8Array =>
  summaryEvent(seconds, step, [
    [
      [1, 'string', `${tag}/image/0`],
      [
        4,
        'message',
        [
          [1, 'varint', image.height],
          [2, 'varint', image.width],
          [3, 'varint', RGBA],
          [4, 'bytes', image.png],
        ],
      ],
    ],
  ]);

const RGBA = 4;

const summaryEvent = (seconds: number, step: number, values: readonly (readonly Field[])[]): Uint8Array =>
  record([
    [1, 'double', seconds],
    [2, 'varint', step],
    [5, 'message', values.map((value) => [1, 'message', value])],
  ]);

/** TFRecord: length, its checksum, content, its checksum. */
function record(event: readonly Field[]): Uint8Array {
  const content = encodeMessage(event);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, content.length, true);
  return joinBytes([length, checksumOf(length), content, checksumOf(content)]);
}

/** CRC-32C, turned and moved, since a checksum of checksums is not safe. */
function checksumOf(bytes: Uint8Array): Uint8Array {
  const crc = crc32c(bytes);
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, masked, true);
  return out;
}

/** Castagnoli's polynomial. */
const crc32c = crc32(0x82f63b78);
