'use client';
import { X } from 'lucide-react';
import * as Radix from 'radix-ui/toast';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { Button } from './button';
import { classes } from './classes';
import styles from './toast.module.css';

/** A short message at the edge of the window, with one thing to do about it at most. */
export interface ToastMessage {
  readonly title: string;
  readonly description?: string;
  readonly tone?: 'plain' | 'error' | 'success';
  readonly action?: { readonly label: string; readonly onSelect: () => void };
  /** Milliseconds; Infinity stays until it is closed. */
  readonly duration?: number;
}

interface Shown extends ToastMessage {
  readonly id: number;
}

let nextId = 1;
const store = createStore<{ readonly toasts: readonly Shown[] }>(() => ({ toasts: [] }));
const close = (id: number) =>
  store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

/** Shows a message from anywhere; at most four stand at a time. Gives a function that takes it away. */
export function showToast(message: ToastMessage): () => void {
  const id = nextId++;
  store.setState(({ toasts }) => ({ toasts: [...toasts.slice(-3), { ...message, id }] }));
  return () => close(id);
}

/** Once per page: where the messages stand. */
export function Toaster() {
  const toasts = useStore(store, (state) => state.toasts);
  return (
    <Radix.Provider swipeDirection="right">
      {toasts.map((toast) => (
        <Radix.Root
          key={toast.id}
          className={classes(styles.toast, styles[toast.tone ?? 'plain'])}
          duration={toast.duration ?? 6000}
          type={toast.tone === 'error' ? 'foreground' : 'background'}
          onOpenChange={(open) => {
            if (!open) close(toast.id);
          }}
        >
          <div className={styles.text}>
            <Radix.Title className={styles.title}>{toast.title}</Radix.Title>
            {toast.description ? (
              <Radix.Description className={styles.description}>{toast.description}</Radix.Description>
            ) : null}
          </div>
          {toast.action ? (
            <Radix.Action asChild altText={toast.action.label}>
              <Button size="sm" onClick={toast.action.onSelect}>
                {toast.action.label}
              </Button>
            </Radix.Action>
          ) : null}
          <Radix.Close className={styles.close} aria-label="Close">
            <X size={14} aria-hidden />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className={styles.viewport} />
    </Radix.Provider>
  );
}
