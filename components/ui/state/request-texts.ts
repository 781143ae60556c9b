type Translator = (key: never, values?: never) => string;

/** The texts of a request for a permission; `sentence` has `%scope%` and `%url%` for what only the browser knows. */
export type RequestTexts = { copy: string; copied: string; sentence: string };

/** The texts with a translator of namespace `problems`. */
export function requestTexts(translations: (namespace: 'problems') => unknown): RequestTexts {
  const t = translations('problems') as Translator;
  return {
    copy: t('request.copy' as never),
    copied: t('request.copied' as never),
    sentence: t('request.text' as never, { scope: '%scope%', url: '%url%' } as never),
  };
}
