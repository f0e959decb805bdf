import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { ParseResult } from '@/lib/graph/parse';
import { ProblemList } from './problem-list';

/** What did not open, or not wholly, and all that is wrong with it. */
export interface Refusal {
  readonly title: string;
  readonly description: string;
  readonly diagnostics: Extract<ParseResult, { ok: false }>['diagnostics'];
}

export function RefusalDialog(props: { readonly of: Refusal | undefined; readonly onClose: () => void }) {
  const { of: refusal, onClose } = props;
  return (
    <Dialog
      open={refusal !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={refusal?.title ?? ''}
      description={refusal?.description ?? ''}
      width={560}
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      {refusal ? <ProblemList diagnostics={refusal.diagnostics} /> : null}
    </Dialog>
  );
}
