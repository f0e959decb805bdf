import { readPython } from '../../attributes';
import { pythonList } from '../../python';
import { colours } from '../colours';
import { NEAR } from '../templates';
import { BRIGHT } from './read-scene';

/** What the sources of shapes draw, in Python: the same distances, styles and places. */
export const shapesPython = `COLOURS = np.array(${pythonList(colours.map(({ channels }) => channels))})


def shape_ink(size, form, style, radius, x, y):
    """Coverage of every pixel by a shape: disc, square, triangle, cross; filled, outlined, striped, checked."""
    dx, dy = np.arange(size) + 0.5 - x, np.arange(size)[:, None] + 0.5 - y
    u, v, pen, stripe = dx / radius, dy / radius, 1.5 * size / 32, size / 16
    distance = radius * [
        np.hypot(u, v) - 0.95,
        np.maximum(np.abs(u), np.abs(v)) - 0.82,
        np.maximum(v, np.sqrt(3) / 2 * np.abs(u) - v / 2) - 0.6,
        np.minimum(np.maximum(np.abs(u) - 0.42, np.abs(v) - 0.93), np.maximum(np.abs(u) - 0.93, np.abs(v) - 0.42)),
    ][form]
    square = np.maximum(np.abs(dx), np.abs(dy)) < radius + 1  # what is painted of a form, as its tip lies outside
    inside = np.clip(0.5 - distance, 0, 1) * square
    stripes, squares = np.floor(dy / stripe), np.floor(dy / stripe) + np.floor(dx / stripe)
    return inside * [1, 1 - np.clip(0.5 - distance - pen, 0, 1), 1 - stripes % 2, 1 - squares % 2][style]


def draw_scenes(rng, rows, size, styles, colours, in_middle):
    """Rows of colour, form, style, size, column, row, radius, x, y."""
    radii = np.round(np.array([[6, 7], [9, 10]]) * size / 32 + 1e-9).astype(int)
    style, colour = np.array(styles)[rng.integers(len(styles), size=rows)], np.array(colours)[rng.integers(len(colours), size=rows)]
    form, large, column, row = rng.integers(4, size=rows), *rng.integers(2, size=(3, rows))
    radius, middle = radii[large, rng.integers(2, size=rows)], size // 2
    places = np.maximum(1, middle - 2 - radius)
    away, apart = 2 + (np.stack(2 * [(places - 1) // 2]) if in_middle else rng.integers(places, size=(2, rows)))
    x, y = middle + np.where(column == 0, -away, away), middle + np.where(row == 0, -apart, apart)
    return np.stack([colour, form, style, large, column, row, radius, x, y], 1)


def draw_shapes(rng, rows, size, styles, colours, in_middle=False):
    scenes = draw_scenes(rng, rows, size, styles, colours, in_middle)
    ink = np.stack([shape_ink(size, form, style, radius, x, y) for _, form, style, *_, radius, x, y in scenes])
    return ink[..., None] * (COLOURS[scenes[:, 0]][:, None, None] + 1) - 1, scenes`;

const readShape = `SHAPE_MASKS = {}


def shape_masks(size):
    """Every shape in every style and radius: places from the middle of what is lit, and from there to its centre."""
    if size not in SHAPE_MASKS:
        masks, centre = [], size // 2
        for form, style in ((form, style) for form in range(4) for style in range(4)):
            for large, radii in enumerate([[6, 7], [9, 10]]):
                for radius in (math.floor(each * size / 32 + 0.5) for each in radii):
                    ink = shape_ink(size, form, style, radius, centre, centre).astype(np.float32)
                    rows, columns = np.nonzero(ink > 0.5)
                    x, y = whole_middle(rows, columns)
                    scene = {"form": form, "style": style, "size": large, "radius": radius}
                    masks.append((scene, columns - x, rows - y, centre - x, centre - y))
        SHAPE_MASKS[size] = masks
    return SHAPE_MASKS[size]


def read_ink(ink):
    """The shape whose lit pixels overlap most with those of one channel, of any colour, by overlap over union."""
    lit, size = ink > 0, len(ink)
    rows, columns = np.nonzero(lit)
    if len(rows) == 0:
        return None
    room = np.pad(lit, size)

    def overlap(mask, x, y):
        both = room[size + y + mask[2], size + x + mask[1]].sum()
        return both / (len(rows) + len(mask[1]) - both)

    x, y = whole_middle(rows, columns)
    places = [(x + dx, y + dy) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]  # a sample's middle may be a pixel off
    tried = ((mask, place) for mask in shape_masks(size) for place in places)
    mask, (x, y) = max(tried, key=lambda each: overlap(each[0], *each[1]))
    at_x, at_y = x + mask[3], y + mask[4]
    scene = {**mask[0], "colour": 0, "column": int(at_x > size / 2), "row": int(at_y > size / 2), "x": at_x, "y": at_y}
    return scene, overlap(mask, x, y), lit


def read_scene(image):
    if not np.isfinite(image).all():
        return None
    brightest = image.max(2)
    found = read_ink(brightest)
    if found is None:
        return None
    scene, fit, lit = found
    bright = brightest > ${BRIGHT} if (brightest > ${BRIGHT}).any() else brightest > 0  # a soft edge is not the colour
    colour, _ = nearest_colour(image[bright].astype(np.float64).mean(0), COLOURS)
    return {**scene, "colour": colour}, fit, lit


def read_shape(sample, names, is_legal):
    """These attributes of the shape in an image."""
    found = read_scene(sample)
    if found is None:
        return [-1] * len(names), 0, False
    scene, fit, _ = found
    return [scene[name] for name in names], fit, fit >= ${NEAR} and is_legal(scene)`;

/** What reads shapes off samples, in Python: the same masks. */
export const readShapePython: readonly string[] = [shapesPython, readPython, readShape];
