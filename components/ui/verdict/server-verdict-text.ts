import { translations } from '#lib/i18n/server.ts';
import { verdictTexts } from './verdict-text.ts';

/** The sentences of verdicts in the language of this request. */
export async function verdictText(): Promise<ReturnType<typeof verdictTexts>> {
  const [verdict, seen] = await Promise.all([translations('verdict'), translations('seen')]);
  return verdictTexts((namespace) => (namespace === 'verdict' ? verdict : seen));
}
