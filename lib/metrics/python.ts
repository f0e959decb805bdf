/**
 * The measures of this folder in Python, for the exported file: NumPy arrays [rows, ...], channels last. Each text is
 * one function, and names those that it needs.
 */
export const flatRows = `def flat_rows(values):
    """Rows of numbers as double precision has them."""
    return values.reshape(len(values), -1).astype(np.float64)`;

export const finiteRows = `def finite_rows(values):
    """Without rows that hold a number that is not finite."""
    rows = flat_rows(values)
    return rows[np.isfinite(rows).all(1)]`;

export const randomNumbers = `class Stream:
    """Random numbers that follow from a key, as the editor draws them (sfc32)."""

    def __init__(self, *key):
        a, b, c, d = 1779033703, 3144134277, 1013904242, 2773480762
        m1, m2, m3, m4 = 597399067, 2869860233, 951274213, 2716044179
        for k in map(ord, "\\0".join(map(str, key))):
            a = b ^ (a ^ k) * m1 & 0xFFFFFFFF
            b = c ^ (b ^ k) * m2 & 0xFFFFFFFF
            c = d ^ (c ^ k) * m3 & 0xFFFFFFFF
            d = a ^ (d ^ k) * m4 & 0xFFFFFFFF
        a = (c ^ a >> 18) * m1 & 0xFFFFFFFF
        b = (d ^ b >> 22) * m2 & 0xFFFFFFFF
        c = (a ^ c >> 17) * m3 & 0xFFFFFFFF
        d = (b ^ d >> 19) * m4 & 0xFFFFFFFF
        a ^= b ^ c ^ d
        self.state, self.spare = (a, b ^ a, c ^ a, d ^ a), None
        for _ in range(12):
            self.uniform()

    def uniform(self):
        a, b, c, d = self.state
        t = a + b + d & 0xFFFFFFFF
        turned = c << 21 & 0xFFFFFFFF | c >> 11
        self.state = b ^ b >> 9, c * 9 & 0xFFFFFFFF, turned + t & 0xFFFFFFFF, d + 1 & 0xFFFFFFFF
        return t / 2**32

    def normal(self):
        if self.spare is not None:
            value, self.spare = self.spare, None
            return value
        radius, angle = math.sqrt(-2 * math.log(1 - self.uniform())), 2 * math.pi * self.uniform()
        self.spare = radius * math.sin(angle)
        return radius * math.cos(angle)

    def integer(self, n):
        return math.floor(self.uniform() * n)`;

export const squaredDistances = `def squared_distances(a, b):
    """Of each row of a to each of b, a few rows at a time."""
    step = max(1, 2**22 // b.size)
    return np.concatenate([((a[i : i + step, None] - b) ** 2).sum(2) for i in range(0, len(a), step)])`;

export const nearestModes = `def nearest_modes(samples, centres, deviations, within=math.inf):
    """Per row the nearest mode in units of its deviations; -1 where that is \`within\` or more away."""
    rows = flat_rows(samples)
    away = np.stack([(((rows - c) / d) ** 2).sum(1) for c, d in zip(np.array(centres), np.array(deviations))], 1)
    away[~np.isfinite(away)] = math.inf
    return np.where(away.min(1) < within**2, away.argmin(1), -1)`;

export const countModes = `def count_modes(samples, centres, deviations, weights, minimum):
    """Modes that are reached, and how near their shares are to the true ones."""
    found, weights = nearest_modes(samples, centres, deviations, 3), np.array(weights)
    counts = np.bincount(found[found >= 0], minlength=len(weights))
    valid, rows = counts.sum(), max(1, len(found))
    shares = counts[counts > 0] / max(1, valid)
    divergence = (shares * np.log(shares / weights[counts > 0])).sum() if valid else -math.log(weights.min())
    return {
        "modes": int((counts >= minimum).sum()),
        "highQuality": valid / rows,
        "reverseKl": max(0.0, divergence),
        "totalVariation": (1 - valid / rows + np.abs(counts / rows - weights).sum()) / 2,
    }`;

