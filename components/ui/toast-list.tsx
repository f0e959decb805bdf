import { X } from 'lucide-react';
import * as Radix from 'radix-ui/toast';
import { useStore } from 'zustand';
import { Button } from './button';
import { classes } from './classes';
import { closeToast, toastStore } from './toast';
import styles from './toast.module.css';

/** The messages that stand, with what can be done about them. */
export function ToastList() {
  const toasts = useStore(toastStore, (state) => state.toasts);
  return (
    <Radix.Provider swipeDirection="right">
      {toasts.map((toast) => (
        <Radix.Root
          key={toast.id}
          className={classes(styles.toast, styles[toast.tone ?? 'plain'])}
          duration={toast.duration ?? 6000}
          type={toast.tone === 'error' ? 'foreground' : 'background'}
          onOpenChange={(open) => {
            if (!open) closeToast(toast.id);
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
