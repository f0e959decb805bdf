/** A finite data set in Python: what `poolOf` is here. */
export const poolPython = `POOLS = {}


def pool(draw, count, per_class, which, split):
    """A finite data set, drawn once: the same rows on every rank and in every run."""
    key = (draw.__qualname__, count, per_class, which, split)
    if key in POOLS:
        return POOLS[key]
    rng = np.random.default_rng(which)
    if per_class is None:
        found = draw(rng, count)
    else:
        classes = draw(rng, 1)["labels"].shape[1]
        found = draw(rng, count or 50 * classes * per_class)
        label = found["labels"].argmax(1)
        rows = np.sort(np.concatenate([np.flatnonzero(label == k)[:per_class] for k in range(classes)]))
        found = {port: values[rows] for port, values in found.items()}
    size = len(found["x"])
    cut = size - size // 5  # the last fifth is the test split
    part = {"all": slice(0, size), "train": slice(0, cut), "test": slice(cut, size)}[split]
    POOLS[key] = {port: values[part] for port, values in found.items()}
    return POOLS[key]`;

/** The rows of one draw, in Python. */
export const dealPython = `ORDERS = {}


def order(name, epoch, size):
    """How the epoch of a data set is shuffled; the last few are kept."""
    key = (name, epoch, size)
    if key not in ORDERS:
        ORDERS[key] = np.random.default_rng([SEED, epoch, *name.encode()]).permutation(size)
        if len(ORDERS) > 8:
            del ORDERS[next(iter(ORDERS))]
    return ORDERS[key]


def deal(found, rng, rows, index, name):
    """Rows of a finite data set: epochs laid end to end, each shuffled anew; with replacement if it is small."""
    size = len(found["x"])
    if size < rows:
        taken = rng.integers(size, size=rows)
    else:
        place = index * rows + np.arange(rows)
        taken = np.array([order(name, int(p // size), size)[p % size] for p in place])
    return {port: values[taken] for port, values in found.items()}`;
