import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { _createCache, _createIntlFormatters, createFormatter, createTranslator } from 'use-intl/core';
import { LOCALE_COOKIE, TIME_ZONE_COOKIE, pickLocale, pickTimeZone } from './locales.ts';
import { messagesOf, type Messages, type Namespace } from './messages.ts';
import { planMessages } from './plan-messages.ts';
import { keep } from '#lib/text/keep.ts';
import { zoneName } from './zone-name.ts';

/** Language, time zone and clock of this request. */
export const requestIntl = cache(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = pickLocale(jar.get(LOCALE_COOKIE)?.value, head.get('accept-language'));
  const timeZone = pickTimeZone(jar.get(TIME_ZONE_COOKIE)?.value, locale);
  return { locale, timeZone, now: new Date() };
});

/** How many zones are kept: a browser names its own, and each formatter weighs some ten kilobytes. */
const ZONES_KEPT = 16;

/** What formats in a zone, made once and not once a request. */
const formattersOf = keep(ZONES_KEPT, (_timeZone) => {
  const _cache = _createCache();
  return { _cache, _formatters: _createIntlFormatters(_cache) };
});

/** The translator of one namespace for this request. */
export const translations = cache(async <N extends Namespace>(namespace: N) => {
  const { locale, timeZone } = await requestIntl();
  const messages = { [namespace]: messagesOf(locale, namespace) } as Pick<Messages, N>;
  return createTranslator({ locale, timeZone, messages: messages as Messages, namespace, ...formattersOf(timeZone) });
});

/** The translator of all that operations say, for this request, with its messages by namespace. */
export const planTranslations = cache(async () => {
  const { locale, timeZone } = await requestIntl();
  const messages = Object.fromEntries(planMessages('all').map((one) => [one, messagesOf(locale, one)]));
  const t = createTranslator({ locale, timeZone, messages: messages as Messages, ...formattersOf(timeZone) });
  return { t, messages };
});

/** Dates, numbers and relative times of this request. */
export const formatter = cache(async () => {
  const intl = await requestIntl();
  return createFormatter({ ...intl, ...formattersOf(intl.timeZone) });
});

/** The name of the time zone of this request. */
export async function requestZone(): Promise<string> {
  const { timeZone, locale, now } = await requestIntl();
  return zoneName(timeZone, locale, now.getTime());
}
