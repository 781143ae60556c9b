import type { Value } from '#lib/operations/effects/value.ts';
import type { Text } from '#lib/operations/plan/define.ts';

/** A sentence with its values as plain words: names, texts, words. */
export function plain({ key, values = {} }: Text): { key: string; values: Record<string, string | number> } {
  const { tense: _, ...shown } = values;
  return { key, values: Object.fromEntries(Object.entries(shown).map(([name, one]) => [name, wordOf(one)])) };
}

function wordOf(value: string | number | Value): string | number {
  if (typeof value !== 'object') return value;
  switch (value.is) {
    case 'nothing':
      return '—';
    case 'text':
      return value.text;
    case 'moment':
      return value.at;
    case 'word':
      return value.word;
    case 'field':
      return value.field;
    case 'inherited':
      return `inherited ${wordOf(value.value)}`;
    case 'not-seen':
      return value.scope || value.state;
    case 'list':
      return value.of.map(wordOf).join(', ');
    default:
      return value.name ?? value.id;
  }
}
