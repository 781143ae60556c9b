import 'server-only';
import type { ListFilter } from '#components/data-table/filter/filters.ts';
import { anyKey } from '#lib/i18n/any-key.ts';
import { translations } from '#lib/i18n/server.ts';

const STATUSES = ['done', 'differs', 'failed', 'stopped', 'unconfirmed', 'interrupted', 'running'] as const;

/** What Activity can be narrowed to: kinds of changes, outcomes, who, what it was about, and days. */
export async function activityFilters(
  operations: readonly string[],
  actors: readonly { actor: string; who: string }[],
): Promise<ListFilter[]> {
  const t = await translations('activity');
  const name = (operation: string) => anyKey(t)(`kinds.${operation.replace('.', '-')}`) ?? operation;
  const who: ListFilter = {
    id: 'who',
    label: t('who'),
    choices: [{ id: 'mine', name: t('mine') }, ...actors.map(({ actor, who }) => ({ id: actor, name: who }))],
  };
  return [
    { id: 'kind', label: t('kind'), choices: operations.map((id) => ({ id, name: name(id) })) },
    { id: 'status', label: t('outcome'), choices: STATUSES.map((id) => ({ id, name: t(`statuses.${id}`) })) },
    ...(actors.length > 1 ? [who] : []),
    { id: 'subject', label: t('subject'), input: 'text', hint: t('subject-hint') },
    { id: 'since', label: t('since'), input: 'date' },
    { id: 'until', label: t('until'), input: 'date' },
  ];
}
