/** How networks are applied: in which mode, with which noise, and what becomes of what they see. */

/** What a game keeps beside weights. */
export interface Kept {
  /** Ids of calls that move statistics, in document order; undefined where no network has any. */
  readonly calls: readonly string[] | undefined;
  readonly hasBuffers: boolean;
}

export const observing = ({ calls, hasBuffers }: Kept): string =>
  `${calls ? `${observed(calls)}\n\n\n` : ''}def advance(*networks):
    """Ends an update: ${[
      ...(calls
        ? ['statistics of these networks, which its players hold, move once per call, in order']
        : []),
      ...(hasBuffers ? ['buffers of the game take in what was seen'] : []),
    ].join('; ')}."""
${calls ? ADVANCE_STATISTICS : ''}${hasBuffers ? ADVANCE_BUFFERS : ''}`.trimEnd();

const observed = (
  calls: readonly string[],
): string => `CALLS = [${calls.map((call) => `"${call}"`).join(', ')}]  # those that count


class Observed:
    """What batch norms saw in the calls of this update: call -> layer -> mean and variance."""

    call = None
    found = {}


def observe(layer, inputs, _):
    """Notes the statistics by which a layer normalises in a call that counts."""
    if layer.training and Observed.call is not None:
        x = inputs[0].detach()
        variance, mean = torch.var_mean(x, [axis for axis in range(x.dim()) if axis != 1], correction=0)
        Observed.found.setdefault(Observed.call, {}).setdefault(layer, (mean, variance))


def observed(network):
    """The network, its moving statistics unchanged until \`advance\` moves them."""
    for layer in network.modules():
        if getattr(layer, "track_running_stats", False):
            layer.track_running_stats = False
            layer.register_forward_hook(observe)
    return network


def noted(call, network, *inputs, **options):
    """A call in train mode that counts: \`advance\` moves statistics by what it sees."""
    Observed.call = call
    try:
        return network(*inputs, **options)
    finally:
        Observed.call = None`;

const ADVANCE_STATISTICS = `    held = {layer for network in networks for layer in network.modules()}
    with torch.no_grad():
        for call in CALLS:
            for layer, (mean, variance) in Observed.found.get(call, {}).items():
                if layer in held:
                    layer.running_mean.lerp_(mean, layer.momentum)
                    layer.running_var.lerp_(variance, layer.momentum)
    Observed.found = {}
`;

const ADVANCE_BUFFERS = `    for module in BUFFERS.values():
        module.advance()
`;

export const unnoted = ({ calls, hasBuffers }: Kept): string =>
  `@contextlib.contextmanager
def unnoted():
    """Within, nothing is noted: these calls leave no trace."""
${calls ? '    found = {call: dict(layers) for call, layers in Observed.found.items()}\n' : ''}${hasBuffers ? '    seen = [(module, module.seen) for module in BUFFERS.values()]\n' : ''}    yield
${calls ? '    Observed.found = found\n' : ''}${hasBuffers ? '    for module, before in seen:\n        module.seen = before' : ''}`.trimEnd();

export const refer = (
  hasStatistics: boolean,
): string => `REFERENCE = Batch(0, purpose=2)  # one draw for the whole run


def refer(network, inputs, **options):
    """Sends the reference batch through a network first: its layers then normalise the next batch by it too."""
    for layer in network.modules():
        if hasattr(layer, "forget"):
            layer.forget(layer)
${hasStatistics ? REFER_UNOBSERVED : '    network.layers(*inputs, **options)'}`;

const REFER_UNOBSERVED = `    call, Observed.call = Observed.call, None
    network.layers(*inputs, **options)
    Observed.call = call`;

export const prepare = `def prepare(*networks):
    """What an update of these networks begins with: power iterations of their kernels."""
    for network in networks:
        for layer in network.modules():
            if hasattr(layer, "prepare"):
                layer.prepare()`;

export const evaluated = `def evaluated(network, *inputs, **options):
    """The network in eval mode: by its moving statistics, without noise of its own."""
    network.eval()
    try:
        return network(*inputs, **options)
    finally:
        network.train()`;

export const sampled = `@torch.no_grad()
def sampled(apply, like):
    """Binary variables one after another, by logits that depend on the ones before."""
    limits = uniform(*like.shape)
    drawn = torch.zeros_like(like)
    for _ in range(like[0].numel()):  # each time one more of them is settled
        drawn = (torch.sigmoid(apply(drawn)) > limits).to(like.dtype)
    return drawn`;

export const noise = `class Noise:
    """Which node draws random numbers now."""

    node = None
    draws = 0


def uniform(*shape):
    """Random numbers in [0, 1)."""
    return torch.rand(shape, device=DRAWN_ON).to(DEVICE)


def normal(*shape):
    """Random numbers of mean 0 and deviation 1."""
    return torch.randn(shape, device=DRAWN_ON).to(DEVICE)


@contextlib.contextmanager
def noise(node):
    """Within, random numbers come from the stream of this node and batch: evaluated twice, they are the same."""
    outer = Noise.node, Noise.draws
    Noise.node, Noise.draws = node, 0
    with torch.random.fork_rng():
        torch.manual_seed(zlib.crc32(f"{SEED} {node} {clock.draw()} {RANK}".encode()))
        yield
    Noise.node, Noise.draws = outer`;

export const average = `def average_of(network):
    """A copy whose weights follow those of the network."""
    return copy.deepcopy(network).requires_grad_(False)`;

export const follow = `def follow(average, network, decay):
    """average ← decay · average + (1 - decay) · θ, after each update of the network; buffers are copied."""
    with torch.no_grad():
        for a, parameter in zip(average.parameters(), network.parameters()):
            a.mul_(decay).add_(parameter, alpha=1 - decay)
        for a, buffer in zip(average.buffers(), network.buffers()):
            a.copy_(buffer)`;
