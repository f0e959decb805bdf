import type { Params, Wire } from './schema';

/** A user's mistake, as a value: what is wrong with numbers, where, and what to do about it. */
export type Severity = 'error' | 'warning' | 'info';

/** A piece of a text: plain, or the name of a node or network. */
export type Part = string | { readonly id: string; readonly name: string };

export interface Diagnostic {
  /** Stable, kebab-case: `shape-mismatch`. */
  readonly code: string;
  readonly severity: Severity;
  /** The node or network it is about, of the graph that is shown. */
  readonly node?: string;
  /** Where blocks hide it: its id in the plain graph, with the way there. */
  readonly at?: string;
  readonly port?: string;
  /** Where in the JSON, for documents that do not parse: `nodes[3].params.units`. */
  readonly path?: string;
  /** Index into `wires`. */
  readonly wire?: number;
  readonly message: string;
  readonly hint?: string;
  /** Both again in pieces, where they name nodes or networks. */
  readonly parts?: { readonly message: readonly Part[]; readonly hint: readonly Part[] };
  /** Lines of code that do what the hint says. */
  readonly snippet?: string;
  /** What advice is founded on. */
  readonly source?: { readonly label: string; readonly url: string };
  /** A one-click change that fixes it. */
  readonly fix?: Fix;
}

/** Changes that a diagnostic can offer; `lib/edit` applies them. */
export type Fix =
  | {
      readonly type: 'set-params';
      readonly label: string;
      readonly node: string;
      readonly params: Record<string, unknown>;
    }
  | { readonly type: 'bypass'; readonly label: string; readonly node: string }
  | { readonly type: 'remove-wire'; readonly label: string; readonly wire: Wire }
  | {
      /** Each of two wires ends where the other did. */
      readonly type: 'swap-wires';
      readonly label: string;
      readonly wires: readonly [Wire, Wire];
    }
  | {
      readonly type: 'insert-on-wire';
      readonly label: string;
      readonly wire: Wire;
      readonly kind: string;
      readonly params: Params;
    };

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((diagnostic) => diagnostic.severity === 'error');
