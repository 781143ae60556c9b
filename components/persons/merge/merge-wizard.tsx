'use client';

import { useEffect, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { followAddress } from '#components/shell/calls/page-reading.ts';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { restNow } from '#components/operations/plan/use-preview.ts';
import { useActor } from '#components/shell/drafts/draft.tsx';
import { NextDuplicate } from '#components/persons/duplicates/next-duplicate.tsx';
import { keepAfterMerge } from '#components/persons/duplicates/queue-walk.ts';
import { mergeAddress, type MergeChoices } from '#lib/persons/merge/merge-address.ts';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';
import type { FieldRow } from '#lib/persons/merge/merge-fields.ts';
import { mergeTableOf } from '#lib/persons/merge/merge-table.ts';
import { shortName } from '#lib/text/short-name.ts';
import { Comparison } from './comparison.tsx';
import { IdentitiesAfter } from './identities-after.tsx';
import { ReasonField } from './reason-field.tsx';

type Props = {
  survivor: ComparedRecord;
  duplicate: ComparedRecord;
  /** The fields before anything is chosen here; the plan's own follow. */
  fields: FieldRow[];
  /** What the address chose already. */
  start: MergeChoices;
  advice: ReactNode;
};

/** Merges one person into another: the comparison, the review beside it, and the receipt. */
export function MergeWizard({ survivor, duplicate, fields, start, advice }: Props) {
  const t = useTranslations('merge');
  const change = useChange<MergeChoices>({
    name: 'persons.merge',
    start,
    draft: `merge into ${survivor.id} from ${duplicate.id}`,
    input: (values) => ({ duplicate: duplicate.id, survivor: survivor.id, ...chosen(values) }),
  });
  const { form, operation, deciding } = change;
  const { state } = operation;
  const table = 'plan' in state && state.plan ? mergeTableOf(state.plan) : null;
  const address = mergeAddress(survivor.id, duplicate.id, chosen(form.values));
  const actor = useActor();
  useEffect(() => keepAfterMerge(actor, survivor.id, duplicate.id), [actor, survivor.id, duplicate.id]);
  useEffect(() => {
    if (!deciding) return undefined;
    const timer = setTimeout(() => followAddress(address), restNow());
    return () => clearTimeout(timer);
  }, [address, deciding]);

  return (
    <ChangeForm
      addressed
      change={change}
      afterwards={<NextDuplicate survivor={survivor.id} duplicate={duplicate.id} />}
      runLabel={t('merge-into', { name: shortName(survivor.name ?? t('no-name')) })}
      about={
        <Comparison
          survivor={survivor}
          duplicate={duplicate}
          table={table ?? { fields, routes: [] }}
          decisions={form.values}
          choose={
            deciding
              ? (next) => {
                  form.setValue('fields', next.fields);
                  form.setValue('routes', next.routes);
                }
              : null
          }
          advice={advice}
        />
      }
    >
      <ReasonField />
      <IdentitiesAfter survivor={survivor} duplicate={duplicate} />
    </ChangeForm>
  );
}

function chosen({ fields, routes, reason }: MergeChoices): MergeChoices {
  return { fields, routes, reason: reason.trim() };
}
