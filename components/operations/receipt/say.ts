import type { Text } from '#lib/operations/plan/define.ts';

type Translator = { has: (key: never) => boolean } & ((key: never, values?: never) => string);

/** Where the sentence of a key stands in namespace `operations`. */
export function textKey(key: string): string {
  return `texts.${key.replaceAll('.', '-')}`;
}

/** Says the sentences of plans with a translator of namespace `operations`. A key nobody translated is said as it is. */
export function sayer(t: Translator): (text: Text) => string {
  return (text) => {
    const key = textKey(text.key) as never;
    return t.has(key) ? t(key, text.values as never) : text.key;
  };
}
