"""The measured games in PyTorch, on one thread of the CPU, or on the GPU with "cuda".

pytorch.py GAME [DEVICE] says {"type": "ready"}, then answers a line {"iterations": N} with {"type": "ran",
"milliseconds": M}. Images are noise in [-1, 1]: what is in them does not change the time.
"""
import json
import math
import sys
import time


def say(**message):
    print(json.dumps(message), flush=True)


try:
    import torch
    import torch.nn.functional as F
    from torch import nn
except ImportError:
    say(type="failed", message="no PyTorch here")
    sys.exit(0)

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
torch.manual_seed(1)
game, device = sys.argv[1], (sys.argv[2:] or ["cpu"])[0]
if device == "cuda" and not torch.cuda.is_available():
    say(type="failed", message="no GPU that PyTorch can use")
    sys.exit(0)
torch.set_default_device(device)


def mlp(units, activation, last=None):
    layers = []
    for i, (fan_in, fan_out) in enumerate(zip(units, units[1:])):
        layers.append(nn.Linear(fan_in, fan_out))
        if i < len(units) - 2:
            layers.append(activation())
    return nn.Sequential(*layers, *([last] if last else []))


def leaky():
    return nn.LeakyReLU(0.2)


def batch_norm(channels):
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.1)


def conv_generator(base, channels, wide, narrow):
    return nn.Sequential(
        nn.Linear(100, base * base * wide, bias=False),
        nn.Unflatten(1, (wide, base, base)),
        batch_norm(wide),
        nn.ReLU(),
        nn.ConvTranspose2d(wide, narrow, 4, 2, 1, bias=False),
        batch_norm(narrow),
        nn.ReLU(),
        nn.ConvTranspose2d(narrow, channels, 4, 2, 1),
        nn.Tanh(),
    )


def conv_discriminator(base, channels, wide, narrow, normalised):
    return nn.Sequential(
        nn.Conv2d(channels, narrow, 4, 2, 1),
        leaky(),
        nn.Conv2d(narrow, wide, 4, 2, 1, bias=not normalised),
        *([batch_norm(wide)] if normalised else []),
        leaky(),
        nn.Flatten(),
        nn.Linear(base * base * wide, 1),
    )


def ring(batch):
    angle = torch.randint(8, (batch,)) * (2 * math.pi / 8)
    return 2 * torch.stack([angle.cos(), angle.sin()], 1) + 0.1 * torch.randn(batch, 2)


def two_gaussians(batch):
    first = torch.rand(batch, 1) < 0.5
    mean = torch.where(first, torch.tensor([0.3, 0.7]), torch.tensor([0.7, 0.4]))
    sd = torch.where(first, torch.tensor([0.1, 0.1]), torch.tensor([0.05, 0.2]))
    return mean + sd * torch.randn(batch, 2)


def images(*shape):
    data = torch.rand(2048, *shape) * 2 - 1
    return lambda batch: data[torch.randint(len(data), (batch,))]


def noise(size):
    return lambda batch: torch.randn(batch, size)


def gan_lab_noise(batch):
    return nn.init.trunc_normal_(torch.empty(batch, 2), 0.5, 0.25, 0.0, 1.0)


def adam(parameters, lr=2e-4, betas=(0.5, 0.999)):
    return torch.optim.Adam(parameters, lr=lr, betas=betas)


def cross_entropy(score, target):
    return F.binary_cross_entropy_with_logits(score, torch.full_like(score, target))


def move(optimizer, loss):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def non_saturating(g, d, real, z, batch, shared=False):
    """One update of each. `shared`: G is judged by the fakes that D has seen, and is applied once."""
    adam_g, adam_d = adam(g.parameters()), adam(d.parameters())

    def step():
        if shared:
            fake = g(z(batch))
        else:
            with torch.no_grad():
                fake = g(z(batch))
        d.requires_grad_(True)
        move(adam_d, cross_entropy(d(real(batch)), 1.0) + cross_entropy(d(fake.detach()), 0.0))
        d.requires_grad_(False)
        move(adam_g, cross_entropy(d(fake if shared else g(z(batch))), 1.0))

    return step


