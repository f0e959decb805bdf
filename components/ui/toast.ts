import { createStore } from 'zustand/vanilla';

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
/** What stands at the edge now; toast-list.tsx shows it. */
export const toastStore = createStore<{ readonly toasts: readonly Shown[] }>(() => ({ toasts: [] }));
export const closeToast = (id: number): void =>
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

/** Shows a message from anywhere; at most four stand at a time. Gives a function that takes it away. */
export function showToast(message: ToastMessage): () => void {
  const id = nextId++;
  toastStore.setState(({ toasts }) => ({ toasts: [...toasts.slice(-3), { ...message, id }] }));
  return () => closeToast(id);
}
