import { assert } from '@/lib/util/assert';

/** One step of the document format. Runs on plain JSON, before validation; pure. */
export interface Migration {
  /** The version that this step produces. */
  readonly to: number;
  readonly name: string;
  readonly up: (document: Record<string, unknown>) => Record<string, unknown>;
}

/**
 * Brings a document from its version to `target` through every migration in between, in order; several of
 * one version run in the order given. Throws on a gap in the list: that is a programmer's error.
 */
export function migrate(
  document: Record<string, unknown>,
  target: number,
  migrations: readonly Migration[],
): Record<string, unknown> {
  let current = document;
  for (let version = (document.version as number) + 1; version <= target; version++) {
    const steps = migrations.filter((step) => step.to === version);
    assert(steps.length > 0, `no migration leads to version ${version}`);
    for (const step of steps) current = { ...step.up(current), version };
  }
  return current;
}
