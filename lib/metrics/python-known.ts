/**
 * Further measures in Python, as in python.ts: of networks, of what a source knows of itself, and of rows that were
 * trained on.
 */
export const codeFigures = `def match_largest(gains):
    """The largest sum of gains with each row and column used once (Jonker and Volgenant 1987)."""
    size = max(gains.shape)
    costs = np.zeros((size + 1, size + 1))  # rows and columns count from 1
    costs[1 : gains.shape[0] + 1, 1 : gains.shape[1] + 1] = -gains
    rows, columns, row_of = np.zeros(size + 1), np.zeros(size + 1), np.zeros(size + 1, dtype=int)
    for row in range(1, size + 1):
        row_of[0], column = row, 0
        slack, before, visited = np.full(size + 1, math.inf), np.zeros(size + 1, dtype=int), np.zeros(size + 1, dtype=bool)
        while row_of[column] != 0:
            visited[column] = True
            reduced = costs[row_of[column]] - rows[row_of[column]] - columns
            nearer = ~visited & (reduced < slack)
            slack[nearer], before[nearer] = reduced[nearer], column
            following = np.where(visited, math.inf, slack)
            following[0] = math.inf
            column = int(following.argmin())
            least = following[column]
            rows[row_of[visited]] += least
            columns[visited] -= least
            slack[~visited] -= least
        while column != 0:
            row_of[column] = row_of[before[column]]
            column = before[column]
    return -costs[row_of[1:], np.arange(1, size + 1)].sum()


def code_figures(recovered, code, labels, logits):
    """What can be read back of a code, in nats, and the share that is right by the best naming of classes."""
    scores, found = flat_rows(recovered), largest_of(recovered)
    truth = code if labels is None else labels
    figures = {}
    if code is not None:
        drawn = largest_of(code)
        if logits:
            most = scores.max(1, keepdims=True)
            logs = scores - most - np.log(np.exp(scores - most).sum(1, keepdims=True))
        else:
            logs = np.log(np.maximum(1e-12, scores))
        shares = np.bincount(drawn, minlength=code.shape[1]) / len(drawn)
        entropy = -(shares[shares > 0] * np.log(shares[shares > 0])).sum()
        figures["information"] = logs[np.arange(len(drawn)), drawn].mean() + entropy
    table = contingency(found, largest_of(truth), recovered.shape[1], truth.shape[1])
    return {**figures, "accuracy": match_largest(table) / len(found)}`;

export const linearProbe = `def linear_probe(features, labels, labelled=None):
    """The share of the rest that is named right by ridge regression on the first rows, or on half of them."""
    rows, fitted = flat_rows(features), labelled or len(features) // 2
    if fitted < 2 or fitted >= len(rows) or not np.isfinite(rows).all():
        return {}
    mean, deviation = rows[:fitted].mean(0), rows[:fitted].std(0)
    x = (rows - mean) * np.divide(1, deviation, out=np.zeros_like(mean), where=deviation > 0)
    classes, hot = largest_of(labels), np.eye(labels.shape[1])
    wanted = hot[classes[:fitted]]
    gram = x[:fitted].T @ x[:fitted] / fitted + 1e-3 * np.eye(x.shape[1])
    scores = x[fitted:] @ np.linalg.solve(gram, x[:fitted].T @ wanted / fitted) + wanted.mean(0)
    return {"accuracy": (scores.argmax(1) == classes[fitted:]).mean()}`;

export const copying = `def k_means(rows, count, stream):
    """Means of so many cells, which start at rows that are far from those before (Arthur 2007)."""
    means = np.zeros((count, rows.shape[1]))
    for cell in range(count):
        weights = np.ones(len(rows)) if cell == 0 else nearest_rows(rows, means[:cell])[1] ** 2
        reached = np.cumsum(weights)
        drawn = np.searchsorted(reached, stream.uniform() * reached[-1], "right")
        means[cell] = rows[min(drawn, len(rows) - 1)]
    for _ in range(10):
        own = nearest_rows(rows, means)[0]
        for cell in np.unique(own):
            means[cell] = rows[own == cell].mean(0).astype(np.float32)
    return means


def copying(samples, data, unseen, cells, stream):
    """Whether samples are nearer to the data than unseen examples are, cell by cell (Meehan et al. 2020)."""
    most = int(math.sqrt(1e9 / samples[0].size))
    samples, data, unseen = (finite_rows(rows)[:most] for rows in (samples, data, unseen))
    if len(data) == 0:
        return {}
    means = k_means(data, min(cells, len(data)), stream)
    made, trained, held = (nearest_rows(rows, means)[0] for rows in (samples, data, unseen))
    weight, score, nearer = 0, 0, 0
    for cell in range(len(means)):
        own, others, among = samples[made == cell], unseen[held == cell], data[trained == cell]
        if len(own) < 20 or len(others) == 0 or len(among) == 0:
            continue
        a, b = nearest_rows(own, among)[1], np.sort(nearest_rows(others, among)[1])
        farther = (np.searchsorted(b, a, "left") + np.searchsorted(b, a, "right")).sum() / 2
        pairs = len(a) * len(b)
        weight += len(b)
        score += len(b) * (farther - pairs / 2) / math.sqrt(pairs * (len(a) + len(b) + 1) / 12)
        nearer += len(b) * (1 - farther / pairs)
    return {"score": score / weight, "nearer": nearer / weight} if weight else {}`;

