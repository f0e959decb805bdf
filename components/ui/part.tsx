'use client';
import { Component, type ComponentType, createContext, lazy, type ReactNode, use, useState } from 'react';
import { Button } from './button';
import { addMissing, isFetchError, type Missing, notFetched, removeMissing } from './missing';
import styles from './part.module.css';
import { readied } from './ready';

interface Options<P> {
  /** For a part without room for a message: what stands in its place, while the page's notice names it. */
  readonly instead?: (props: P) => ReactNode;
  /** How it becomes a component; React's lazy unless said. */
  readonly make?: (load: () => Promise<ComponentType<P>>) => ComponentType<P>;
}

/**
 * A component whose code is fetched apart. Where the code cannot be fetched, or the component fails, that is said in
 * its place and can be tried again; the page around it goes on.
 */
export function part<P extends object>(
  name: string,
  load: () => Promise<ComponentType<P>>,
  { instead, make = makeLazy }: Options<P> = {},
): ComponentType<P> {
  let Loaded = make(readied(load));
  // biome-ignore lint/correctness/noComponentHookFactories: called once per module, as React's lazy is
  return function Part(props: P) {
    const [attempt, setAttempt] = useState(0);
    const retry = () => {
      // A lazy component keeps its failure.
      Loaded = make(load);
      setAttempt(attempt + 1);
    };
    return (
      <Boundary key={attempt} name={name} retry={retry} instead={instead?.(props)}>
        <Loaded {...props} />
      </Boundary>
    );
  };
}

const makeLazy = <P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> =>
  lazy(() => load().then((component) => ({ default: component })));

/** What else may help where a part cannot be drawn: the last edit may be the reason. */
export const RemedyContext = createContext<{ readonly label: string; readonly act: () => void } | null>(null);

interface BoundaryProps extends Missing {
  readonly children: ReactNode;
  readonly instead: ReactNode | undefined;
}

class Boundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state = { error: undefined };
  private missing: Missing | undefined;

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch() {
    const { name, retry, instead } = this.props;
    if (instead === undefined) return;
    this.missing = { name, retry };
    addMissing(this.missing);
  }

  override componentWillUnmount() {
    if (this.missing) removeMissing(this.missing);
  }

  override render() {
    const { children, instead, name, retry } = this.props;
    if (this.state.error === undefined) return children;
    return instead === undefined ? <Fallen name={name} error={this.state.error} retry={retry} /> : instead;
  }
}

function Fallen({ name, error, retry }: Missing & { readonly error: unknown }) {
  const remedy = use(RemedyContext);
  const isMissing = isFetchError(error);
  const undo = () => {
    remedy?.act();
    retry();
  };
  return (
    <div className={styles.fallen} role="alert">
      <h2>
        {name[0]?.toUpperCase()}
        {name.slice(1)} {isMissing ? 'could not be fetched' : 'could not be drawn'}
      </h2>
      <p>
        {isMissing
          ? notFetched
          : 'Your document is safe: it is kept in this browser, and everything else still works.'}
      </p>
      {isMissing ? null : <pre>{String(error).slice(0, 400)}</pre>}
      <div className={styles.buttons}>
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
        {isMissing || !remedy ? null : <Button onClick={undo}>{remedy.label}</Button>}
      </div>
    </div>
  );
}
