import { slowState } from './slow-weights';

/** Updates that were recorded elsewhere, made again from the same start and compared. */
interface ReplayFeatures {
  readonly optimistic: boolean;
  readonly counts: boolean;
  readonly hasBuffers: boolean;
  readonly hasSlow: boolean;
  readonly hasReference: boolean;
  /** Some optimizer divides by the size of gradients, so that rounding can become a step. */
  readonly divides: boolean;
}

export const replayPython = (features: ReplayFeatures): string =>
  [recorded(features), ...(features.divides ? [rounding(features)] : []), replay(features)].join('\n\n\n');

function everything({ hasBuffers, hasSlow }: ReplayFeatures): string {
  const more = [...(hasBuffers ? ['**game_state()'] : []), ...(hasSlow ? ['**slow_state()'] : [])];
  return more.length === 0 ? 'state()' : `{${['**state()', ...more].join(', ')}}`;
}

const recorded = (features: ReplayFeatures): string => `class Replayed:
    """What a record gives in place of random numbers, and by what players step then."""

    numbers = {}  # node -> random numbers in the order in which they are drawn
    gradients = {}  # parameter -> gradient


def share(values):
    """This rank's rows."""
    rows = len(values) // WORLD
    return values[RANK * rows : (RANK + 1) * rows]


@contextlib.contextmanager
def replayed():
    """Within, random layers and penalties draw what was recorded, and gradients are noted."""
    global uniform, normal
    kept, step = (uniform, normal), Player.step

    def drawn(*_):
        values = Replayed.numbers[Noise.node][Noise.draws]
        Noise.draws += 1
        return channels_first(share(values))

    def noting(self, gradient):
        Replayed.gradients.update(zip(self.parameters, averaged(gradient)))
        step(self, gradient)

    uniform, normal, Player.step = drawn, drawn, noting
    try:
        yield
    finally:
        (uniform, normal), Player.step = kept, step
${
  features.hasBuffers
    ? `

def game_state():
    """Buffers of the game's own modules, by name."""
    return {f"{name}.{path}": t for name, m in BUFFERS.items() for path, t in m.state_dict().items()}
`
    : ''
}

def name_of(parameter):
    named = ((name, path, p) for name, n in NETWORKS.items() for path, p in n.named_parameters())
    return next(f"{name}.{path}" for name, path, p in named if p is parameter)
${features.hasSlow ? `\n\n${slowState}\n` : ''}

def set_state(found, steps):
    """Weights, statistics, averages and moments as recorded."""
    for name, tensor in ${everything(features)}.items():
        tensor.copy_(torch.as_tensor(found[name]))
    for key, player in PLAYERS.items():
        names = {parameter: name_of(parameter) for parameter in player.parameters}
        for parameter, name in names.items():
            moments = {slot: torch.as_tensor(found[f"{key}/{slot}/{name}"]).to(parameter).clone() for slot in SLOTS[key]}
            step = torch.tensor(float(steps.get(f"{key}/{name}", steps[key])))
            player.optimizer.state[parameter] = {"step": step, **moments}
${features.counts ? '        player.made = steps[key]\n' : ''}${
  features.optimistic
    ? `        if player.optimistic:
            changes = [torch.as_tensor(found[f"{key}/last-change/{name}"]).to(p) for p, name in names.items()]
            player.last_change = changes if steps[key] > 0 else None
`
    : ''
}

def make_again(arrays, about, k):
    """The k-th update from where the game stands, on its recorded batch and noise. Its losses."""
    update = about["updates"][k]
    clock.iteration, clock.updates = update["iteration"], update["index"]
${
  features.hasReference
    ? `    REFERENCE.update({name: channels_first(share(arrays[f"reference/{name}"])) for name in about["reference"]})
`
    : ''
}    batch = Batch(0)
    batch.update({name: channels_first(share(arrays[f"{k}/batch/{name}"])) for name in update["batch"]})
    Replayed.gradients = {}
    Replayed.numbers = {
        node: [arrays[f"{k}/noise/{node}/{i}"] for i in range(count)] for node, count in update["noise"].items()
    }
    with replayed():
        return UPDATES[update["update"]](batch)


def apart(tensor, ours):
    """How far each number is from ours: absolute up to 1, relative above."""
    ours = torch.as_tensor(ours).to(tensor)
    return (tensor.detach() - ours).abs() / ours.abs().clamp(min=1)`;

