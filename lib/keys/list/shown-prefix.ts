/**
 * How a key begins, as it is shown: all that Omni tells of its text, and how a leaked one is found. `short`: in a column of them, without
 * the `omni_` that every key begins with (contract §5).
 */
export function shownPrefix(prefix: string, { short = false } = {}): string {
  return `${short ? '' : 'omni_'}sk_${prefix}…`;
}
