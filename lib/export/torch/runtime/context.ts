/** How networks are applied: whose statistics move, in which mode, with which noise. */
export const advancing = `@contextlib.contextmanager
def advancing(*networks):
    """Within, moving statistics advance in these networks alone: those that the player of this update holds.

    A momentum of 0 leaves them as they are.
    """
    moving = {id(m) for network in networks for m in network.modules()}
    every = [m for network in [*NETWORKS.values(), *AVERAGES.values()] for m in network.modules()]
    kept = [(m, m.momentum) for m in every if hasattr(m, "running_mean") and id(m) not in moving]
    for m, _ in kept:
        m.momentum = 0.0
    try:
        yield
    finally:
        for m, momentum in kept:
            m.momentum = momentum`;

export const quietly = `def quietly(network, *inputs, **options):
    """The network in train mode, its moving statistics left as they are."""
    with advancing():
        return network(*inputs, **options)`;

export const evaluated = `def evaluated(network, *inputs, **options):
    """The network in eval mode: by its moving statistics, without noise of its own."""
    network.eval()
    try:
        return network(*inputs, **options)
    finally:
        network.train()
        for m in network.modules():  # the backward pass reads the statistics, so a later call must not move them
            if getattr(m, "running_mean", None) is not None:
                m.running_mean, m.running_var = m.running_mean.clone(), m.running_var.clone()`;

export const noise = `class Noise:
    """Which node draws random numbers now."""

    node = None
    draws = 0


@contextlib.contextmanager
def noise(node):
    """Within, random numbers come from the stream of this node and batch: evaluated twice, they are the same."""
    Noise.node, Noise.draws = node, 0
    with torch.random.fork_rng():
        torch.manual_seed(zlib.crc32(f"{SEED} {node} {clock.draw()} {RANK}".encode()))
        yield
    Noise.node = None`;

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
