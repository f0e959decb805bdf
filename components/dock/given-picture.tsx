'use client';
import { useEffect, useRef } from 'react';
import type { Picture } from '@/lib/draw/picture';
import { paintPictures } from './paint-pictures';

interface GivenPictureProps {
  readonly picture: Picture;
  /** Read out in place of the picture. */
  readonly label: string;
  readonly className?: string | undefined;
}

/** A picture that is given, whatever a run sends. */
export function GivenPicture({ picture, label, className }: GivenPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const show = useRef<(picture: Picture) => void>(undefined);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    return paintPictures(element, (listener) => {
      show.current = listener;
      return () => {
        show.current = undefined;
      };
    });
  }, []);
  useEffect(() => {
    show.current?.(picture);
  }, [picture]);
  return <canvas ref={canvas} className={className} role="img" aria-label={label} />;
}
