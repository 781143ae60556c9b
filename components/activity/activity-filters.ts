import 'server-only';
import type { ListFilter } from '#components/data-table/filter/filters.ts';
import { anyKey } from '#lib/i18n/any-key.ts';
import { translations } from '#lib/i18n/server.ts';

const STATUSES = ['done', 'differs', 'failed', 'stopped', 'unconfirmed', 'interrupted', 'running'] as const;

type Given = {
  operations: readonly string[];
  actors: readonly { actor: string; who: string }[];
  /** What a change can be about; without Omni's record only what the console changes. */
  abouts: readonly string[];
  /** Whether Omni's record may stand in the list. */
  record: boolean;
};

/** What Activity can be narrowed to: whose record, what it is about, kinds of changes, outcomes, who, one thing, and days. */
export async function activityFilters({ operations, actors, abouts, record }: Given): Promise<ListFilter[]> {
  const [t, tOmni] = await Promise.all([translations('activity'), translations('omni-record')]);
  const known = anyKey(t);
  const name = (operation: string) => known(`kinds.${operation.replace('.', '-')}`) ?? operation;
  const origin: ListFilter = {
    id: 'origin',
    label: t('origin'),
    choices: [
      { id: 'console', name: tOmni('here') },
      { id: 'omni', name: tOmni('title') },
    ],
  };
  const who: ListFilter = {
    id: 'who',
    label: t('who'),
    choices: [{ id: 'mine', name: t('mine') }, ...actors.map(({ actor, who }) => ({ id: actor, name: who }))],
  };
  return [
    ...(record ? [origin] : []),
    { id: 'type', label: t('about'), choices: abouts.map((id) => ({ id, name: known(`abouts.${id}`) ?? id })) },
    { id: 'kind', label: t('kind'), choices: operations.map((id) => ({ id, name: name(id) })) },
    { id: 'status', label: t('outcome'), choices: STATUSES.map((id) => ({ id, name: t(`statuses.${id}`) })) },
    ...(actors.length > 1 ? [who] : []),
    { id: 'subject', label: t('subject'), input: 'text', hint: t('subject-hint') },
    { id: 'since', label: t('since'), input: 'date' },
    { id: 'until', label: t('until'), input: 'date' },
  ];
}
