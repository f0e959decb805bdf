'use client';
import { useEffect, useRef } from 'react';
import { classes } from '@/components/ui/classes';
import type { Picture } from '@/lib/draw/picture';
import { paintPictures } from './paint-pictures';
import styles from './picture-canvas.module.css';
import { useTrainingStore } from './training-context';

interface PictureCanvasProps {
  /** A view's node. */
  readonly nodeId: string;
  /** Read out in place of the picture. */
  readonly label: string;
  /** Another view whose surface lies behind the points. */
  readonly surfaceOf?: string | undefined;
  readonly className?: string | undefined;
}

/** What a view shows, live. */
export function PictureCanvas({ nodeId, label, surfaceOf, className }: PictureCanvasProps) {
  const { feed } = useTrainingStore();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    return paintPictures(element, (listener) => {
      const notify = () =>
        listener(overlay(feed.picture(nodeId), surfaceOf ? feed.picture(surfaceOf) : undefined));
      const ends = [nodeId, surfaceOf].flatMap((view) => (view ? [feed.subscribePicture(view, notify)] : []));
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

/** The points of one picture over the surface of another, within the surface's bounds. */
function overlay(picture: Picture | undefined, behind: Picture | undefined): Picture | undefined {
  if (picture?.type !== 'points' || picture.surface) return picture;
  if (behind?.type !== 'points' || !behind.surface) return picture;
  return { ...picture, surface: behind.surface, bounds: behind.bounds };
}
