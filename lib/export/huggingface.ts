import type { Checked } from '@/lib/check/checked';
import { readLesson } from '@/lib/check/lesson';
import { nameOf, networkName } from '@/lib/check/names';
import { readingsOf } from '@/lib/check/readings';
import type { Plan, PlanNode, PlanPlayer } from '@/lib/compile/plan';
import { definitionOf } from '@/lib/compile/tf/tasks';
import { formatGraph } from '@/lib/graph/parse';
import type { Graph } from '@/lib/graph/schema';
import { sizeOf } from '@/lib/shapes/shape';
import type { MetricValues } from '@/lib/train/observe';
import { formatCount } from '@/lib/util/format-count';

/** A trained game as Hugging Face keeps models: weights, settings, a card, and a script that makes samples. */
interface ModelFolder {
  /** The document; what is checked has its blocks expanded, and does not open again. */
  readonly graph: Graph;
  readonly checked: Checked;
  readonly plan: Plan;
  /** The game in PyTorch, and its weights under PyTorch's names. */
  readonly script: string;
  readonly weights: Uint8Array;
  readonly iteration: number;
  /** Undefined where they could not be measured. */
  readonly metrics: { readonly iteration: number; readonly values: MetricValues } | undefined;
}

/** Files by their names. */
export function huggingFaceFiles(model: ModelFolder): Readonly<Record<string, string | Uint8Array>> {
  const { graph, script, weights } = model;
  return {
    'model.safetensors': weights,
    'config.json': `${JSON.stringify(configOf(model), null, 2)}\n`,
    'README.md': cardOf(model),
    'game.py': script,
    'generate.py': generate,
    'requirements.txt': 'numpy\ntorch\n',
    'graph.json': formatGraph(graph),
  };
}

const parametersOf = ({ networks }: Plan, network: string): number =>
  networks
    .filter(({ id }) => id === network)
    .flatMap(({ nodes }) => nodes.flatMap(({ weights }) => weights))
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** What a node is and how it is set, as it stands in the plan. */
const settingOf = ({ kind, params }: Pick<PlanNode, 'kind' | 'params'>) => ({ kind, ...params });

const sourcesIn = ({ game }: Plan): readonly PlanNode[] =>
  game.filter(({ kind }) => definitionOf(kind).role === 'source');

function configOf({ graph, plan, iteration }: ModelFolder): object {
  const byId = <T extends { readonly id: string }>(items: readonly T[], of: (item: T) => object) =>
    Object.fromEntries(items.map((item) => [item.id, of(item)]));
  return {
    library_name: 'pytorch',
    title: graph.title,
    iteration,
    ...plan.settings,
    networks: byId(plan.networks, ({ id, name, inputs, outputs }) => ({
      name,
      parameters: parametersOf(plan, id),
      inputs: Object.fromEntries(inputs.map((input) => [input.name, input.shape.dims])),
      outputs: outputs.map((output) => output.name),
    })),
    sources: byId(sourcesIn(plan), settingOf),
    players: byId(plan.players, (player) => ({ ...settingOf(player), networks: player.networks })),
  };
}

function cardOf(model: ModelFolder): string {
  const { graph, checked, plan, iteration } = model;
  const { title, about } = graph;
  const { settings } = plan;
  const data = sourcesIn(plan).map(
    (source) => `| ${nameOf(checked, source.id)} | ${says(settingOf(source))} |`,
  );
  const networks = plan.networks.map(
    ({ id }) => `| ${networkName(checked, id)} | ${formatCount(parametersOf(plan, id))} |`,
  );
  const players = plan.players.map(
    (player) => `| ${nameOf(checked, player.id)} | ${lossOf(checked, player)} | ${says(settingOf(player))} |`,
  );
  return `---
library_name: pytorch
tags:
- gan
- ganvas
---

# ${title}

${readLesson(about).text.trim()}

## Samples

    pip install -r requirements.txt
    python generate.py --count 64 --seed 0 --out samples

\`game.py\` is the whole game in PyTorch: \`python game.py --weights model.safetensors\` trains it further. \`graph.json\` opens in Ganvas, where it was trained.

## Data

| source | |
|---|---|
${data.join('\n')}

## Recipe

${formatCount(iteration)} iterations in batches of ${settings.batchSize}, updates ${settings.update}, seed ${settings.seed}.

| player | minimises | |
|---|---|---|
${players.join('\n')}

| network | parameters |
|---|---|
${networks.join('\n')}

## Metrics

${metricsOf(model)}
`;
}

const lossOf = (checked: Checked, { loss }: PlanPlayer): string =>
  `${nameOf(checked, loss.node)}, ${loss.port}`;

/** \`kind: adam, learningRate: 0.0002\`, of a table's cell. */
const says = (setting: object): string =>
  Object.entries(setting)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
    .replaceAll('|', '\\|');

function metricsOf({ checked, metrics }: ModelFolder): string {
  const rows = [...checked.nodes.values()].flatMap((node) =>
    readingsOf(node, checked).flatMap(({ series, label, unit }) => {
      const value = metrics?.values[node.node.id]?.[series.slice(node.node.id.length + 1)];
      if (value === undefined || !Number.isFinite(value)) return [];
      return [
        `| ${nameOf(checked, node.node.id)}: ${label} | ${Number(value.toPrecision(4))}${unit ? ` ${unit}` : ''} |`,
      ];
    }),
  );
  if (!metrics) return 'They were not measured.';
  if (rows.length === 0) return 'The graph measures nothing.';
  return `After ${formatCount(metrics.iteration)} iterations:\n\n| metric | |\n|---|---|\n${rows.join('\n')}`;
}

const generate = `"""Samples of the model in this folder: pictures as PNG, other numbers as .npy.

    python generate.py [--count N] [--seed S] [--out DIR]
"""
import argparse
import pathlib

import game


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=64, help="how many samples")
    parser.add_argument("--seed", type=int, default=0, help="other noise, other samples")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("samples"))
    args = parser.parse_args()
    game.load(pathlib.Path(__file__).parent / "model.safetensors")
    game.SEED = args.seed
    args.out.mkdir(parents=True, exist_ok=True)
    game.write_samples(args.out, rows=args.count)
    print(f"{args.count} samples are in {args.out}.")


if __name__ == "__main__":
    main()
`;
