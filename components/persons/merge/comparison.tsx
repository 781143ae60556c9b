'use client';

import { ArrowLeftRight, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useShowValue } from '#components/operations/receipt/text-of.ts';
import { AddressText } from '#components/persons/directory/address-text.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { BlockedHere } from '#components/ui/verdict/blocked-here.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import { seenOr } from '#lib/omni/seen.ts';
import type { PersonField } from '#lib/persons/merge/merge-facts.ts';
import type { FieldRow } from '#lib/persons/merge/merge-fields.ts';
import type { MergeTable, RouteShown } from '#lib/persons/merge/merge-table.ts';
import { tellingFact } from '#lib/persons/record/called.ts';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';
import { ChoiceRow, COLUMNS, type Who } from './choice-row.tsx';

/** Whose values are kept, where somebody chose: by field, and by the duplicate's route. */
export type Decisions = {
  fields: Partial<Record<PersonField, Who>>;
  routes: Record<string, 'keep' | 'replace'>;
};

type Props = {
  survivor: ComparedRecord;
  duplicate: ComparedRecord;
  table: MergeTable;
  decisions: Decisions;
  /** Null once it is run: nothing can be chosen any more. */
  choose: ((decisions: Decisions) => void) | null;
  /** What stands under the names. */
  advice: ReactNode;
};

