'use client';

import { ArrowRight } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { ChoiceCards } from '#components/form/fields/choice-cards.tsx';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { PersonChip } from '#components/persons/directory/person-chip.tsx';
import type { Json } from '#lib/operations/plan/define.ts';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';
import { calledAmong, tellingFact } from '#lib/persons/record/called.ts';
import { shortName } from '#lib/text/short-name.ts';

const asCode = (text: ReactNode) => <code>{text}</code>;

type Props = { from: ComparedRecord; to: ComparedRecord; identityId: string };

/** Only this identity is linked to the other person, or both people are merged: Omni's own link always merges (contract §3.2). */
export function LinkWizard({ from, to, identityId }: Props) {
  const t = useTranslations('link');
  const tMerge = useTranslations('merge');
  const identity = from.identities.find(({ id }) => id === identityId);
  const both = [from, to];
  const [briefFrom, briefTo] = [brief(from), brief(to)];
  const names = {
    from: calledAmong(briefFrom, [briefFrom, briefTo], t('no-name')),
    to: calledAmong(briefTo, [briefFrom, briefTo], t('no-name')),
  };
  const name = shortName(to.name ?? t('no-name'));
  const change = useChange({
    name: ({ what }) => (what === 'one' ? 'persons.link' : 'persons.merge'),
    start: { what: 'one' as 'one' | 'all' },
    input: ({ what }): { [key: string]: Json } =>
      what === 'one'
        ? { identityId, fromPersonId: from.id, toPersonId: to.id }
        : { duplicate: from.id, survivor: to.id, fields: {}, routes: {}, reason: '' },
  });
  const merging = change.form.values.what === 'all';
  return (
    <ChangeForm
      addressed
      change={change}
      runLabel={merging ? tMerge('merge-into', { name }) : t('link-to', { name })}
      about={
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <PersonChip name={from.name} noName={t('no-name')} fact={tellingFact(from, both)} />
          <ArrowRight aria-hidden className="size-4 shrink-0 text-muted" />
          <PersonChip name={to.name} noName={t('no-name')} fact={tellingFact(to, both)} />
        </div>
      }
      below={
        merging && change.deciding ? (
          <Link href={`/persons/merge?into=${to.id}&from=${from.id}`} className="mt-3 inline-block text-accent-text">
            {t('choose-values')}
          </Link>
        ) : null
      }
    >
      <ChoiceCards
        name="what"
        label={t('title')}
        options={[
          {
            value: 'one',
            title: t('only-this'),
            help: t('only-this-help', {
              ...names,
              identity: identity?.called ?? '',
              count: from.identities.length - 1,
            }),
          },
          {
            value: 'all',
            title: t('everything'),
            help: t.rich('everything-help', { ...names, code: asCode }),
          },
        ]}
      />
    </ChangeForm>
  );
}

/** A person with a name that is short enough for a sentence; the whole one stands above. */
function brief(person: ComparedRecord): ComparedRecord {
  return { ...person, name: person.name && shortName(person.name) };
}