export const wasserstein = `def wasserstein_on_line(a, b):
    """The mean distance of equal quantiles, of samples of any two sizes."""
    a, b = (np.sort(values[np.isfinite(values)]) for values in (a, b))
    if len(a) == 0 or len(b) == 0:
        return math.nan
    steps = np.union1d(np.arange(1, len(a) + 1) * len(b), np.arange(1, len(b) + 1) * len(a))
    widths = np.diff(steps, prepend=0) / (len(a) * len(b))
    return (widths * np.abs(a[(steps - 1) // len(b)] - b[(steps - 1) // len(a)])).sum()


DIRECTIONS = {}


def directions_of(axes, stream, count):
    """Random ones of length 1, the same each time."""
    if (axes, count) not in DIRECTIONS:
        drawn = np.array([[stream.normal() for _ in range(axes)] for _ in range(count)])
        DIRECTIONS[axes, count] = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return DIRECTIONS[axes, count]


def wasserstein(samples, data, stream, directions=64):
    """Exact on the line; elsewhere the mean over random directions."""
    a, b = flat_rows(samples), flat_rows(data)
    if a.shape[1] == 1:
        return wasserstein_on_line(a[:, 0], b[:, 0])
    along = directions_of(a.shape[1], stream, directions).T
    return np.mean([wasserstein_on_line(*pair) for pair in zip((a @ along).T, (b @ along).T)])`;

export const meanDiscrepancy = `def mean_discrepancy(samples, data):
    """MMD with a Gaussian kernel as wide as the median distance within the data."""
    a, b = finite_rows(samples), finite_rows(data)
    most = int(math.sqrt(4e8 / (2 * a.shape[1])))
    a, b = a[:most], b[:most]
    if len(a) < 2 or len(b) < 2:
        return math.nan
    some = squared_distances(b[:200], b[:200])
    apart = np.sort(some[np.tril_indices(len(some), -1)])
    precision = 0.5 / (apart[len(apart) // 2] or 1)

    def within(rows):
        kernel = np.exp(-precision * squared_distances(rows, rows))
        return (kernel.sum() - len(rows)) / (len(rows) * (len(rows) - 1))

    between = np.exp(-precision * squared_distances(a, b)).mean()
    return math.sqrt(max(0.0, within(a) + within(b) - 2 * between))`;

export const boundsOf = `def bounds_of(values):
    """Low and high of numbers, without those that are far out, and a tenth more."""
    found = np.sort(values[np.isfinite(values)])
    if len(found) == 0:
        return -1.0, 1.0
    first, low, high, last = (found[int(share * (len(found) - 1) + 0.5)] for share in (0, 0.02, 0.98, 1))
    reach = 3 * (high - low)
    low, high = max(first, low - reach), min(last, high + reach)
    room = (high - low) * 0.1 or abs(low) * 0.1 or 1
    return low - room, high + room`;

export const histogramDivergences = `def divergences(samples, data, bins):
    """KL of data from samples and Jensen-Shannon, by histograms over the data; one more cell for what lies outside."""
    real, made = flat_rows(data), flat_rows(samples)
    low, high = np.array([bounds_of(column) for column in real.T]).T

    def shares(rows):
        places = np.floor((rows - low) / (high - low) * bins)
        inside = ((places >= 0) & (places < bins)).all(1)
        cells = (np.nan_to_num(places[inside]) @ bins ** np.arange(rows.shape[1])[::-1]).astype(int)
        counts = np.append(np.bincount(cells, minlength=bins ** rows.shape[1]), (~inside).sum())
        return (counts / len(rows) + 1e-4) / (1 + 1e-4 * len(counts))

    p, q = shares(real), shares(made)
    middle = (p + q) / 2
    return {
        "kl": (p * np.log(p / q)).sum(),
        "js": (p * np.log(p / middle) + q * np.log(q / middle)).sum() / 2,
    }`;

export const neighbourhoods = `def neighbourhoods(samples, data, k):
    """Quality and variety by who lies in whose ball, which reaches to the k-th nearest of its own set."""
    made, real = finite_rows(samples), finite_rows(data)
    if len(made) == 0 or len(real) == 0:
        return {"precision": 0, "recall": 0, "density": 0, "coverage": 0}
    most = int(math.sqrt(1.5e9 / made.shape[1]))
    made, real = made[:most], real[:most]

    def radii(rows):
        apart = squared_distances(rows, rows)
        np.fill_diagonal(apart, math.inf)
        return np.sort(apart, 1)[:, k - 1] if len(rows) > k else np.zeros(len(rows))

    apart = squared_distances(made, real)
    inside = apart <= radii(real)
    return {
        "precision": inside.any(1).mean(),
        "recall": (apart <= radii(made)[:, None]).any(0).mean(),
        "density": inside.sum() / (k * len(made)),
        "coverage": inside.any(0).mean(),
    }`;

export const valueFigures = `def value_figures(every):
    """Mean, deviation and range of the finite numbers on each wire, and the share above 0."""
    result = {}
    for i, values in enumerate(every):
        found = values[np.isfinite(values)].astype(np.float64)
        if len(found) == 0:
            found = np.array([math.nan])
        figures = {"mean": found.mean(), "sd": found.std(), "min": found.min(), "max": found.max()}
        figures["positive"] = (found > 0).mean() if np.isfinite(found).all() else math.nan
        result.update({f"{name}{i + 1 if i else ''}": value for name, value in figures.items()})
    return result`;

