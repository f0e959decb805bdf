'use client';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { formatShortCount } from '@/lib/layout/card-text';
import { budget } from '@/lib/store/training-state';
import { formatCount } from '@/lib/util/format-count';
import { formatBytes } from './format';
import { useTraining, useTrainingStore } from './training-context';

/** Before a game that may be too much for this machine: what it will take, and whether to go on. */
export function AskDialog() {
  const training = useTrainingStore();
  const cost = useTraining((state) => state.asking);
  if (!cost) return null;
  const flops = 2 * cost.multiplyAdds;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) training.answer(false);
      }}
      title="This is a large game"
      description={`One iteration takes about ${formatShortCount(flops)}FLOP and ${formatBytes(cost.bytes)} of memory, for ${formatCount(cost.parameters)} parameters.`}
      footer={
        <>
          <Button onClick={() => training.answer(false)}>Not now</Button>
          <Button variant="primary" onClick={() => training.answer(true)}>
            Train it anyway
          </Button>
        </>
      }
    >
      {cost.bytes > budget.bytes
        ? 'The browser may run out of memory and end the training. A smaller batch takes less at once.'
        : 'Expect seconds or more for each iteration. A smaller batch or fewer filters make it faster.'}
    </Dialog>
  );
}
