import 'server-only';

/** Placeholder. */
export function watchOf(_entryId: string): Promise<void> {
  return Promise.resolve();
}
