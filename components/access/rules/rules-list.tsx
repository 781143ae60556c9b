'use client';

import { Ban, Check, Link2, MessageSquareText, Pencil, Power, Trash2, TriangleAlert } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { Middle } from '#components/data-table/rows/middle.tsx';
import { ServerList, type ServerRow } from '#components/data-table/server-list.tsx';
import type { RowAction } from '#components/data-table/rows/row-menu.tsx';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import type { Locked, MissingScope } from '#components/ui/locked/locked.ts';
import { openDialog } from '#components/ui/overlay/dialog-address.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import type { ListedRule, RulesPick } from '#lib/access/rules/listed-rule.ts';

type Props = {
  rows: readonly ListedRule[];
  total: number;
  pick: RulesPick;
  instances: readonly { id: string; name: string }[];
  /** Names of the people that rules name, by id; null where there is none. */
  people: Readonly<Record<string, string | null>>;
  /** So many rules nobody could be looked for. */
  unchecked: number;
  /** Why rules can't be changed now. */
  locked: Locked | undefined;
  /** The permission without which nobody can be looked for. */
  unread: MissingScope | undefined;
};

const STATES = ['decides', 'cannot', 'inactive', 'expired'] as const;

/** The access rules of all instances: what each does, by what, where, and whether it can decide. */
export function RulesList({ rows, total, pick, instances, people, unchecked, locked, unread }: Props) {
  const t = useTranslations('access-rules');
  const format = useFormatter();
  const day = (at: string) => format.dateTime(new Date(at), { dateStyle: 'medium' });
  const nameOf = (rule: ListedRule) => rule.handle ?? rule.phone ?? people[rule.personId ?? ''] ?? t('a-person');
  const actionsOf = (rule: ListedRule): RowAction[] => {
    const item = (name: string, label: string, icon: ReactNode) => ({
      id: name,
      label,
      icon,
      run: () => openDialog(name, rule.id),
      reason: locked,
    });
    return [
      item('edit-rule', t('edit-item'), <Pencil aria-hidden />),
      item('switch-rule', t(rule.state === 'inactive' ? 'activate-item' : 'deactivate-item'), <Power aria-hidden />),
      item('link-rule', t('link-item'), <Link2 aria-hidden />),
      { ...item('delete-rule', t('delete-item'), <Trash2 aria-hidden />), danger: true },
    ];
  };
  const choices = (ids: readonly string[], name: (id: string) => string) => ids.map((id) => ({ id, name: name(id) }));
  return (
    <ServerList
      label={t('title')}
      columns={[
        { id: 'whom', head: t('whom'), width: 'grow-5', card: 'title' },
        { id: 'does', head: t('does'), width: 'sm', card: 'end' },
        { id: 'instance', head: t('instance'), width: 'lg', card: 'detail' },
        { id: 'state', head: t('state'), width: 'grow-5', card: 'line' },
        { id: 'reason', head: t('reason'), width: 'grow-3', card: 'none', from: 'wide' },
        { id: 'created', head: t('created'), width: 'lg', card: 'when', from: 'widest' },
      ]}
      rows={rows.map((rule): ServerRow => ({
        id: rule.id,
        name: nameOf(rule),
        faded: rule.state === 'inactive' || rule.state === 'expired',
        actions: actionsOf(rule),
        cells: {
          whom: <Whom rule={rule} people={people} />,
          does: (
            <span className="flex min-w-0 items-center gap-1.5">
              {rule.does === 'blocks' ? (
                <Ban aria-hidden className="size-4 shrink-0 text-danger" />
              ) : (
                <Check aria-hidden className="size-4 shrink-0 text-good" />
              )}
              {t(rule.does)}
              {rule.does === 'blocks' && rule.message && !rule.silent ? (
                <span title={`${t('with-message')}: ${rule.message}`} className="text-muted">
                  <MessageSquareText aria-hidden className="size-4" />
                  <span className="sr-only">{t('with-message')}</span>
                </span>
              ) : null}
            </span>
          ),
          instance: rule.instance === null ? t('all-instances') : (rule.instance.name ?? t('an-instance')),
          state: <State rule={rule} day={day} />,
          reason: rule.reason ? (
            <span title={rule.reason} className="truncate">
              {rule.reason}
            </span>
          ) : (
            <span className="text-muted">–</span>
          ),
          created: <span className="text-muted">{day(rule.createdAt)}</span>,
        },
      }))}
      total={rows.length}
      notice={
        unchecked > 0 ? (
          <p className="flex flex-wrap items-center gap-x-2 border-b px-3 py-1.5 text-sm text-muted">
            {t('unchecked', { count: unchecked })}{' '}
            {unread ? (
              <>
                {unread.text} <CopyRequest scope={unread.scope} />
              </>
            ) : null}
          </p>
        ) : undefined
      }
      bar={{
        search: { name: 'q', label: t('search'), placeholder: t('search-placeholder'), value: pick.q },
        filters: [
          {
            id: 'instance',
            label: t('instance'),
            choices: [{ id: 'all', name: t('all-instances') }, ...instances],
          },
          { id: 'does', label: t('does'), choices: choices(['blocks', 'allows'], (id) => t(id as 'blocks')) },
          {
            id: 'by',
            label: t('by'),
            choices: choices(['handle', 'phone', 'person'], (id) => t(`by-${id}` as 'by-phone')),
          },
          { id: 'state', label: t('state'), choices: choices(STATES, (id) => t(`states.${id}` as 'states.cannot')) },
        ],
        values: { instance: pick.instance, does: pick.does, by: pick.by, state: pick.state },
        // All of them are counted beside the title.
        count: rows.length === total ? undefined : { shown: rows.length, total },
      }}
      state={
        rows.length > 0 ? undefined : (
          <ListState icon={Ban} title={t(total === 0 ? 'empty' : 'nothing')}>
            {total === 0 ? t('empty-help') : undefined}
          </ListState>
        )
      }
    />
  );
}

