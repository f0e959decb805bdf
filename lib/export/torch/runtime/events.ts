/** Event files for TensorBoard, which need nothing of it: records with checksums, each an event of a step. */
export const eventFiles = `def crc32c(data):
    """Castagnoli's checksum, by a table of the remainders of a byte."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = REMAINDERS[(crc ^ byte) & 255] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def remainder_of(byte):
    for _ in range(8):
        byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
    return byte


REMAINDERS = [remainder_of(byte) for byte in range(256)]


def field(number, value):
    """A field of a Protocol Buffer: a whole number, bytes, text, or what struct has packed: (format, number)."""

    def varint(rest):
        found = b""
        while rest > 127:
            found += bytes([rest & 127 | 128])
            rest >>= 7
        return found + bytes([rest])

    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, tuple):
        return varint(number << 3 | {"<d": 1, "<f": 5}[value[0]]) + struct.pack(*value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


class Events:
    """A file of events in a folder; TensorBoard joins those of a run that went on."""

    def __init__(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"events.out.tfevents.{int(time.time())}.ganvas"
        self.record(field(3, "brain.Event:2"))

    def record(self, content):
        content = field(1, ("<d", time.time())) + content

        def checksum(data):
            crc = crc32c(data)  # moved on, since a checksum of checksums is not safe
            return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)

        length = struct.pack("<Q", len(content))
        with open(self.path, "ab") as file:
            file.write(length + checksum(length) + content + checksum(content))

    def numbers(self, step, values):
        """By tag; those that are not finite are left out."""
        found = {tag: value for tag, value in values.items() if math.isfinite(value)}
        summary = b"".join(field(1, field(1, tag) + field(2, ("<f", value))) for tag, value in found.items())
        self.record(field(2, step) + field(5, summary))

    def picture(self, step, tag, png):
        width, height = struct.unpack(">II", png[16:24])
        image = field(1, height) + field(2, width) + field(3, 3) + field(4, png)
        self.record(field(2, step) + field(5, field(1, field(1, f"{tag}/image/0") + field(4, image))))`;
