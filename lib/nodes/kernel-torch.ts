import { isPlainKernel, type KernelParams, multiplierOf, scaleOf } from './kernel';
import { py } from './torch';

/** The class that `normalisedModule` names. */
export const normalisedClass = `class Normalised(nn.Module):
    """A layer whose kernel is normalised where it is used: by He's constant, per output, by its singular value."""

    def __init__(self, layer, dim, scale=None, weight_norm=False, power_iterations=0, multiplier=1):
        super().__init__()
        self.weight, self.bias = layer.weight, layer.bias
        self.layer = (layer,)  # in a tuple, so that its weights are not registered twice
        self.dim, self.scale, self.power_iterations, self.multiplier = dim, scale, power_iterations, multiplier
        outputs = layer.weight.shape[dim]
        self.gain = nn.Parameter(torch.ones(outputs)) if weight_norm else None
        self.register_buffer("direction", torch.randn(outputs, 1) if power_iterations else None)

    def kernel(self, spectral=True):
        w = self.weight if self.scale is None else self.weight * self.scale
        if self.gain is not None:
            axes = [axis for axis in range(w.dim()) if axis != self.dim]
            gain = self.gain.view([-1 if axis == self.dim else 1 for axis in range(w.dim())])
            w = w * gain * self.multiplier / torch.sqrt((w * w).sum(axes, keepdim=True) + 1e-12)
        if spectral and self.direction is not None:
            stretched = w.transpose(0, self.dim).flatten(1).T @ self.direction
            w = w / torch.sqrt((stretched * stretched).sum() + 1e-12)
        return w

    @torch.no_grad()
    def prepare(self):
        """The power iterations of one update, before it."""
        for _ in range(self.power_iterations):
            matrix = self.kernel(spectral=False).transpose(0, self.dim).flatten(1).T
            u = matrix.T @ (matrix @ self.direction)
            self.direction.copy_(u / torch.sqrt((u * u).sum() + 1e-12))

    def forward(self, x):
        weights = {"weight": self.kernel()}
        if self.bias is not None:
            weights["bias"] = self.bias * self.multiplier
        return torch.func.functional_call(self.layer[0], weights, (x,))
`;

/** `layer`, a constructor, as it is, or wrapped where its kernel is normalised; `dim` is its outputs' axis. */
export function normalisedModule(layer: string, params: KernelParams, fanIn: number, dim = 0): string {
  if (isPlainKernel(params)) return layer;
  const scale = scaleOf(params, fanIn);
  const iterations = params.spectralNorm ? params.powerIterations : 0;
  return `Normalised(${layer}, dim=${dim}, scale=${py(scale === 1 ? null : scale)}, weight_norm=${py(params.weightNorm)}, power_iterations=${iterations}, multiplier=${multiplierOf(params)})`;
}

/** Where the further weights and buffers of a kernel are in that class. */
export const normalisedState = { gain: { name: 'gain' }, direction: { name: 'direction' } } as const;
