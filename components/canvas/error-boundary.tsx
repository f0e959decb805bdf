'use client';
import { Component, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import styles from './error-boundary.module.css';

interface Props {
  readonly children: ReactNode;
  /** What went down, as in "The canvas". */
  readonly what: string;
  /** Takes the last edit back: it may be what cannot be drawn. */
  readonly onUndo: () => void;
}

/** Keeps a fault in one part of the page from taking the document with it. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | undefined }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const error: Error | undefined = this.state.error;
    if (!error) return this.props.children;
    const retry = () => this.setState({ error: undefined });
    return (
      <div className={styles.fallen} role="alert">
        <h2>{this.props.what} could not be drawn</h2>
        <p>Your document is safe: it is kept in this browser, and everything else still works.</p>
        <pre>{String((error as Error).message).slice(0, 400)}</pre>
        <div className={styles.buttons}>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <Button
            onClick={() => {
              this.props.onUndo();
              retry();
            }}
          >
            Undo the last edit
          </Button>
        </div>
      </div>
    );
  }
}
