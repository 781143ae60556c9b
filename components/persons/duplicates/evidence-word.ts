import type { Evidence } from '#lib/persons/duplicates/duplicate-evidence.ts';
import { fold } from '#lib/text/fold.ts';

/** What a piece of evidence is called: names that only share their words are not the same name. */
export function evidenceWord({ what, value }: Pick<Evidence, 'what' | 'value'>): Evidence['what'] | 'name-like' {
  if (what !== 'name') return what;
  return new Set(value.split(' · ').map(fold)).size > 1 ? 'name-like' : 'name';
}