/** Kinds of numbers, and their limit: the one bar that no rule moves. */
const replay = (features: ReplayFeatures): string => `LIMIT = 1e-4


def replay(path, updates=None, chain=False):
    """Each update from its recorded start (or on from the one before) on the recorded batch. 1: they differ."""
    with np.load(path) as file:
        arrays = dict(file)
    about = json.loads(arrays["about"].tobytes())
    found${features.divides ? ', rounding' : ''} = {}${features.divides ? ', {}' : ''}
    worst = {kind: (0.0, None) for kind in ("loss", "weights", "statistics")}

    def note(kind, difference, what):
        if not difference <= worst[kind][0]:  # so that a NaN is kept
            worst[kind] = difference, f"{what}, update {k + 1}"

    clock.target = about["target"]
    for k, update in enumerate(about["updates"][:updates]):
        found.update({name: arrays[f"{k}/state/{name}"] for name in update["state"]})
        if not chain or k == 0:
            set_state(found, update["steps"])
        losses = make_again(arrays, about, k)
        for player, ours in update["losses"].items():
            (value,) = averaged([losses[player].detach()])
            note("loss", apart(value, ours).item(), player)
        after = {**found, **{name: arrays[f"{k + 1}/state/{name}"] for name in update["changed"]}}
        off = {name: apart(tensor, after[name]) for name, tensor in ${everything(features)}.items()}
${
  features.divides
    ? `        if not chain and not all((far <= LIMIT).all() for far in off.values()):
            set_aside_rounding(off, rounding, arrays, about, k, found, after)
`
    : ''
}        for name, far in off.items():
            note("statistics" if name.endswith(("running_mean", "running_var")) else "weights", far.max().item(), name)
    if RANK == 0:
        figures = {kind: value for kind, (value, _) in worst.items()}
        where = {kind: what for kind, (_, what) in worst.items() if what}
        print(json.dumps({"updates": k + 1, "ranks": WORLD, **figures, "worst": where${features.divides ? ', "rounding": rounding' : ''}}))
    return int(not all(value <= LIMIT for value, _ in worst.values()))`;

/**
 * A gradient that is zero but for rounding, divided by its own size, is a step in a direction that is chance: a
 * bias before batch norm under Adam. Such weights are found by double precision, and held to the same limit with
 * our gradient in place of PyTorch's. Where float32 is less exact in PyTorch than here, its float64 is what counts.
 */
const rounding = (features: ReplayFeatures): string => `def in_double(run):
    """What gradients are if it is run in double precision, on the CPU."""
    global DEVICE
    kept, modules = DEVICE, [*NETWORKS.values(), *AVERAGES.values()${features.hasBuffers ? ', *BUFFERS.values()' : ''}]
    DEVICE = torch.device("cpu")
    torch.set_default_dtype(torch.float64)
    try:
        for module in modules:
            module.to(DEVICE, torch.float64)
        run()
        return Replayed.gradients
    finally:
        DEVICE = kept
        torch.set_default_dtype(torch.float32)
        for module in modules:
            module.to(DEVICE, torch.float32)


def set_aside_rounding(off, rounding, arrays, about, k, found, after):
    """
    The update once more in double precision: what agrees with that agrees. Weights whose gradient is zero but for
    rounding, a thousand times smaller in double precision than in single and in single at most a millionth of its
    player's largest, are counted, and held to the limit with the recorded gradient in place of this one.
    """
    steps, single = about["updates"][k]["steps"], Replayed.gradients

    def again():
        set_state(found, steps)
        make_again(arrays, about, k)

    double = in_double(again)
    for name, tensor in ${everything(features)}.items():
        off[name] = torch.minimum(off[name], apart(tensor, after[name]))
    set_state(found, steps)
    for key, player in PLAYERS.items():
        names = {parameter: name_of(parameter) for parameter in player.parameters}
        if not all(f"{k}/gradient/{key}/{name}" in arrays for name in names.values()):
            continue  # it has not moved
        ours = {p: torch.as_tensor(arrays[f"{k}/gradient/{key}/{name}"]).to(p) for p, name in names.items()}
        largest = max(double[p].abs().max().item() for p in names)
        player.step(list(ours.values()))
        for p, name in names.items():
            size = torch.maximum(single[p].abs(), ours[p].abs())
            is_rounding = (double[p].to(p).abs() <= size / 1000) & (size <= largest / 1e6)
            if not is_rounding.any():
                continue
            rounding[name] = max(rounding.get(name, 0), int(is_rounding.sum()))
            if (average := off.get(f"ema.{name}")) is not None:  # it follows the weight by a part of the way
                average[is_rounding] = (average - off[name])[is_rounding].clamp(min=0)
            off[name][is_rounding] = apart(p, after[name])[is_rounding]`;
