import { anyKey } from '#lib/i18n/any-key.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { valueShower, type Format } from './show-value.ts';

/**
 * Says the sentences of plans with a translator of namespace `operations`, their values as the reader reads them. A key nobody
 * translated is said as it is. `after`: said of what is done ("Route Vendas activated"), null where there are no such words.
 */
export function sayer(
  t: Parameters<typeof anyKey>[0],
  format: Format,
): { say: Say; after: (text: Text) => string | null } {
  const known = anyKey(t);
  const shown = valueShower(known, format);
  const textOf = ({ key, values = {} }: Text) => known(`texts.${key.replaceAll('.', '-')}`, shown(values));
  return {
    say: (text) => textOf(text) ?? text.key,
    after: ({ key, ...text }) => textOf({ ...text, key: `${key}-done` }),
  };
}

type Say = (text: Text) => string;