type StateProps = { rule: ListedRule; day: (at: string) => string };

/** Whether a rule decides, and until when. On a card nothing stands for one that decides for good. */
function State({ rule: { state, expiresAt }, day }: StateProps) {
  const t = useTranslations('access-rules');
  const idle = state === 'inactive' || state === 'expired';
  const ends = expiresAt ? t(state === 'expired' ? 'expired-on' : 'expires-on', { day: day(expiresAt) }) : null;
  const text = state === 'expired' && ends ? ends : [t(`states.${state}`), ends].filter(Boolean).join(' · ');
  const decides = state === 'decides';
  return (
    <span
      data-empty={decides && !ends ? '' : undefined}
      className={`flex min-w-0 items-center gap-1.5 ${state === 'not-tried' ? 'unknown rounded-sm px-1 text-muted' : decides || idle ? '' : 'text-warn'}`}
    >
      {decides || idle || state === 'not-tried' ? null : <TriangleAlert aria-hidden className="size-4 shrink-0" />}
      <span className="truncate">{text}</span>
    </span>
  );
}

/** Who a rule is about: the person where it names one, and what Omni matches by. */
function Whom({ rule, people }: { rule: ListedRule; people: Props['people'] }) {
  const t = useTranslations('access-rules');
  const text = rule.handle ?? rule.phone;
  const name = rule.personId ? (people[rule.personId] ?? t('a-person')) : null;
  return (
    <span className="flex min-w-0 items-center gap-x-3 rows:pr-3 cards:flex-wrap">
      {name ? (
        <Link
          href={`/persons/${rule.personId}`}
          title={name}
          className={`${text ? 'rows:max-w-[55%]' : ''} max-w-full min-w-0 shrink-0 truncate underline-offset-2 hover:underline`}
        >
          <bdi>{name}</bdi>
        </Link>
      ) : null}{' '}
      {text ? (
        <span className={`min-w-0 flex-1 overflow-hidden cards:basis-full ${name ? 'text-muted' : ''}`}>
          {/* The end of a handle is the server, which tells nobody apart. */}
          {text.includes('@') ? (
            <span className="block truncate font-mono text-xs leading-[20px] cards:break-all cards:whitespace-normal">
              {text}
            </span>
          ) : (
            <Middle mono text={text} />
          )}
        </span>
      ) : null}
    </span>
  );
}
