import type { Plan } from '#lib/operations/plan/define.ts';
import { fold } from '#lib/text/fold.ts';
import { visibleName } from '#lib/text/visible.ts';

type Verb = Extract<NonNullable<Plan['typed']>, { word: string }>['word'];

/** The words of every language the console speaks: a plan may be agreed to in another window's language. */
const VERBS: Record<Verb, string[]> = {
  merge: ['MERGE', 'MESCLAR'],
  delete: ['DELETE', 'EXCLUIR'],
  revoke: ['REVOKE', 'REVOGAR'],
  undo: ['UNDO', 'DESFAZER'],
  save: ['SAVE', 'SALVAR'],
};

/** What is asked to be typed before a plan may run, and whether it was; null where nothing is asked. Of a name what can be seen is asked. `wordOf`: a verb in the page's language. */
export function askedFor(
  typed: Plan['typed'],
  wordOf: (verb: Verb) => string,
): { text: string; met: (text: string) => boolean } | null {
  if (!typed) return null;
  const wanted = 'text' in typed ? [typed.text] : [wordOf(typed.word), ...VERBS[typed.word]];
  const seen = (text: string) => visibleName(text) ?? text;
  return {
    text: seen(wanted[0] ?? ''),
    met: (text) => wanted.some((one) => sameTyped(seen(one), seen(text))),
  };
}

/** Accents and capitals need not be typed; signs of which nothing else is left (`¨`) are. */
function sameTyped(wanted: string, typed: string): boolean {
  const letters = fold(wanted);
  if (letters !== '') return letters === fold(typed);
  return wanted.trim() !== '' && wanted.trim() === typed.trim();
}
