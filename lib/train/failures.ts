import type { Plan } from '@/lib/compile/plan';
import { MissingData } from '@/lib/data/files/import-source';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { reasonOf } from '@/lib/util/reason-of';
import { asSentence } from '@/lib/util/sentence';
import type { BadLoss } from './losses';

/** What ended a run, for its user: which loss, when, what is kept, what to try. */
export function describeBadLoss(plan: Plan, { player, iteration, value }: BadLoss, kept: number): Diagnostic {
  const loss = plan.players.find(({ id }) => id === player)?.loss;
  return {
    code: 'loss-not-finite',
    severity: 'error',
    ...(loss && { node: loss.node, port: loss.port }),
    message: `The loss${loss ? ` ${loss.port}` : ''} became ${value} in iteration ${iteration + 1}. The weights of iteration ${kept} are kept.`,
    hint: 'Lower the learning rate, clip the gradient norm, or check that scores and loss agree on logits or probabilities.',
  };
}

/** The device that computes is gone or full: what it gave last is worth nothing. */
export class DeviceError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DeviceError';
  }
}

/** How tfjs and browsers say that there is no memory left. */
const noMemory =
  /out of memory|unable to create webgl|allocation failed|cannot enlarge memory|memory access out of bounds|requested texture size/i;

/** The run can go on elsewhere: with another backend, from the last good weights. */
export const isDeviceFailure = ({ code }: Pick<Diagnostic, 'code'>): boolean =>
  code === 'device-lost' || code === 'out-of-memory';

/** An update that threw: memory, a lost device, or a fault of a backend. */
export function describeCrash(error: unknown, kept: number): Diagnostic {
  const text = reasonOf(error).slice(0, 300);
  if (noMemory.test(text))
    return {
      code: 'out-of-memory',
      severity: 'error',
      message: `The backend ran out of memory: ${asSentence(text)}`,
      hint: 'Use a smaller batch, or fewer units or filters.',
    };
  if (error instanceof DeviceError) return describeLoss(text);
  if (error instanceof MissingData) return describeMissing(error);
  return {
    code: 'update-failed',
    severity: 'error',
    message: `An update failed: ${asSentence(text)} The weights of iteration ${kept} are kept.`,
    hint: 'Try another backend, or a smaller batch if memory was short.',
  };
}

/** A graph travels without the files that it was made with. */
const describeMissing = ({ message }: MissingData): Diagnostic => ({
  code: 'data-missing',
  severity: 'error',
  message: `The run cannot go on: ${message}.`,
  hint: 'In the page, drop it anywhere; on the command line: ganvas train GRAPH --data FILE.',
});

/** The graphics device went away, and all on it. */
export const describeLoss = (reason: string): Diagnostic => ({
  code: 'device-lost',
  severity: 'error',
  message: `The graphics device failed: ${asSentence(reason)}`,
  hint: 'Another program or a driver update may have reset it; WASM works without one.',
});

/** A run that ended outside its updates: while it was built, or between messages. */
export function describeStop(error: unknown): Diagnostic {
  const crash = describeCrash(error, 0);
  if (isDeviceFailure(crash) || error instanceof MissingData) return crash;
  const text = reasonOf(error);
  return { code: 'run-failed', severity: 'error', message: `The run stopped: ${asSentence(text)}` };
}
