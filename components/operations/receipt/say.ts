import { anyKey, type AnyTranslator } from '#lib/i18n/any-key.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { valueShower, type Format } from './show-value.ts';

/** What a reader has: a translator of all its namespaces, these by name, and their formats. */
export type Reader = { t: AnyTranslator; messages: object; format: Format };

/**
 * Says the sentences of plans, their values as the reader reads them. They stand in `operations.texts`, or in the namespaces `plan-…`
 * of the operations that say them. A key nobody translated is said as it is. `after`: said of what is done ("Route Vendas
 * activated"), null where there are no such words.
 */
export function sayer({ t, messages, format }: Reader): { say: Say; after: (text: Text) => string | null } {
  const known = anyKey(t);
  const shown = valueShower(known, format);
  const plans = Object.entries(messages).filter(([namespace]) => namespace.startsWith('plan-'));
  const textOf = ({ key, values = {} }: Text) => {
    const name = key.replaceAll('.', '-');
    const home = plans.find(([, sentences]) => name in sentences)?.[0] ?? 'operations.texts';
    return known(`${home}.${name}`, shown(values));
  };
  return {
    say: (text) => textOf(text) ?? text.key,
    after: ({ key, ...text }) => textOf({ ...text, key: `${key}-done` }),
  };
}

type Say = (text: Text) => string;
