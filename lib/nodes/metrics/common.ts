import * as z from 'zod';
import { param } from '../params';

/** What every metric has: how many samples it looks at, and how often. */
export const metricParams = {
  samples: param(z.int().min(1).max(100_000).default(2_500), {
    label: 'Samples',
    help: 'How many samples are measured.',
    step: 100,
  }),
  every: param(z.int().min(1).max(1_000_000).default(500), {
    label: 'Every',
    help: 'Iterations between measurements; stretched where measuring would take over a tenth of the time.',
    unit: 'iterations',
    step: 100,
    live: true,
  }),
};

/** The data set whose truth a metric must know. */
export const datasetParam = param(z.string().max(64).default(''), {
  label: 'Dataset',
  help: 'The data set whose distribution is known.',
  reference: { to: 'node', role: 'source' },
});

/** The same for metrics that measure something without it too. */
export const optionalDatasetParam = (help: string) =>
  param(z.string().max(64).nullable().default(null), {
    label: 'Dataset',
    help,
    reference: { to: 'node', role: 'source' },
  });

export const everyCaption = ({ samples, every }: { readonly samples: number; readonly every: number }) =>
  `${samples} · every ${every}`;

/** One of two data sets whose densities are compared. */
export const knownDensity = (label: string, help: string) =>
  param(z.string().max(64).default(''), { label, help, reference: { to: 'node', role: 'source' } });
