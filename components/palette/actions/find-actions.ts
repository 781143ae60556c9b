import { matchWords } from '#lib/text/match-words.ts';
import { WORDS } from './action-words.ts';
import { SECTIONS, type Action } from './actions.ts';

/** The most actions a search shows. */
export const MOST_ACTIONS = 8;

/** The actions that fit a search, best first: by their labels as shown, and by the phrases of either language. */
export function findActions(query: string, labelOf: (id: string) => string): Action[] {
  return SECTIONS.flatMap(({ actions }) => actions)
    .flatMap((action) => {
      const rank = matchWords(query, labelOf(action.id), WORDS[action.id].split(', '));
      return rank === null ? [] : [{ action, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST_ACTIONS)
    .map(({ action }) => action);
}
