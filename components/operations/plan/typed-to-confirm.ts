import type { Plan } from '#lib/operations/plan/define.ts';
import { fold } from '#lib/text/fold.ts';

/** The word of every language the console speaks: a plan may be agreed to in another window's language. */
const MERGE_WORDS = ['MERGE', 'MESCLAR'];

/** What is asked to be typed before a plan may run, and whether it was; null where nothing is asked. `word`: in the page's language. */
export function askedFor(typed: Plan['typed'], word: string): { text: string; met: (text: string) => boolean } | null {
  if (!typed) return null;
  const wanted = 'text' in typed ? [typed.text] : [word, ...MERGE_WORDS];
  return {
    text: wanted[0] ?? '',
    met: (text) => wanted.some((one) => fold(one) === fold(text)),
  };
}
