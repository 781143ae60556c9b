import 'server-only';
import { formatter, planTranslations, translations } from '#lib/i18n/server.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { sayer } from './say.ts';

/** Says the sentences of plans in the language and zone of this request. */
export async function requestSay(): Promise<ReturnType<typeof sayer>['say']> {
  const [plans, format] = await Promise.all([planTranslations(), formatter()]);
  return sayer({ ...plans, format }).say;
}

/** Says the titles of entries in the language of this request: what was done where it was, else what was to be done. */
export async function requestTitles(): Promise<(entry: { title: Text; status: string }) => string> {
  const [t, plans, format] = await Promise.all([translations('operations'), planTranslations(), formatter()]);
  const { say, after } = sayer({ ...plans, format });
  return ({ title, status }) =>
    status === 'done' ? (after(title) ?? t('done-toast', { what: say(title) })) : say(title);
}
