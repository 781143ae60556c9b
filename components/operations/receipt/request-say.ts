import 'server-only';
import { formatter, translations } from '#lib/i18n/server.ts';
import { sayer } from './say.ts';

/** Says the sentences of plans in the language and zone of this request. */
export async function requestSay(): Promise<ReturnType<typeof sayer>['say']> {
  const [t, format] = await Promise.all([translations('operations'), formatter()]);
  return sayer(t, format).say;
}