def wasserstein_penalty(g, d, real, z, batch):
    adam_g, adam_d = adam(g.parameters(), 1e-4, (0.0, 0.9)), adam(d.parameters(), 1e-4, (0.0, 0.9))

    def penalty(x, y):
        share = torch.rand(batch, *[1] * (x.dim() - 1))
        between = (y + share * (x - y)).requires_grad_(True)
        (slope,) = torch.autograd.grad(d(between).sum(), between, create_graph=True)
        norm = (slope.flatten(1).square().sum(1) + 1e-12).sqrt()
        return 10 * (norm - 1).square().mean()

    def step():
        with torch.no_grad():
            fake = g(z(batch))
        x = real(batch)
        d.requires_grad_(True)
        move(adam_d, d(fake).mean() - d(x).mean() + penalty(x, fake))
        d.requires_grad_(False)
        move(adam_g, -d(g(z(batch))).mean())

    return step


def gan_lab(batch=150):
    g = mlp([2, 8, 8, 2], nn.ReLU, nn.Tanh())
    d = mlp([2, 8, 8, 1], nn.ReLU, nn.Sigmoid())
    sgd_g, sgd_d = torch.optim.SGD(g.parameters(), 0.03), torch.optim.SGD(d.parameters(), 0.1)

    def entropy(p, target):
        return F.binary_cross_entropy(p, torch.full_like(p, target))

    def step():
        d.requires_grad_(True)
        for _ in range(2):
            with torch.no_grad():
                fake = g(gan_lab_noise(batch))
            move(sgd_d, entropy(d(two_gaussians(batch)), 0.95) + entropy(d(fake), 0.0))
        d.requires_grad_(False)
        move(sgd_g, entropy(d(g(gan_lab_noise(batch))), 1.0))

    return step


def dcgan(base, channels, wide, narrow, batch):
    real = images(channels, 4 * base, 4 * base)
    networks = conv_generator(base, channels, wide, narrow), conv_discriminator(base, channels, wide, narrow, True)
    return non_saturating(*networks, real, noise(100), batch, shared=True)


games = {
    "mlp-2d": lambda: non_saturating(
        mlp([2, 128, 128, 2], nn.ReLU), mlp([2, 128, 128, 1], leaky), ring, noise(2), 64
    ),
    "mlp-2d-gp": lambda: wasserstein_penalty(
        mlp([2, 128, 128, 2], nn.ReLU), mlp([2, 128, 128, 1], leaky), ring, noise(2), 64
    ),
    "gan-lab": gan_lab,
    "mlp-784": lambda: non_saturating(
        mlp([100, 256, 512, 784], nn.ReLU, nn.Tanh()), mlp([784, 512, 256, 1], leaky), images(784), noise(100), 64
    ),
    "dcgan-28": lambda: dcgan(7, 1, 64, 32, 32),
    "dcgan-28-wide": lambda: dcgan(7, 1, 128, 64, 64),
    "dcgan-32": lambda: dcgan(8, 3, 64, 32, 32),
    "wgan-gp-28": lambda: wasserstein_penalty(
        conv_generator(7, 1, 64, 32), conv_discriminator(7, 1, 64, 32, False), images(1, 28, 28), noise(100), 32
    ),
}

if game not in games:
    say(type="failed", message=f"There is no peer for {game}.")
    sys.exit(0)
step = games[game]()
say(type="ready", version=torch.__version__)
for line in sys.stdin:
    iterations = json.loads(line)["iterations"]
    before, spent = time.perf_counter(), time.process_time()
    for _ in range(iterations):
        step()
    if device == "cuda":
        torch.cuda.synchronize()
    milliseconds = 1000 * (time.perf_counter() - before)
    say(type="ran", milliseconds=milliseconds, processor=1000 * (time.process_time() - spent))
