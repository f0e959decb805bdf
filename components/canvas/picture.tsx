import { useEffect, useRef } from 'react';
import { useLive } from './live';
import styles from './picture.module.css';

/** A view's picture: a canvas at device resolution that the run draws into. */
export function Picture({ node, title }: { readonly node: string; readonly title: string }) {
  const live = useLive();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    return element ? live.renderView(node, element) : undefined;
  }, [live, node]);
  return (
    <div className={styles.frame}>
      <canvas ref={canvas} className={styles.canvas} role="img" aria-label={`${title}, live`} />
    </div>
  );
}
