import type { Family } from './families';

/** A system as a document, and what the gallery says of it. The lesson is the document's `about`. */
export interface ExampleEntry {
  readonly id: string;
  readonly family: Family;
  /** One line. */
  readonly idea: string;
  readonly paper: { readonly label: string; readonly url: string };
  /** The systems that it shows, by their numbers in the table of systems; empty where it is none of them. */
  readonly rows: readonly number[];
  readonly tags: readonly string[];
  /** The view whose picture stands for it. */
  readonly picture: string;
  /** A Ganvas document, not parsed yet. */
  readonly document: { readonly title: string };
}
