/** Unrolled games: a player's next steps as a function that can be differentiated. */
export function lookAheadMethods({
  beta2,
  clipNorm,
  clipWeights,
  notes,
}: {
  readonly beta2: boolean;
  readonly clipNorm: boolean;
  readonly clipWeights: boolean;
  readonly notes: boolean;
}): string {
  const memory = beta2
    ? `            if (beta2 := self.beta2()) is not None:
                group["betas"] = (group["betas"][0], beta2)
`
    : '';
  const norm = clipNorm
    ? `        if (limit := self.clip_norm()) is not None:
            norm = torch.cat([g.reshape(-1) for g in gradient if g is not None]).square().sum().sqrt()
            gradient = [g if g is None else g * (limit / norm.clamp(min=limit)) for g in gradient]
`
    : '';
  const bound = clipWeights
    ? `        if (bound := self.clip_weights()) is not None:
            moved = [w.clamp(-bound, bound) for w in moved]
`
    : '';
  return `
    @contextlib.contextmanager
    def holding(self, weights):
        """Within, the networks compute with these tensors for their weights."""
        held = {id(parameter): weight for parameter, weight in zip(self.parameters, weights)}
        modules = [m for network in self.networks for m in network.modules()]
        kept = [(m, name, p) for m in modules for name, p in m._parameters.items() if p is not None]
        for m, name, parameter in kept:
            m._parameters[name] = held[id(parameter)]
        try:
            yield
        finally:
            for m, name, parameter in kept:
                m._parameters[name] = parameter

    def proposal(self, weights, moments, gradient):
        """Weights and moments one step further, differentiable; nothing is stored."""
${norm}        moved = [w.clone() for w in weights]
        optimizer = self.make_optimizer([w.detach() for w in weights])
        optimizer.defaults["differentiable"] = True
        for group in optimizer.param_groups:
            group.update(params=moved, lr=self.learning_rate(), differentiable=True, foreach=False)
${memory}        for w, m, g in zip(moved, moments, gradient):
            optimizer.state[w] = {name: value.clone() if torch.is_tensor(value) else value for name, value in m.items()}
            w.retain_grad()
            if g is not None:
                w.grad = torch.where(g == 0, 1e-15, g)  # the root of a moment of 0 has no finite slope
        optimizer.step()
        moments = [optimizer.state[w] for w in moved]
${bound}        return moved, moments

    @contextlib.contextmanager
    def ahead_by(self, steps, loss, batch):
        """Within, this player stands \`steps\` updates further on this batch, as a function of the other's weights."""
        weights = [parameter.detach().clone().requires_grad_() for parameter in self.parameters]
        moments = [self.optimizer.state[parameter] for parameter in self.parameters]
        for _ in range(steps):
            with self.holding(weights)${notes ? ', unnoted()' : ''}:
                gradient = torch.autograd.grad(loss(batch), weights, create_graph=True, allow_unused=True)
            weights, moments = self.proposal(weights, moments, gradient)
        with self.holding(weights):
            yield`;
}
