import { useEffect, useRef } from 'react';
import { useSession } from '@/components/hooks/stores';
import type { LayerFigure } from '@/lib/compile/tf/layer-figures';
import { useLive } from './live';
import styles from './tint.module.css';
import { placeOf, tintScales } from './tint-scale';

/** The colour and the number of a layer, where they are asked for. */
export function Tint({ layer }: { readonly layer: string }) {
  const figure = useSession((state) => state.tint);
  return figure ? <Tinted layer={layer} figure={figure} /> : null;
}

/** Written past React. Nothing is seen of a layer that has no such number. */
function Tinted({ layer, figure }: { readonly layer: string; readonly figure: LayerFigure }) {
  const live = useLive();
  const ground = useRef<HTMLDivElement>(null);
  const { title, say } = tintScales[figure];
  useEffect(
    () =>
      live.watchTint(layer, (value, of) => {
        const element = ground.current;
        const number = element?.firstElementChild;
        if (!element || !number) return;
        const isKnown = value !== undefined && of === figure;
        const text = isKnown ? say(value) : '';
        element.hidden = !isKnown;
        if (number.textContent !== text) number.textContent = text;
        if (isKnown) element.style.setProperty('--place', `${Math.round(100 * placeOf(figure, value))}%`);
      }),
    [live, layer, figure, say],
  );
  return (
    <div ref={ground} className={styles.ground} hidden>
      <span className={styles.number} title={title} />
    </div>
  );
}
