import { type PythonSource, pythonSource } from '../python';
import type { ImportOptions } from './import-options';

/** Text and numbers of JSON are Python's; true and false are not. */
const literal = (value: ImportOptions[keyof ImportOptions]): string =>
  typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value);

/** The rows of `part` in Python, drawn from the same file: a function of `part`, `name`, `rng`, `rows` and `index`. */
export function importPython(id: string, options: ImportOptions): PythonSource {
  const entries = Object.entries(options).map(([key, value]) => `    "${key}": ${literal(value)},`);
  const body = `options = {
${entries.join('\n')}
}
return draw_import("${id.replace('import:', '')}", options, part, rng, rows, index, name)`;
  return pythonSource(body, findFiles, tables, resized, readPictures, readArrays, importPart, drawImport);
}

const findFiles = `def find_files(name, sha):
    """Names and bytes of the files of this hash: given with --data, beside this script, or where it runs."""
    import hashlib

    beside = pathlib.Path(globals().get("__file__", ".")).parent / name
    for path in [*map(pathlib.Path, GIVEN), beside, pathlib.Path(name)]:
        if not path.exists():
            continue
        if path.is_dir():
            root, names = path, [each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file()]
            names = sorted(each for each in names if not any(part.startswith(".") for part in each.split("/")))
        else:
            labels = re.sub(r"images([-.])idx\\d", r"labels\\1idx1", path.name, count=1)
            root, names = path.parent, [path.name]
            if labels != path.name and (root / labels).exists():
                names.append(labels)
        files = [(each, (root / each).read_bytes()) for each in names]
        hashes = [hashlib.sha256(data).hexdigest() for _, data in files]
        lines = "".join(f"{found}  {each}\\n" for found, each in zip(hashes, names))
        if sha == (hashes[0] if len(files) == 1 else hashlib.sha256(lines.encode()).hexdigest()):
            return files
    raise SystemExit(f"The data {name} is needed (SHA-256 {sha}): --data PATH.")`;

const tables = `def read_number(cell, separator):
    cell = cell.replace(",", ".", 1) if separator == ";" else cell
    return float(cell) if re.fullmatch(r"\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?\\s*", cell, re.I | re.A) else math.nan


def read_table(data):
    """Columns by name, as lists of cells, and what separates cells."""
    import csv
    import io
    import itertools

    marks = {b"\\xff\\xfe": "utf-16", b"\\xfe\\xff": "utf-16"}
    try:
        text = data.decode(marks.get(data[:2], "utf-8-sig"))
    except UnicodeDecodeError:
        text = data.decode("cp1252")

    def records(text, separator):
        return (cells for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if cells not in ([], [""]))

    def score(separator):
        counts = [len(cells) for cells in itertools.islice(records(text[:100_000], separator), 20)]
        return counts.count(counts[0]) / len(counts) + counts[0] / 1e6 if counts and counts[0] > 1 else 0

    separator = max(",\\t;|", key=score)
    cells = list(records(text, separator))
    first = cells[0]
    header = all(math.isnan(read_number(cell, separator)) for cell in first) and any(first)
    columns = {}
    for i, cell in enumerate(first):
        base = cell.strip()[:60] if header and cell.strip() else f"column {i + 1}"
        name = next(name for name in itertools.chain([base], (f"{base} {n}" for n in itertools.count(2))) if name not in columns)
        columns[name] = [each[i] for each in cells[header:]]
    return columns, separator`;

const resized = `def resized(image, shape, fit, blank, whole):
    """An image [h, w, c] in another size: linear where it grows, means of what is covered where it shrinks."""
    height, width, channels = shape
    scales = [height / image.shape[0], width / image.shape[1]]
    if fit != "stretch":
        scales = [max(scales) if fit == "crop" else min(scales)] * 2
    shares = []
    for size, target, scale in zip(image.shape, (height, width), scales):
        reach = max(1.0, 1 / scale)
        centre = (np.arange(target)[:, None] + 0.5 - target / 2) / scale + size / 2
        share = np.maximum(0, 1 - np.abs(np.arange(size) + 0.5 - centre) / reach) * ((centre >= 0) & (centre <= size))
        total = share.sum(1, keepdims=True)
        shares.append(share / np.where(total > 0, total, 1))
    found = np.einsum("yi,xj,ijc->yxc", *shares, image, optimize=True)
    found += blank * (1 - np.outer(shares[0].any(1), shares[1].any(1)))[..., None]
    if image.shape[2] == 3 and channels == 1:
        found = found @ np.array([[0.299], [0.587], [0.114]])
    found = np.repeat(found, channels // found.shape[2], axis=2)
    return np.floor(found + 0.500001).astype(np.uint8) if whole else found`;

const readPictures = `def read_pictures(data):
    """Pixels of an image, or of each frame of a GIF, up to what is damaged; none of one that is too large."""
    import io

    from PIL import Image, ImageOps  # pip install pillow

    try:
        image = Image.open(io.BytesIO(data))
        if image.width * image.height > 64_000_000:
            return
        for frame in range(getattr(image, "n_frames", 1) if data[:4] == b"GIF8" else 1):
            image.seek(frame)
            upright = image if image.format in ("PNG", "WEBP") else ImageOps.exif_transpose(image)
            yield np.asarray(upright.convert("RGBA"), dtype=float)
    except (OSError, EOFError, SyntaxError, Image.DecompressionBombError):
        return`;