export const extentOf = `def extent_of(lead, *others):
    """Low and high per axis of what is drawn together; the others widen that of the first within limits."""
    extent = []
    for axis in range(flat_rows(lead).shape[1]):
        low, high = bounds_of(flat_rows(lead)[:, axis])
        ends = [bounds_of(flat_rows(rows)[:, axis]) for rows in others]
        lows, highs = [max(end[0], 2 * low - high) for end in ends], [min(end[1], 2 * high - low) for end in ends]
        extent.append((min(low, *lows), max(high, *highs)))
    return extent


def cells_of(extent, places):
    """Middles of equal cells, the first axis fastest, and the size of one."""
    along = [low + (high - low) * (np.arange(places) + 0.5) / places for low, high in extent]
    grid = np.stack(np.meshgrid(*along, indexing="ij"), -1).transpose(*reversed(range(len(extent))), len(extent))
    size = math.prod((high - low) / places for low, high in extent)
    return grid.reshape(-1, len(extent)).astype(np.float32), size`;

export const softplus = `def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))`;

export const densityRatio = `def ratio_figures(extent, p, q, apply, target, is_logit):
    """How near a discriminator is to the best one between two known densities, by quadrature."""
    if len(extent) > 2:
        return {}
    points, cell = cells_of([(low - 0.4 * (high - low), high + 0.4 * (high - low)) for low, high in extent], [2001, 141][len(extent) - 1])
    found = apply(points).astype(np.float64).reshape(-1)
    if len(found) != len(points):
        return {}
    p, q = p(points.astype(np.float64)), q(points.astype(np.float64))
    with np.errstate(divide="ignore", invalid="ignore"):
        logits = found if is_logit else np.log(found / (1 - found))
    there = p + q > 0
    logits, both, real = logits[there], (p + q)[there], target * p[there]
    fake = both - real
    error = np.abs(1 / (1 + np.exp(-logits)) - real / both)

    def entropy(part):
        return (part * np.log(np.where(part > 0, part, both) / both)).sum() * cell

    return {
        "meanError": (both / 2 * error).sum() * cell,
        "maxError": error[both / 2 > 0.01].max(initial=0),
        "valueGap": entropy(real) + entropy(fake) + (real * softplus(-logits) + fake * softplus(logits)).sum() * cell,
    }`;

export const divergenceBound = `def kl(p, q):
    return p * (np.log(np.where(p > 0, p, 1)) - np.log(np.where(q > 0, q, 1)))


def bound_figures(extent, p, q, apply, real, fake, best, is_bound):
    """What a critic makes of two known densities of one number, beside the best that any can, by quadrature."""
    if len(extent) != 1:
        return {}
    points, cell = cells_of(extent, 4000)
    scores = apply(points).astype(np.float64).reshape(-1)
    if len(scores) != len(points):
        return {}
    p, q = p(points.astype(np.float64)), q(points.astype(np.float64))
    with np.errstate(all="ignore"):
        paid = np.where(p > 0, p * real(scores), 0) + np.where(q > 0, q * fake(scores), 0)
        limit = np.where(p + q > 0, np.nan_to_num(best(p, q), nan=0, posinf=math.inf, neginf=-math.inf), 0)
    value, truth = paid.sum() * cell, limit.sum() * cell
    return {"value": value, "truth": truth, "gap": (truth - value if is_bound else value - truth) / abs(truth)}`;

export const attributeFigures = `def values_of_groups(labels, sizes):
    """One-hot groups side by side as values; -1 where a group has a number that is not finite."""
    ends = np.cumsum(sizes)
    return np.stack([largest_of(labels[:, end - size : end]) for size, end in zip(sizes, ends)], 1)


def attribute_figures(read, samples, given, sizes, asked):
    """What samples are, as their data set reads them, and how far that is what was asked for."""
    readings = [read(sample, None if given is None else given[i]) for i, sample in enumerate(samples)]
    values = np.array([reading[0] for reading in readings])
    legal = np.array([bool(reading[2]) for reading in readings])
    figures = {"legal": legal.mean(), "fit": np.mean([reading[1] for reading in readings])}
    if asked is not None:
        right = (asked >= 0) & (values == asked)
        figures.update({"all": right.all(1).mean(), "worst": right.mean(0).min()})
    if sizes:
        figures["least"] = min(size * (values[:, i] == k).mean() for i, size in enumerate(sizes) for k in range(size))
    if len(readings[0]) > 3:
        figures["distinct"] = len({reading[3] for reading in readings if reading[2]})
    return figures`;

export const latentArithmetic = `def latent_arithmetic(read, samples, z, apply, wanted, average, trials, stream):
    """Adds an attribute to samples by sums of latents: how often it came, and how many others stayed."""
    attribute, value = wanted
    readings = [read(sample, None) for sample in samples]
    before = np.array([reading[0] for reading in readings])
    legal = np.array([bool(reading[2]) for reading in readings])
    having = np.nonzero(legal & (before[:, attribute] == value))[0]
    lacking = np.nonzero(legal & (before[:, attribute] >= 0) & (before[:, attribute] != value))[0]
    if len(having) == 0 or len(lacking) == 0:
        return {}

    def pick(rows):
        return rows[stream.integer(len(rows))]

    def some(rows):
        return [pick(rows) for _ in range(average)]

    def mean(rows):
        return z[rows].mean(0, dtype=np.float64)

    starts, rows = [], []
    for _ in range(trials):
        start = pick(lacking)
        alike = lacking[(before[lacking] == before[start]).all(1)]
        start, plus, minus = some(alike), some(having), some(lacking)
        starts.append(start[0])
        rows.append(mean(start) + mean(plus) - mean(minus))
    after = np.array([read(sample, None)[0] for sample in apply(np.array(rows, dtype=np.float32))])
    was, others = before[starts], np.arange(before.shape[1]) != attribute
    kept = (was >= 0) & (was == after)
    return {
        "hit": (after[:, attribute] == value).mean(),
        "kept": kept[:, others].mean() if others.any() else 1,
    }`;
