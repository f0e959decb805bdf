import { lookAheadMethods } from './unroll';

/** Players and what moves with them; only what the game uses is printed. */
export interface PlayerFeatures {
  readonly clipNorm: boolean;
  readonly clipWeights: boolean;
  /** Adam's memory of squares changes over the run. */
  readonly beta2: boolean;
  readonly optimistic: boolean;
  /** Extragradient: a step that is taken back. */
  readonly returns: boolean;
  readonly unroll: boolean;
  /** Losses read how many updates their player has made. */
  readonly counts: boolean;
  /** Calls are noted, so that statistics and the game's buffers move by them. */
  readonly notes: boolean;
}

export const averaged = `def averaged(gradients):
    """The mean over all ranks, in one exchange."""
    if WORLD == 1:
        return gradients
    flat = torch.cat([g.detach().reshape(-1) for g in gradients])
    dist.all_reduce(flat)
    parts = torch.split(flat / WORLD, [g.numel() for g in gradients])
    return [part.view_as(g) for part, g in zip(parts, gradients)]`;

const lines = (isPrinted: boolean, text: string): string => (isPrinted ? `${text}\n` : '');

export function playerClass(features: PlayerFeatures): string {
  const { clipNorm, clipWeights, beta2, optimistic, returns, unroll, counts } = features;
  const options = [
    beta2 && 'beta2=lambda: None',
    clipNorm && 'clip_norm=lambda: None',
    clipWeights && 'clip_weights=lambda: None',
    optimistic && 'optimistic=False',
  ].filter((option) => option !== false);
  const given = options.map((option) => `, ${option}`).join('');
  return `class Player:
    """Networks and the optimizer that moves them, and nothing else, against the gradient of a loss."""

    def __init__(self, networks, optimizer, learning_rate${given}):
        self.networks = networks
        self.parameters = [parameter for network in networks for parameter in network.parameters()]
        self.learning_rate = learning_rate
        self.make_optimizer, self.optimizer = optimizer, optimizer(self.parameters)
        self.unused = set()  # weights that the last loss did not reach
${lines(beta2, '        self.beta2 = beta2')}${lines(clipNorm, '        self.clip_norm = clip_norm')}${lines(clipWeights, '        self.clip_weights = clip_weights')}${lines(
  optimistic,
  '        self.optimistic, self.last_change = optimistic, None',
)}${lines(counts, '        self.made = 0  # updates')}
    def gradient(self, loss, create_graph=False):
        """The gradient of the loss with respect to this player's weights alone; zeros where it does not reach."""
        found = [None for _ in self.parameters]
        if loss.requires_grad:
            found = torch.autograd.grad(loss, self.parameters, create_graph=create_graph, allow_unused=True)
        self.unused = {p for p, g in zip(self.parameters, found) if g is None}
        return [torch.zeros_like(p) if g is None else g for p, g in zip(self.parameters, found)]

    def step(self, gradient):
        """One step of the optimizer on the gradient's mean over all ranks, for the weights that the loss reached."""
        gradient = averaged(gradient)
${lines(
  clipNorm,
  `        if (limit := self.clip_norm()) is not None:  # over all weights together
            norm = torch.cat([g.reshape(-1) for g in gradient]).norm()
            gradient = [g * (limit / norm.clamp(min=limit)) for g in gradient]`,
)}${lines(optimistic, '        before = [parameter.detach().clone() for parameter in self.parameters]')}        for parameter, g in zip(self.parameters, gradient):
            parameter.grad = None if parameter in self.unused else g.detach().clone()
        for group in self.optimizer.param_groups:
            group["lr"] = self.learning_rate()
${lines(
  beta2,
  `            if (beta2 := self.beta2()) is not None:
                group["betas"] = (group["betas"][0], beta2)`,
)}        self.optimizer.step()
${lines(counts, '        self.made += 1')}${lines(
  optimistic,
  `        if self.optimistic:  # twice the change, less the last one (Daskalakis et al. 2018)
            change = [old - new.detach() for old, new in zip(before, self.parameters)]
            with torch.no_grad():
                for parameter, old, c, last in zip(
                    self.parameters, before, change, self.last_change or change
                ):
                    parameter.copy_(old - 2 * c + last)
            self.last_change = change`,
)}${lines(
  clipWeights,
  `        if (bound := self.clip_weights()) is not None:
            with torch.no_grad():
                for parameter in self.parameters:
                    parameter.clamp_(-bound, bound)`,
)}${lines(returns, returning(optimistic))}${lines(unroll, lookAheadMethods(features))}`.trimEnd();
}

const returning = (optimistic: boolean): string => `
    @contextlib.contextmanager
    def ahead(self, gradient):
        """Within, this player stands one step further; then it is back, its moments untouched."""
        before = [parameter.detach().clone() for parameter in self.parameters]
        moments = copy.deepcopy(self.optimizer.state_dict())
${lines(optimistic, '        last_change = self.last_change')}        self.step(gradient)
        try:
            yield
        finally:
            with torch.no_grad():
                for parameter, old in zip(self.parameters, before):
                    parameter.copy_(old)
            self.optimizer.load_state_dict(moments)
${lines(optimistic, '            self.last_change = last_change')}`;
