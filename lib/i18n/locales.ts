import { keep } from '#lib/text/keep.ts';

/** The languages of the console; the first one is the default. */
export const LOCALES = ['en', 'pt-BR'] as const;

export type Locale = (typeof LOCALES)[number];

export const LOCALE_COOKIE = 'locale';
export const TIME_ZONE_COOKIE = 'tz';

/** Where files of messages are: `/messages/en/persons.9cK_…`. */
export const MESSAGE_FILES = '/messages';

/** Whether a cookie's text names a language of ours. */
export function isLocale(value: string | undefined): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/**
 * The language for a request: the cookie's, else the best of `Accept-Language` (any Portuguese is pt-BR, any English en),
 * else English. Never throws, whatever the header holds.
 */
export function pickLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  const wanted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, index) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = Number(parameters.find((p) => p.trim().startsWith('q='))?.split('=')[1] ?? 1);
      return { language: tag.split('-')[0], quality: Number.isFinite(quality) ? quality : 0, index };
    })
    .filter((entry) => entry.quality > 0)
    .sort((a, b) => b.quality - a.quality || a.index - b.index);
  for (const { language } of wanted) {
    if (language === 'pt') return 'pt-BR';
    if (language === 'en') return 'en';
  }
  return 'en';
}

/** A browser's name of a zone as this server has it; null for none. */
const knownZone = keep(64, (name) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
});

/** The time zone for a request: the browser's own (a cookie it set), else São Paulo for Portuguese and UTC for English. */
export function pickTimeZone(cookie: string | undefined, locale: Locale): string {
  const zone = cookie && /^[A-Za-z0-9_+\-/]{1,64}$/.test(cookie) ? knownZone(cookie) : null;
  return zone ?? (locale === 'pt-BR' ? 'America/Sao_Paulo' : 'UTC');
}
