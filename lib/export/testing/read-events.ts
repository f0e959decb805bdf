/** A reader of TensorBoard's event files that shares nothing with the writer: for tests. */
interface ReadEvent {
  readonly seconds: number;
  readonly step: number;
  readonly version?: string;
  readonly values: readonly object[];
}

export function readEvents(file: Uint8Array): ReadEvent[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const events: ReadEvent[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    insist(file.subarray(at, at + 8), view.getUint32(at + 8, true));
    const content = file.subarray(at + 12, at + 12 + length);
    insist(content, view.getUint32(at + 12 + length, true));
    events.push(eventOf(content));
    at += 16 + length;
  }
  return events;
}

/** CRC-32C bit by bit, unmasked. */
function insist(bytes: Uint8Array, masked: number): void {
  let crc = 0xffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x82f63b78n : crc >> 1n;
  }
  const rotated = (BigInt(masked) - 0xa282ead8n) & 0xffffffffn;
  const unmasked = ((rotated << 15n) | (rotated >> 17n)) & 0xffffffffn;
  if (unmasked !== (crc ^ 0xffffffffn)) throw new Error('a checksum is wrong');
}

type Value = number | Uint8Array;

/** Number of the field, then its value: all of them in order. */
function fieldsOf(bytes: Uint8Array): (readonly [number, Value])[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const varint = () => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = bytes[at++] as number;
      value += (byte & 127) * factor;
      factor *= 128;
      if (byte < 128) return value;
    }
  };
  const fields: (readonly [number, Value])[] = [];
  while (at < bytes.length) {
    const key = varint();
    const [field, type] = [key >> 3, key & 7];
    if (type === 0) fields.push([field, varint()]);
    else if (type === 1) {
      fields.push([field, view.getFloat64(at, true)]);
      at += 8;
    } else if (type === 5) {
      fields.push([field, view.getFloat32(at, true)]);
      at += 4;
    } else {
      const length = varint();
      fields.push([field, bytes.slice(at, at + length)]);
      at += length;
    }
  }
  return fields;
}

const text = (value: Value): string => new TextDecoder().decode(value as Uint8Array);

function eventOf(content: Uint8Array): ReadEvent {
  const fields = fieldsOf(content);
  const find = (number: number) => fields.find(([field]) => field === number)?.[1];
  const version = find(3);
  const summary = find(5);
  return {
    seconds: find(1) as number,
    step: (find(2) as number | undefined) ?? 0,
    ...(version !== undefined && { version: text(version) }),
    values: summary
      ? fieldsOf(summary as Uint8Array).map(([, value]) => summaryValue(value as Uint8Array))
      : [],
  };
}

function summaryValue(bytes: Uint8Array): object {
  const fields = new Map(fieldsOf(bytes));
  const image = fields.get(4);
  const tag = text(fields.get(1) as Value);
  if (!image) return { tag, value: fields.get(2) };
  const [height, width, colorspace, png] = fieldsOf(image as Uint8Array).map(([, value]) => value);
  return { tag, image: { height, width, colorspace, png } };
}