const readArrays = `def read_arrays(files, options):
    """What files hold, by name: arrays of NumPy and IDX, columns of a table, images of one size."""
    import gzip
    import io
    import zipfile

    arrays, images, folders, separator, files = {}, [], [], None, list(files)
    types = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
    pictures = re.compile(rb"\\x89PNG|\\xff\\xd8\\xff|GIF8|RIFF....WEBP|....ftypavi[fs]", re.S)
    while files:
        name, data = files.pop(0)
        base = name.split("/")[-1]
        if any(part.startswith(".") or part in ("__MACOSX", "Thumbs.db", "desktop.ini") for part in name.split("/")):
            continue
        if data[:4] == b"PK\\3\\4":
            try:
                with zipfile.ZipFile(io.BytesIO(data)) as packed:
                    inside = [each for each in packed.namelist() if not each.endswith("/")]
                    if "[Content_Types].xml" not in inside:  # a document of Office
                        files = [(each, packed.read(each)) for each in inside] + files
            except zipfile.BadZipFile:
                continue
        elif data[:2] == b"\\x1f\\x8b":
            files.insert(0, (re.sub(r"\\.gz$", "", name, flags=re.I), gzip.decompress(data)))
        elif data[:6] == b"\\x93NUMPY":
            try:
                arrays[base.removesuffix(".npy")] = np.load(io.BytesIO(data), allow_pickle=False)
            except ValueError:  # objects
                pass
        elif data[:2] == b"\\0\\0" and data[2] in types:
            dims = struct.unpack(f">{data[3]}I", data[4 : 4 + 4 * data[3]])
            arrays[base] = np.frombuffer(data, types[data[2]], offset=4 + 4 * data[3]).reshape(dims)
        elif pictures.match(data):
            for pixels in read_pictures(data):
                alpha = pixels[..., 3:]
                image = np.floor((pixels[..., :3] * alpha + 255 * (255 - alpha)) / 255 + 0.5)  # over white
                images.append(resized(image, options["shape"], options["fit"], 255, True))
                folders.append(name.split("/")[:-1])
        elif re.search(r"\\.(csv|tsv|tab|txt|dat|data)$", name, re.I) and not images:
            columns, separator = read_table(data)
            arrays.update(columns)
    if not images:
        return arrays, separator
    shared = 0  # folders that all are in
    while all(len(path) > shared and path[shared] == folders[0][shared] for path in folders):
        shared += 1
    inner = [path[-1] if path else "" for path in folders]
    outer = [path[shared] if len(path) > shared else "" for path in folders]
    return {"images": np.stack(images), "folder": inner, "outer folder": outer}, separator`;

const importPart = `PARTS = {}


def mixed_order(rows):
    """Rows by a hash of their number: held-out rows come from everywhere."""
    key = np.arange(rows, dtype=np.uint32) * np.uint32(0x9E3779B1)
    key = (key ^ (key >> np.uint32(16))) * np.uint32(0x85EBCA77)
    return np.argsort((key ^ (key >> np.uint32(13))) >> np.uint32(4), kind="stable")


def import_part(sha, options, part):
    """The rows of a split, up to a count and up to so many per class: x as in the file, classes as numbers."""
    if (sha, repr(options), part) in PARTS:
        return PARTS[sha, repr(options), part]
    arrays, separator = read_arrays(find_files(options["name"], sha), options)
    size, shape, classes = options["rows"], options["shape"], options["classes"]

    def numbers(column):
        if isinstance(column, list):
            column = [read_number(cell, separator) for cell in column]
        return np.asarray(column)

    columns = [numbers(arrays[name]) for name in options["x"]]
    x = np.stack(columns, axis=1) if len(columns) > 1 else columns[0]
    own = list(x.shape[1:])
    if len(shape) == 3 and own != shape and own + [1] != shape:
        own = own if len(own) == 3 else own + [1]
        whole = x.dtype in (np.uint8, np.bool_)
        images = x.reshape(size, *own).astype(float)
        x = np.stack([resized(image, shape, options["fit"], 255 if whole else 0, whole) for image in images])
    x = x.reshape(size, *shape)
    label = np.zeros(size, dtype=int)
    if classes:
        column = arrays[options["labels"]]
        if set(classes).issuperset(column):
            label = np.array([classes.index(value) for value in column])
        else:
            places = {float(value): place for place, value in enumerate(classes)}
            label = np.array([places[float(value)] for value in numbers(column)])
    split, count, per_class, which = part
    order = mixed_order(size)
    cut = size - math.floor(size * options["heldOut"])
    rows = {"all": order, "train": order[:cut], "test": order[cut:]}[split]
    wanted = count if count is not None else (per_class or 0) * len(classes)
    rows = np.roll(rows, -(which * wanted % len(rows)))[:count]
    if per_class is not None:
        left = [per_class] * max(1, len(classes))
        taken = []
        for row in rows:
            left[label[row]] -= 1
            if left[label[row]] >= 0:
                taken.append(row)
        rows = np.array(taken)
    if options["flip"]:
        rows = np.repeat(rows, 2)
    found = {"x": x[rows], "labels": label[rows]}
    if options["flip"]:
        found["x"][1::2] = found["x"][1::2, :, ::-1].copy()
    PARTS[sha, repr(options), part] = found
    return found`;

const drawImport = `def draw_import(sha, options, part, rng, rows, index, name):
    drawn = deal(import_part(sha, options, part), rng, rows, index, name)
    x = drawn["x"].reshape(rows, -1).astype(float)
    x = (x - np.resize(options["offset"], x.shape[1])) / np.resize(options["spread"], x.shape[1])
    found = {"x": x.reshape(rows, *options["shape"])}
    if options["classes"]:
        found["labels"] = np.eye(len(options["classes"]))[drawn["labels"]]
    return found`;
