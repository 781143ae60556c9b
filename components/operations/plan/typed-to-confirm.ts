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

type TypedMeans = 'phone' | 'name' | 'duplicates' | 'key' | 'keys' | 'routes';

/** What the text to type is, in the words of `operations.typed-means`; null where the plan does not tell. */
export function typedMeans({ typed, changes = [] }: Pick<Plan, 'typed' | 'changes'>): TypedMeans | null {
  if (!typed || !('text' in typed)) return null;
  const { text } = typed;
  const asking = changes.filter(({ asks }) => asks === text);
  const grave = asking.length > 0 ? asking : changes.filter(({ kept, grants }) => kept === 'no' || grants);
  const about = (kind: 'key' | 'route') =>
    grave.some(({ of, what }) => of?.is === kind || what.startsWith(`${kind}s-`));
  const number = /^\d{1,2}$/.test(text);
  if (about('key')) return number && asking.length === 0 ? 'keys' : 'key';
  if (asking.length > 0) return number ? 'duplicates' : grave.some((one) => isPhone(one, text)) ? 'phone' : 'name';
  return about('route') ? 'routes' : null;
}

/** Whether an effect is about a phone that ends in these digits. */
function isPhone({ more, from }: NonNullable<Plan['changes']>[number], digits: string): boolean {
  const field = more?.field;
  if (typeof field !== 'object' || field.is !== 'field' || field.field !== 'person.primaryPhone') return false;
  return from.is === 'text' && from.text.replaceAll(/\D/g, '').endsWith(digits);
}