export const largestOf = `def largest_of(scores):
    """The place of the largest number of each row; -1 where one is not finite."""
    rows = flat_rows(scores)
    return np.where(np.isfinite(rows).all(1), np.nan_to_num(rows).argmax(1), -1)`;

export const agreement = `def agreement(a, b):
    """The share of rows of which both say the same; those that have none count as wrong."""
    return ((a >= 0) & (a == b)).mean()`;

export const similarity = `def smoothed(images, window):
    """Images [rows, H, W, C] by a separable window, at the places where it lies within them."""
    for axis in (1, 2):
        images = np.lib.stride_tricks.sliding_window_view(images, len(window), axis) @ window
    return images


def similarity(a, b, peak=2):
    """Structural similarity of images in [-1, 1]: a Gaussian window of 11, or the largest odd one that fits."""
    size = min(11, *a.shape[1:3])
    size -= 1 - size % 2
    window = np.exp(-0.5 * ((np.arange(size) - (size - 1) / 2) / 1.5) ** 2)
    x, y, c1, c2 = a.astype(np.float64), b.astype(np.float64), (0.01 * peak) ** 2, (0.03 * peak) ** 2
    mx, my, xx, yy, xy = (smoothed(each, window / window.sum()) for each in (x, y, x * x, y * y, x * y))
    top = (2 * mx * my + c1) * (2 * (xy - mx * my) + c2)
    return (top / ((mx**2 + my**2 + c1) * (xx - mx**2 + yy - my**2 + c2))).mean()`;

export const reconstruction = `def edges(images):
    return np.abs(np.diff(images, axis=1)).sum() + np.abs(np.diff(images, axis=2)).sum()


def reconstruction(a, b, tolerance):
    """How near b comes to a, row by row."""
    x, y = flat_rows(a), flat_rows(b)
    result = {"l1": np.abs(x - y).mean()}
    if a.ndim == 4:  # images in [-1, 1]
        with np.errstate(divide="ignore"):
            result["psnr"] = (10 * np.log10(4 / ((x - y) ** 2).mean(1))).mean()
        result["ssim"] = similarity(a, b)
        if (sharp := edges(a.astype(np.float64))) > 0:
            result["sharpness"] = edges(b.astype(np.float64)) / sharp
    far, length = np.linalg.norm(x - y, axis=1), np.linalg.norm(x, axis=1)
    if len(x) > 1:
        result["ratio"] = far.mean() / np.linalg.norm(x - np.roll(y, -1, 0), axis=1).mean()
    if (length > 0).any():
        result["relative"] = (far[length > 0] / length[length > 0]).mean()
    result["within"] = (far <= tolerance * length).mean()
    x, y = x - x.mean(0), y - y.mean(0)
    xx, yy = (x * x).sum(0), (y * y).sum(0)
    if (varies := (xx > 0) & (yy > 0)).any():
        result["correlation"] = ((x * y).sum(0)[varies] / np.sqrt(xx * yy)[varies]).mean()
    return result`;

export const judged = `def numbers(text, kind="<f4"):
    """An array that was written into this file."""
    import base64

    return np.frombuffer(base64.b64decode(text), kind)


def judged(samples, judge):
    """Features of each row, and its class, -1 for none, by the classifier of the data; it sees images made smaller."""
    x, rows, factor = samples, len(samples), judge["factor"]
    if judge["per_channel"]:
        x = np.moveaxis(x, -1, 1).reshape(-1, *x.shape[1:3], 1)
    if factor > 1:
        height, width = (size // factor for size in x.shape[1:3])
        x = x[:, : height * factor, : width * factor].reshape(len(x), height, factor, width, factor, -1).mean((2, 4))
    features = (flat_rows(x) - judge["mean"]) * judge["scale"]
    for layer in ("hidden", "scores"):
        weights = judge[layer].astype(np.float64)
        scores = features @ weights[:, :-1].T + weights[:, -1]
        if layer == "hidden":
            features = np.maximum(0, scores)
    found = np.where(np.isfinite(scores).all(1), np.nan_to_num(scores).argmax(1), -1)
    if judge["per_channel"]:
        digits = found.reshape(rows, -1)
        places = judge["classes"] ** np.arange(digits.shape[1])[::-1]
        found = np.where((digits < 0).any(1), -1, digits @ places)
    return features.reshape(rows, -1), found


def finite_samples(samples):
    return samples[np.isfinite(flat_rows(samples)).all(1)]`;

export const nearestRows = `def nearest_rows(rows, among):
    """Of each row the place of the nearest, and how far it is."""
    apart = squared_distances(rows, among)
    found = apart.argmin(1)
    return found, np.sqrt(apart[np.arange(len(rows)), found])`;

