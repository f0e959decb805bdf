'use client';
import { useLayoutEffect, useState } from 'react';
import { safeStorage } from '@/lib/store/kept-runs';
import styles from './resizer.module.css';

const KEY = 'ganvas-dock-height';
const LEAST = 110;
const USUAL = 226;
/** On a low window the dock is a strip, and leaves the room to the graph. */
const LOW = 800;
const STRIP = 116;
const STEP = 24;

const most = () => Math.max(LEAST, Math.round(window.innerHeight * 0.65));
const clamp = (height: number) => Math.min(most(), Math.max(LEAST, Math.round(height)));

/** The height of the dock's body, kept in this browser. */
export function useDockHeight(): [number, (height: number) => void] {
  const [height, setHeight] = useState(USUAL);
  // Before anything is drawn: the canvas opens in the room that there is.
  useLayoutEffect(() => {
    const kept = Number(safeStorage().getItem(KEY));
    if (kept > 0) setHeight(clamp(kept));
    else if (window.innerHeight < LOW) setHeight(STRIP);
  }, []);
  return [
    height,
    (next) => {
      setHeight(clamp(next));
      safeStorage().setItem(KEY, String(clamp(next)));
    },
  ];
}

/** The dock's upper edge: drag it, or move it with the arrow keys. */
export function Resizer(props: { readonly height: number; readonly onChange: (height: number) => void }) {
  const { height, onChange } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: <hr> cannot be moved; this is the pattern of a window splitter
    <div
      role="separator"
      aria-label="Height of the dock"
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={LEAST}
      tabIndex={0}
      className={styles.resizer}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onChange(height - event.movementY);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        event.stopPropagation();
        onChange(height + (event.key === 'ArrowUp' ? STEP : -STEP));
      }}
    />
  );
}
