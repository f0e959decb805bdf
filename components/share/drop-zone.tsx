'use client';
import { useEffect, useState } from 'react';
import styles from './drop-zone.module.css';
import { type Handed, handedBy } from './handed';

/** A file dropped anywhere on the page opens. Drags from the palette carry no file and pass by. */
export function DropZone({ onDrop: take }: { readonly onDrop: (handed: Handed) => void }) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onDragOver = (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // A leave without a place to go is the window's edge.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      setOver(false);
      if (event.dataTransfer) take(handedBy(event.dataTransfer));
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [take]);
  if (!isOver) return null;
  return (
    <div className={styles.zone} aria-hidden>
      <p>Drop to open: a graph, weights or data</p>
    </div>
  );
}
