'use client';
import { type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './tooltip.module.css';

interface TooltipProps {
  readonly label: ReactNode;
  readonly shortcut?: string | undefined;
  readonly side?: Side | undefined;
  /** One element. */
  readonly children: ReactElement;
}

type Side = 'top' | 'right' | 'bottom' | 'left';

/** A pointer that rests so long wants to know; soon after another tooltip, at once. */
const REST_MS = 500;
const SKIP_MS = 200;
const GAP = 6;
const ROOM = 8;
let closedAt = Number.NEGATIVE_INFINITY;

/**
 * A name or a reason, on hover and on focus by keyboard; a press, Escape or leaving ends it. Its element lies in
 * one without a box, which hears of pointer and focus; so nothing is asked of the element.
 */
export function Tooltip({ label, shortcut, side = 'bottom', children }: TooltipProps) {
  const id = useId();
  const host = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Until the pointer has left and come again. */
  const isPressed = useRef(false);
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    clearTimeout(timer.current);
    if (isOpen) closedAt = performance.now();
    setOpen(false);
  };
  const openAfter = (ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(true), ms);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!isOpen) return;
    const element = host.current?.firstElementChild;
    element?.setAttribute('aria-describedby', id);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(false);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      element?.removeAttribute('aria-describedby');
      window.removeEventListener('keydown', onKey);
    };
  }, [isOpen, id]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens; what is in it is what is used
    <span
      ref={host}
      className={styles.host}
      onPointerOver={(event) => {
        if (event.pointerType !== 'touch' && !isOpen && !isPressed.current)
          openAfter(performance.now() - closedAt < SKIP_MS ? 0 : REST_MS);
      }}
      onPointerOut={(event) => {
        if (event.currentTarget.contains(event.relatedTarget as Node | null)) return;
        isPressed.current = false;
        close();
      }}
      onPointerDown={() => {
        isPressed.current = true;
        close();
      }}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) setOpen(true);
      }}
      onBlur={close}
    >
      {children}
      {isOpen ? (
        <Bubble id={id} side={side} of={host.current?.firstElementChild}>
          {label}
          {shortcut ? <kbd className={styles.shortcut}>{shortcut}</kbd> : null}
        </Bubble>
      ) : null}
    </span>
  );
}

function Bubble(props: {
  readonly id: string;
  readonly side: Side;
  readonly of: Element | null | undefined;
  readonly children: ReactNode;
}) {
  const { id, side, of, children } = props;
  const place = (bubble: HTMLDivElement | null) => {
    if (!bubble || !of) return;
    const { left, top } = placeBeside(of.getBoundingClientRect(), bubble.getBoundingClientRect(), side);
    Object.assign(bubble.style, { left: `${left}px`, top: `${top}px` });
  };
  return createPortal(
    <div ref={place} id={id} role="tooltip" className={styles.tooltip}>
      {children}
    </div>,
    document.body,
  );
}

/** Beside a box on the side that is asked for, on the other where there is no room; within the window. */
function placeBeside(box: DOMRect, { width, height }: DOMRect, side: Side) {
  const { innerWidth, innerHeight } = window;
  const isAcross = side === 'left' || side === 'right';
  const size = isAcross ? width : height;
  const [start, end, limit] = isAcross
    ? [box.left, box.right, innerWidth]
    : [box.top, box.bottom, innerHeight];
  const before = start - GAP - size;
  const after = end + GAP;
  const wantsBefore = side === 'left' || side === 'top';
  const isBefore = wantsBefore ? before >= ROOM : after + size > limit - ROOM && before >= ROOM;
  const along = isBefore ? before : after;
  const middle = isAcross ? box.top + box.height / 2 - height / 2 : box.left + box.width / 2 - width / 2;
  const most = (isAcross ? innerHeight - height : innerWidth - width) - ROOM;
  const across = Math.max(ROOM, Math.min(most, middle));
  return isAcross ? { left: along, top: across } : { left: across, top: along };
}
