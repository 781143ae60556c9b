'use client';

import { CircleAlert, Inbox, LockKeyhole, SearchX } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { DataList } from '#components/data-table/data-list.tsx';
import type { ListFilter } from '#components/data-table/filter/filters.ts';
import { Button } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Notices } from '#components/ui/state/notices.tsx';
import { SkeletonRows } from '#components/ui/state/skeleton.tsx';
import { KIT_COLUMNS, kitRows, type KitRow } from './kit-rows.tsx';

const MANY = 2000;
const NONE: KitRow[] = [];

/** The parts of a list in every state, the list at its full size, and one as narrow as a phone's. */
export function KitLists() {
  const t = useTranslations('kit');
  const tUi = useTranslations('ui');
  return (
    <>
      <Section title={t('list')}>
        <WholeList count={12} label={t('list')} />
      </Section>
      <Section title={t('many')}>
        <WholeList count={MANY} label={t('many')} />
      </Section>
      <Section title={t('cards')}>
        <div className="max-w-[360px]">
          <WholeList count={6} label={t('cards')} />
        </div>
      </Section>
      <Section title={t('notices')}>
        <Notices all={[{ id: 'one', tone: 'info', text: t('notice') }]} />
        <Notices
          all={[
            { id: 'one', tone: 'info', text: t('notice') },
            {
              id: 'two',
              tone: 'warn',
              text: t('long-notice'),
              more: t('notice'),
              action: <Button size="sm">{tUi('retry')}</Button>,
            },
            { id: 'three', tone: 'danger', text: t('notice') },
          ]}
        />
      </Section>
      <State title={t('loading')}>
        <div data-example>
          <SkeletonRows rows={3} label={t('loading')} />
        </div>
      </State>
      <State title={t('empty')}>
        <ListState icon={Inbox} title={t('empty')} actions={<Button>{t('create')}</Button>}>
          {t('empty-help')}
        </ListState>
      </State>
      <State title={t('no-match')}>
        <ListState icon={SearchX} title={t('no-match')} actions={<Button>{t('clear')}</Button>} />
      </State>
      <State title={t('failed')}>
        <ListState icon={CircleAlert} title={t('failed')} actions={<Button>{tUi('retry')}</Button>} />
      </State>
      <State title={t('forbidden')}>
        <ListState icon={LockKeyhole} title={t('forbidden')} />
      </State>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="pb-8">
      <h2 className="pb-2">{title}</h2>
      {children}
    </section>
  );
}

/** A state stands where the rows would. */
function State({ title, children }: { title: string; children: ReactNode }) {
  const t = useTranslations('kit');
  const head = useCallback((id: string) => t(`columns.${id as 'name'}`), [t]);
  return (
    <Section title={title}>
      <DataList label={title} columns={KIT_COLUMNS} head={head} rows={NONE} nameOf={nameOf} state={children} />
    </Section>
  );
}

function WholeList({ count, label }: { count: number; label: string }) {
  const t = useTranslations('kit');
  const head = useCallback((id: string) => t(`columns.${id as 'name'}`), [t]);
  const [values, setValues] = useState<Record<string, string | undefined>>({ kind: 'a' });
  const [sort, setSort] = useState('name');
  const all = useMemo(() => kitRows(count), [count]);
  const rows = useMemo(() => ordered(all, values, sort), [all, values, sort]);
  const filters: ListFilter[] = [
    {
      id: 'kind',
      label: t('columns.kind'),
      choices: ['a', 'b', 'c'].map((id) => ({ id, name: t(`kinds.${id as 'a'}`) })),
    },
    { id: 'since', label: t('since'), input: 'date' },
    { id: 'address', label: t('columns.address'), input: 'text', hint: t('empty-help') },
  ];
  return (
    <DataList
      label={label}
      columns={KIT_COLUMNS}
      head={head}
      rows={rows}
      nameOf={nameOf}
      faded={({ kind }) => kind === 'c'}
      sort={{ now: sort, href: (next) => `?sort=${next}`, set: setSort }}
      bar={{
        search: { name: 'q', label: t('search'), placeholder: t('search'), value: values.q ?? '', restMs: 0 },
        filters,
        values,
        change: (patch) => (patch.sort ? setSort(patch.sort) : setValues((now) => ({ ...now, ...patch }))),
        count: { shown: rows.length, total: count },
        sorts: { now: sort, all: ['name', '-name'].map((id) => ({ id, name: t(id === 'name' ? 'up' : 'down') })) },
      }}
      select={{ scope: JSON.stringify(values), renderActions: (picked) => <Picked count={picked.length} /> }}
      actions={() => [
        { id: 'open', label: t('open'), href: '#' },
        { id: 'off', label: t('create'), reason: t('forbidden') },
        { id: 'delete', label: t('delete'), danger: true },
      ]}
      state={rows.length > 0 ? undefined : <ListState icon={SearchX} title={t('no-match')} />}
    />
  );
}

function Picked({ count }: { count: number }) {
  return <Button size="sm">{useTranslations('kit')('merge', { count })}</Button>;
}

const nameOf = ({ name }: KitRow) => name;

function ordered(
  rows: readonly KitRow[],
  { q = '', kind }: Record<string, string | undefined>,
  sort: string,
): KitRow[] {
  const words = q.toLowerCase();
  const kept = rows.filter((row) => (!kind || row.kind === kind) && row.name.toLowerCase().includes(words));
  return kept.toSorted((a, b) => (a.name < b.name ? -1 : 1) * (sort.startsWith('-') ? -1 : 1));
}