/** Two people side by side: all fields, what differs first, and whose is kept. What is kept unless chosen, the plan decides. */
export function Comparison({ survivor, duplicate, table, decisions, choose, advice }: Props) {
  const t = useTranslations('merge');
  const route = useRouteText();
  const show = useShowValue();
  const open = table.fields.filter((row) => row.open);
  const own = table.fields.filter((row) => !row.open && row.kind === 'only');
  const same = table.fields.filter((row) => row.kind === 'same');
  return (
    <section aria-label={t('fields')}>
      <Roles survivor={survivor} duplicate={duplicate} swappable={choose !== null} />
      {choose ? advice : null}
      {choose ? (
        <div className="divide-y border-y">
          {open.map((row) => (
            <ChoiceRow
              key={row.field}
              name={row.field}
              label={t(`field.${row.field}`)}
              hint={hintOf(row, t)}
              texts={row}
              nothing={row.alike > 0 ? t('nothing-else') : undefined}
              countries={row.countries}
              keep={row.fixed ? row.keep : (decisions.fields[row.field] ?? row.keep)}
              choose={
                row.fixed ? null : (who) => choose({ ...decisions, fields: { ...decisions.fields, [row.field]: who } })
              }
            />
          ))}
          {table.routes.map(({ id, keep, instance, ...both }) => (
            <ChoiceRow
              key={id}
              name={id}
              label={t('route')}
              hint={show(instance)}
              texts={{ survivor: route(both.survivor), duplicate: route(both.duplicate) }}
              keep={whoOf(decisions.routes[id]) ?? keep}
              choose={(who) =>
                choose({
                  ...decisions,
                  routes: { ...decisions.routes, [id]: who === 'duplicate' ? 'replace' : 'keep' },
                })
              }
            />
          ))}
          {own.map((row) => (
            <ValuesRow key={row.field} row={row} />
          ))}
          {same.length > 0 ? (
            <details className="group">
              <summary className="flex min-h-9 items-center gap-2 text-sm text-muted">
                <ChevronRight aria-hidden className="size-4 group-open:rotate-90" />
                {t('same-fields', { count: same.length })}
              </summary>
              <div className="divide-y border-t">
                {same.map((row) => (
                  <ValuesRow key={row.field} row={row} />
                ))}
              </div>
            </details>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

function whoOf(choice: 'keep' | 'replace' | undefined): Who | undefined {
  return choice && (choice === 'replace' ? 'duplicate' : 'survivor');
}

function hintOf({ kind, fixed, alike }: FieldRow, t: ReturnType<typeof useTranslations<'merge'>>): string | null {
  if (fixed) return t('fixed');
  if (alike > 0) return t('alike', { count: alike });
  return kind === 'spelling' ? t('spelling') : null;
}

/** A field with nothing to choose: what each has. */
function ValuesRow({ row }: { row: FieldRow }) {
  const t = useTranslations('merge');
  return (
    <dl className={`${COLUMNS} py-2`}>
      <dt className="text-muted">{t(`field.${row.field}`)}</dt>
      {(['survivor', 'duplicate'] as const).map((who) => (
        <dd
          key={who}
          className={`min-w-0 break-words sm:pl-6 ${row.kind === 'same' && who === 'duplicate' ? 'max-sm:hidden' : ''}`}
        >
          <span className="sr-only">{t(who)}: </span>
          {row[who] === null ? <span className="text-muted">{t('empty')}</span> : <bdi>{row[who]}</bdi>}
        </dd>
      ))}
    </dl>
  );
}

/** A route as what tells it from the other one: label, agent, overrides, whether it is active. */
function useRouteText(): (route: RouteShown) => string {
  const t = useTranslations('merge');
  const show = useShowValue();
  return ({ label, agent, overrides, active }) =>
    [
      label ?? t('route-unnamed'),
      show(agent),
      overrides > 0 ? t('route-overrides', { count: overrides }) : '',
      active ? '' : t('route-inactive'),
    ]
      .filter(Boolean)
      .join(' · ');
}

type RolesProps = { survivor: ComparedRecord; duplicate: ComparedRecord; swappable: boolean };

/** Who is kept and who is the duplicate: in sight while one scrolls. */
function Roles({ survivor, duplicate, swappable }: RolesProps) {
  const t = useTranslations('merge');
  return (
    <div
      data-sticks="top"
      className={`${COLUMNS} relative z-10 bg-bg py-2 max-sm:pr-26 tall:sticky tall:max-md:top-13 tall:md:top-0`}
    >
      <div className="max-sm:absolute max-sm:top-2 max-sm:right-0">
        {swappable ? (
          <Link
            replace
            scroll={false}
            href={`/persons/merge?into=${duplicate.id}&from=${survivor.id}`}
            className={buttonClass({ size: 'sm' })}
          >
            <ArrowLeftRight aria-hidden className="size-4" />
            {t('swap')}
          </Link>
        ) : null}
      </div>
      <Role record={survivor} other={duplicate} who="survivor" ink="text-kept" />
      <Role record={duplicate} other={survivor} who="duplicate" ink="text-removed" />
    </div>
  );
}

type RoleProps = { record: ComparedRecord; other: ComparedRecord; who: Who; ink: string };

function Role({ record, other, who, ink }: RoleProps) {
  const t = useTranslations('merge');
  const messages = record.identities.reduce((sum, one) => sum + one.messages, 0);
  return (
    <div className="flex min-w-0 grow items-baseline gap-x-2 sm:block">
      <span className={`text-xs font-semibold max-sm:w-18 max-sm:shrink-0 ${ink}`}>{t(who)}</span>
      <div className="flex min-w-0 items-start gap-2 sm:mt-1">
        <span className="max-sm:hidden">
          <Avatar name={record.name} />
        </span>
        <div className="min-w-0">
          {/* Whole in the comparison below. */}
          <p className="line-clamp-2 font-medium break-words max-sm:line-clamp-1" title={record.name ?? undefined}>
            {record.name === null ? (
              <span className="font-normal text-muted italic">{t('no-name')}</span>
            ) : (
              <bdi>{record.name}</bdi>
            )}
          </p>
          <p className="text-xs break-words text-muted max-sm:line-clamp-1">
            <AddressText text={tellingFact(record, [record, other])} />
            <span className="max-sm:hidden"> · {t('counts', { identities: record.identities.length, messages })}</span>
          </p>
          <BlockedHere blocked={seenOr(record.blocked, null)} />
        </div>
      </div>
    </div>
  );
}