export const frechet = `def frechet_distance(a, b):
    """Of two samples as if they were Gaussian."""

    def moments(rows):
        apart = rows - rows.mean(0)
        return rows.mean(0), apart.T @ apart / max(1, len(rows) - 1)

    (mean_a, spread_a), (mean_b, spread_b) = moments(a), moments(b)
    values, vectors = np.linalg.eigh(spread_a)
    root = (vectors * np.sqrt(np.maximum(0, values))) @ vectors.T
    shared = np.sqrt(np.maximum(0, np.linalg.eigvalsh(root @ spread_b @ root))).sum()
    return max(0.0, ((mean_a - mean_b) ** 2).sum() + np.trace(spread_a) + np.trace(spread_b) - 2 * shared)


def nearest_error(made, classes, judge, unseen):
    """On examples of the data that no run has seen, of the class of the nearest sample."""
    drawn = unseen(np.random.default_rng(SEED), 300, 0)
    digits = drawn["labels"].reshape(300, -1, judge["classes"]).argmax(2)
    truth = digits @ judge["classes"] ** np.arange(digits.shape[1])[::-1]
    found, _ = nearest_rows(flat_rows(drawn["x"]), flat_rows(made[:1000]))
    return (classes[found] != truth).mean()


def frechet_figures(samples, data, judge, count, error, unseen):
    made, real = finite_samples(samples), finite_samples(data)
    if len(made) == 0:
        return {"coverage": 0, "nearestError": 1, "classifierError": error}
    (features, classes), (others, _) = judged(made, judge), judged(real, judge)
    counts = np.bincount(classes[classes >= 0], minlength=count)
    coverage = (counts >= 0.03 * len(classes)).sum()
    return {
        "distance": frechet_distance(features, others),
        "coverage": coverage,
        "nearestError": nearest_error(made, classes, judge, unseen),
        "classifierError": error,
    }`;

export const kernelDistance = `def kernel_distance(a, b):
    """Unbiased, with the kernel (x . y / d + 1)^3: moments up to the third are compared."""
    size = a.shape[1]
    most = min(1000, int(math.sqrt(1e8 / (2 * size))))
    a, b = a[:most], b[:most]
    if len(a) < 2 or len(b) < 2:
        return math.nan

    def kernel(x, y):
        return (x @ y.T / size + 1) ** 3

    def within(rows):
        found = kernel(rows, rows)
        return (found.sum() - np.trace(found)) / (len(rows) * (len(rows) - 1))

    return within(a) + within(b) - 2 * kernel(a, b).mean()


def kernel_figures(samples, data, judge, error):
    a, b = (judged(finite_samples(rows), judge)[0] for rows in (samples, data))
    return {"distance": kernel_distance(a, b), "classifierError": error}`;

export const countJudged = `def count_judged(found, count, minimum, error):
    """Classes that are reached, and how near their shares are to equal ones."""
    counts, rows = np.bincount(found[found >= 0], minlength=count), max(1, len(found))
    valid = counts.sum()
    shares = counts[counts > 0] / max(1, valid)
    return {
        "modes": int((counts >= minimum).sum()),
        "reverseKl": max(0.0, (shares * np.log(shares * count)).sum()) if valid else math.log(count),
        "totalVariation": (1 - valid / rows + np.abs(counts / rows - 1 / count).sum()) / 2,
        "classifierError": error,
    }`;

export const contingency = `def contingency(a, b, rows, columns):
    """How many are of class i by one and j by the other; those without a class are left out."""
    known = (a >= 0) & (b >= 0)
    return np.bincount(a[known] * columns + b[known], minlength=rows * columns).reshape(rows, columns)`;

export const labelFigures = `def label_figures(made, asked, count, classes):
    """How far samples are of the class that was asked for."""
    shares = contingency(asked, made, classes, count).astype(np.float64)
    figures = {"agreement": agreement(made, asked)}
    if shares.sum() > 0:
        shares /= shares.sum()
        even, found = shares.sum(1, keepdims=True) * shares.sum(0), shares > 0
        figures["mutualInformation"] = max(0.0, (shares[found] * np.log(shares[found] / even[found])).sum())
    return figures


def least_spread(samples, centres, deviations, asked):
    """The smallest spread of a class, in units of the data's; among samples near the mode that was asked for."""
    rows, within = flat_rows(samples), nearest_modes(samples, centres, deviations, 3)
    spreads = []
    for k, deviation in enumerate(np.array(deviations)):
        own = rows[(within == asked) & (asked == k)]
        if len(own) >= 20:
            spreads.append(math.sqrt((own.var(0, ddof=1) / deviation**2).mean()))
    return {"spread": min(spreads)} if spreads else {}`;
