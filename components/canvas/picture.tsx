import { useEffect, useRef } from 'react';
import { useLive, type ZoomStore } from './live';
import styles from './picture.module.css';

interface PictureProps {
  readonly node: string;
  readonly title: string;
  readonly zoom?: ZoomStore;
}

/** A view's picture: a canvas at device resolution that the run draws into. */
export function Picture({ node, title, zoom }: PictureProps) {
  const live = useLive();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    return element ? live.renderView(node, element, zoom) : undefined;
  }, [live, node, zoom]);
  return (
    <div className={styles.frame}>
      <canvas ref={canvas} className={styles.canvas} role="img" aria-label={`${title}, live`} />
    </div>
  );
}
