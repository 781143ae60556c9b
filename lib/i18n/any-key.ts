/** A translator of some namespace. */
export type AnyTranslator = { has(key: never): boolean } & ((key: never, values?: never) => string);

/** Messages by keys that are known only when the console runs (a code, a field, an operation's text); null for one nobody wrote. */
export function anyKey(t: AnyTranslator): (key: string, values?: Readonly<Record<string, unknown>>) => string | null {
  return (key, values) => (t.has(key as never) ? t(key as never, values as never) : null);
}

/** What a problem is called and what to do about it, by its code; one nobody wrote is unexpected. `t`: of namespace `problems`. */
export function problemWords(
  t: AnyTranslator,
  code: string,
  values?: Readonly<Record<string, unknown>>,
): { title: string; help: string } {
  const words = (part: string) =>
    anyKey(t)(`${code}.${part}`, values) ?? anyKey(t)(`unexpected.${part}`, values) ?? code;
  return { title: words('title'), help: words('help') };
}
