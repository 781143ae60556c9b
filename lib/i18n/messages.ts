import compile from 'icu-minify/compile';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };
import type { Locale } from './locales.ts';

export type Messages = typeof en;
export type Namespace = keyof Messages;

/** Every namespace there is. */
export const namespaces = Object.keys(en) as Namespace[];

const sources: Record<Locale, Messages> = { en, 'pt-BR': ptBR };
const compiled = new Map<string, unknown>();

/** The messages of a namespace, compiled once per process, so that no page loads or runs an ICU parser. */
export function messagesOf(locale: Locale, namespace: Namespace): unknown {
  const id = `${locale}/${namespace}`;
  if (!compiled.has(id)) compiled.set(id, compileTree(sources[locale][namespace]));
  return compiled.get(id);
}

function compileTree(node: unknown): unknown {
  if (typeof node === 'string') return compile(node);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, compileTree(value)]));
}
