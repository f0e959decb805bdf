/** Weights and samples as files. */
export const safetensors = `NUMBERS = {"F32": "<f4", "F64": "<f8", "F16": "<f2", "BF16": "<u2"}  # whole numbers are no weights


def read_safetensors(path):
    """Name -> tensor of float32: the length of the header, the header as JSON, the numbers."""
    data = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header, body = json.loads(data[8 : 8 + length]), data[8 + length :]
    entries = {name: entry for name, entry in header.items() if entry.get("dtype") in NUMBERS}
    if others := sorted({entry["dtype"] for entry in entries.values()} - {"F32"}):
        print(f"{path}: {', '.join(others)} became float32.")
    tensors = {}
    for name, entry in entries.items():
        start, end = entry["data_offsets"]
        values = np.frombuffer(body[start:end], dtype=NUMBERS[entry["dtype"]])
        if entry["dtype"] == "BF16":  # the upper half of a float32
            values = (values.astype("<u4") << 16).view("<f4")
        tensors[name] = torch.tensor(values.astype("<f4").reshape(entry["shape"]))
    return tensors


def write_safetensors(path, tensors, about):
    header, parts, end = {"__metadata__": about}, [], 0
    for name, tensor in tensors.items():
        part = tensor.detach().cpu().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [end, end + len(part)]}
        parts.append(part)
        end += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def state():
    """All weights and moving statistics, by the names that they have in a safetensors file."""
    named = [(name, network) for name, network in NETWORKS.items()]
    named += [(f"ema.{name}", network) for name, network in AVERAGES.items()]
    return {
        f"{name}.{path}": tensor
        for name, network in named
        for path, tensor in network.state_dict().items()
        if tensor.is_floating_point()
    }


def load(path):
    """Weights from a file, whatever stands before all names; an average that it does not hold starts as a copy."""
    found, own = read_safetensors(path), state()
    starts = {key.removesuffix(name) for key in found for name in own if key.endswith(f".{name}")}
    start = max(["", *sorted(starts)], key=lambda start: sum(start + name in found for name in own))
    if start:
        print(f'{path}: "{start}" before the names was left out.')
    for name, tensor in own.items():
        source = found.get(start + name, found.get(start + name.removeprefix("ema.")))
        if source is None or source.shape != tensor.shape:
            shape = "missing" if source is None else f"of shape {tuple(source.shape)}, not {tuple(tensor.shape)}"
            raise SystemExit(f"{path}: {name} is {shape}.")
        tensor.copy_(source)


def broadcast():
    """Every rank starts from the weights of rank 0."""
    if WORLD > 1:
        for tensor in state().values():
            dist.broadcast(tensor, 0)


def save(path):
    """Weights to a file; moving statistics, which each rank has its own of, are averaged first."""
    if WORLD > 1:
        for tensor in state().values():
            dist.all_reduce(tensor)
            tensor.div_(WORLD)
    if RANK == 0:
        about = {"iteration": str(clock.iteration + (clock.updates > 0)), "updates": str(clock.updates)}
        write_safetensors(path, state(), about)`;

export const pictures = (takesSlopes: boolean): string => `def is_image(values):
    return values.dim() == 4 and values.shape[1] in (1, 3)


def png_of(images, columns=8):
    """Images [rows, C, H, W] in [-1, 1] as one picture, a PNG."""
    images = images[: columns * columns].cpu()
    grey = ((images.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).expand(-1, 3, -1, -1)
    blank = grey.new_zeros((-len(grey) % columns, *grey.shape[1:]))
    grid = torch.cat([grey, blank]).unflatten(0, (-1, columns))  # [rows, columns, 3, H, W]
    pixels = grid.permute(0, 3, 1, 4, 2).flatten(2, 3).flatten(0, 1).numpy()
    height, width, _ = pixels.shape
    lines = b"".join(b"\\0" + line.tobytes() for line in pixels)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    about = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", about) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def write_samples(out, events=None, step=0, rows=512):
    """What the views show, on noise that is the same each time: pictures as PNG, other numbers as .npy."""
${
  takesSlopes
    ? '    found = samples(Batch(0, rows, purpose=1))'
    : `    with torch.no_grad():
        found = samples(Batch(0, rows, purpose=1))`
}
    for name, values in found.items():
${takesSlopes ? '        values = values.detach()\n' : ''}        if is_image(values):
            png = png_of(values)
            (out / f"{name}.png").write_bytes(png)
            if events:
                events.picture(step, name, png)
        else:
            np.save(out / f"{name}.npy", values.cpu().numpy())`;
