import type { Namespace } from './messages.ts';

const PERSON_MERGE = ['plan-merge', 'plan-answers', 'plan-edit'] as const;
const RULES = ['plan-access', 'plan-block'] as const;
const ROUTES = ['plan-bulk', 'plan-route', 'plan-answers'] as const;

/** The namespaces with the sentences of each operation, of its undo and of the receipts of both, besides `operations`. */
export const PLAN_MESSAGES = {
  'persons.edit': ['plan-edit'],
  'persons.block': ['plan-block'],
  'persons.block-undo': ['plan-block'],
  'persons.unblock': ['plan-block'],
  'persons.merge': PERSON_MERGE,
  'persons.merge-many': PERSON_MERGE,
  'persons.merge-undo': PERSON_MERGE,
  'persons.merge-many-undo': PERSON_MERGE,
  'persons.link': PERSON_MERGE,
  'persons.unlink': PERSON_MERGE,
  'persons.unlink-undo': PERSON_MERGE,
  'access.create': RULES,
  'access.edit': RULES,
  'access.delete': RULES,
  'routes.activate': ['plan-activate'],
  'routes.bulk': ROUTES,
  'routes.bulk-edit': ROUTES,
  'routes.delete': ROUTES,
  'routes.delete-undo': ROUTES,
  'routes.create': ['plan-route', 'plan-answers'],
  'routes.create-undo': ['plan-route', 'plan-answers'],
  'routes.edit': ['plan-route', 'plan-answers'],
  'keys.create': ['plan-key'],
  'keys.edit': ['plan-key'],
  'keys.revoke': ['plan-key'],
  'keys.delete': ['plan-key'],
  'keys.bulk': ['plan-key'],
  'keys.create-for-rotation': ['plan-key', 'plan-rotation'],
  'keys.set-expiry': ['plan-key', 'plan-rotation'],
  'keys.cancel-rotation': ['plan-key', 'plan-rotation'],
} as const satisfies Record<string, readonly Namespace[]>;

export type StartedOperation = keyof typeof PLAN_MESSAGES;

/** The namespaces of what these operations say; of every entry there is, those of before too, where `all` may be shown. */
export function planMessages(starts: readonly StartedOperation[] | 'all'): Namespace[] {
  if (starts.length === 0) return [];
  const all = starts === 'all' ? Object.values(PLAN_MESSAGES) : starts.map((name) => PLAN_MESSAGES[name]);
  return ['operations', ...new Set(all.flat()), ...(starts === 'all' ? (['plan-old'] as const) : [])];
}
