import type { Locale } from './locales.ts';
import { messagesOf, namespaces, type Namespace } from './messages.ts';

/** The namespaces of the shell and of what most pages show: one file in a browser. The others are a file each. */
export const BASE: readonly Namespace[] = [
  'forbidden',
  'form',
  'leave',
  'list-tools',
  'palette',
  'problems',
  'proof',
  'secret',
  'seen',
  'session',
  'shell',
  'ui',
  'verdict',
];

const BASE_SET = 'base';

/** The sets that hold these namespaces, that of every page first. */
export function setsOf(of: readonly Namespace[]): string[] {
  return [BASE_SET, ...[...new Set(of)].filter((one) => !BASE.includes(one)).toSorted()];
}

/** The messages of a set, by namespace; null where there is no such set. */
export function messagesOfSet(locale: Locale, set: string): Record<string, unknown> | null {
  const held = set === BASE_SET ? BASE : namespaces.filter((one) => one === set);
  if (held.length === 0) return null;
  return Object.fromEntries(held.map((one) => [one, messagesOf(locale, one)]));
}
