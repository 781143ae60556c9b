import { anyKey, type AnyTranslator } from '#lib/i18n/any-key.ts';

/** The texts of a request for a permission; `sentence` has `%scope%` and `%url%` for what only the browser knows. */
export type RequestTexts = { copy: string; copied: string; sentence: string };

/** The texts with a translator of namespace `problems`. */
export function requestTexts(translations: (namespace: 'problems') => AnyTranslator): RequestTexts {
  const t = anyKey(translations('problems'));
  return {
    copy: t('request.copy') ?? '',
    copied: t('request.copied') ?? '',
    sentence: t('request.text', { scope: '%scope%', url: '%url%' }) ?? '',
  };
}
