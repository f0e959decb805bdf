'use client';
import { useEffect, useRef } from 'react';
import { classes } from '@/components/ui/classes';
import type { Frame } from '@/lib/draw/frame';
import styles from './frame-canvas.module.css';
import { paintFrames } from './paint-frames';
import { useTrainingStore } from './training-context';

interface FrameCanvasProps {
  /** A view's node. */
  readonly nodeId: string;
  /** Read out in place of the picture. */
  readonly label: string;
  /** Another view whose surface lies behind the points. */
  readonly surfaceOf?: string | undefined;
  readonly className?: string | undefined;
}

/** What a view shows, live. */
export function FrameCanvas({ nodeId, label, surfaceOf, className }: FrameCanvasProps) {
  const { feed } = useTrainingStore();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    return paintFrames(element, (listener) => {
      const tell = () => listener(overlay(feed.frame(nodeId), surfaceOf ? feed.frame(surfaceOf) : undefined));
      const ends = [nodeId, surfaceOf].flatMap((view) => (view ? [feed.subscribeFrame(view, tell)] : []));
      return () => {
        for (const end of ends) end();
      };
    });
  }, [feed, nodeId, surfaceOf]);
  return (
    <canvas
      ref={canvas}
      className={classes(styles.canvas, className)}
      role="img"
      aria-label={label}
      data-view={nodeId}
    />
  );
}

/** The points of one frame over the surface of another, within the surface's bounds. */
function overlay(frame: Frame | undefined, behind: Frame | undefined): Frame | undefined {
  if (frame?.type !== 'points' || frame.surface) return frame;
  if (behind?.type !== 'points' || !behind.surface) return frame;
  return { ...frame, surface: behind.surface, bounds: behind.bounds };
}
