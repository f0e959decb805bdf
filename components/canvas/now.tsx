import { useEffect, useRef } from 'react';
import { type Scheduled, valueAt } from '@/lib/nodes/params';
import { useLive } from './live';

/** What a run says of one node, written past React. Empty, and without room, while there is no run. */
export function Score({
  call,
  className,
}: {
  readonly call: string;
  readonly className?: string | undefined;
}) {
  const live = useLive();
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => live.watchScore(call, (score) => write(text.current, score)), [live, call]);
  return <div ref={text} className={className} title="Mean over a batch" />;
}

export function Loss({ player }: { readonly player: string }) {
  const live = useLive();
  const text = useRef<HTMLElement>(null);
  useEffect(() => live.watchLoss(player, (loss) => write(text.current, loss && ` ${loss}`)), [live, player]);
  return <b ref={text} />;
}

/** A rate that changes over the run: both its ends, and while there is a run where it is. */
export function Rate({ rate, caption }: { readonly rate: Scheduled; readonly caption: string }) {
  const live = useLive();
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (typeof rate === 'number') return;
    return live.watchRun((run) =>
      write(
        text.current,
        run ? `${valueAt(rate, run.progress).toExponential(1)} ${run.isPast ? 'then' : 'now'}` : caption,
      ),
    );
  }, [live, rate, caption]);
  return (
    <span ref={text} title={caption}>
      {caption}
    </span>
  );
}

/** Only what has changed costs a layout. */
function write(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
