import { boxHeight, boxWidth, glyphPaths, segmentsPerCurve } from './strokes';

const table = glyphPaths
  .map((ways) => `    [\n${ways.map((way) => `        "${way}",\n`).join('')}    ],\n`)
  .join('');

/** What `glyphs` draws, in Python: the same strokes, hands and pen. */
export const glyphsPython = `# The pen's path of every digit in a box ${boxWidth} wide and ${boxHeight} high, y down, as SVG commands; several ways of
# equal chance to write each.
GLYPHS = [
${table}]


def polylines(path):
    """The strokes of a path as arrays of points."""
    strokes = []
    for command in re.findall(r"[MLC][^MLC]*", path):
        points = np.array(command[1:].split(), dtype=float).reshape(-1, 2)
        if command[0] == "M":
            strokes.append(points)
            continue
        start = strokes[-1][-1]
        if command[0] == "L":  # in pieces, so that a straight line bends with the paper
            t = np.arange(1, 5)[:, None] / 4
            piece = start + (points[0] - start) * t
        else:
            t = np.arange(1, ${segmentsPerCurve + 1})[:, None] / ${segmentsPerCurve}
            s = 1 - t
            piece = s**3 * start + 3 * s * s * t * points[0] + 3 * s * t * t * points[1] + t**3 * points[2]
        strokes[-1] = np.concatenate([strokes[-1], piece])
    return strokes


STROKES = [[polylines(path) for path in ways] for ways in GLYPHS]


def write_glyph(rng, strokes, size, variation):
    """One digit by a random hand: slant, width, place, pen and the paper's bend differ."""

    def random():
        return variation * float(np.clip(rng.standard_normal(), -2.2, 2.2))

    height = 0.68 * size * (1 + 0.06 * random()) / ${boxHeight}
    width = 1.05 + 0.12 * random()
    slant = -0.08 * variation + 0.16 * random()
    angle = 0.05 * random()
    shift_x = 0.5 * size + 0.03 * size * random()
    shift_y = 0.5 * size + 0.03 * size * random()
    pen = 0.044 * size * (1 + 0.2 * random())
    bend_x, bend_y = 2.2 * random(), 1.8 * random()
    phase_x, phase_y = 2 * math.pi * rng.random(2)
    starts, ends = [], []
    for points in strokes:
        x, y = points[:, 0] - ${boxWidth / 2}, points[:, 1] - ${boxHeight / 2}
        bent_x = x + bend_x * np.sin(0.06 * y + phase_x)
        bent_y = y + bend_y * np.sin(0.08 * x + phase_y)
        u, v = height * (width * bent_x + slant * bent_y), height * bent_y
        moved = np.stack(
            [
                shift_x + math.cos(angle) * u - math.sin(angle) * v,
                shift_y + math.sin(angle) * u + math.cos(angle) * v,
            ],
            axis=1,
        )
        starts.append(moved[:-1])
        ends.append(moved[1:])
    return pen, np.concatenate(starts), np.concatenate(ends)


def draw_glyphs(rng, rows, size, variation):
    """Written digits in [-1, 1], the paper -1: coverage = clamp(pen - distance to the strokes + 1/2)."""
    y, x = np.mgrid[0:size, 0:size] + 0.5
    pixels = np.stack([x, y], axis=-1).reshape(-1, 1, 2)
    digits = rng.integers(len(STROKES), size=rows)
    images = np.empty((rows, size, size, 1))
    for row, digit in enumerate(digits):
        ways = STROKES[digit]
        pen, start, end = write_glyph(rng, ways[rng.integers(len(ways))], size, variation)
        along = end - start
        t = ((pixels - start) * along).sum(-1) / np.maximum((along * along).sum(-1), 1e-12)
        nearest = start + np.clip(t, 0, 1)[..., None] * along
        distance = np.sqrt(((pixels - nearest) ** 2).sum(-1).min(1))
        images[row] = 2 * np.clip(pen - distance + 0.5, 0, 1).reshape(size, size, 1) - 1
    return {"x": images, "labels": np.eye(len(STROKES))[digits]}`;
