/** The search for an input, in PyTorch. */
export const projected = (numbers: {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly fall: number;
  readonly floor: number;
}): string => `def projected(apply, target, start, mask, steps, rate, smooth):
    """The input from which a network makes what comes nearest to the target, and what it makes of it."""
    start, target = start.detach(), target.detach()
    mask = torch.ones_like(target) if mask is None else mask.detach()
    share = mask / mask.flatten(1).sum(1).clamp(min=${numbers.floor}).view(-1, *[1] * (mask.dim() - 1))
    z = start.clone().requires_grad_()
    optimizer = torch.optim.Adam([z], lr=rate, betas=(${numbers.beta1}, ${numbers.beta2}), eps=${numbers.epsilon}, weight_decay=0)
    with torch.enable_grad():
        for step in range(steps):
            optimizer.param_groups[0]["lr"] = rate * (1 - ${numbers.fall} * step / max(1, steps - 1))
            cost = (share * (apply(z) - target).square()).sum() + smooth * (z - start).square().sum()
            (z.grad,) = torch.autograd.grad(cost, z)
            optimizer.step()
    with torch.no_grad():
        return z.detach(), apply(z)`;
