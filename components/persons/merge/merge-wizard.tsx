'use client';

import { ArrowLeftRight, Link2 } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { useShowValue } from '#components/operations/receipt/text-of.ts';
import { restNow } from '#components/operations/plan/use-preview.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { mergeAddress, type MergeChoices } from '#lib/persons/merge/merge-address.ts';
import { BlockedHere } from '#components/ui/verdict/blocked-here.tsx';
import { PersonName } from '#components/persons/directory/person-chip.tsx';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';
import type { FieldRow } from '#lib/persons/merge/merge-fields.ts';
import { mergeTableOf, type MergeTable } from '#lib/persons/merge/merge-table.ts';
import { seenOr } from '#lib/omni/seen.ts';
import { tellingFact } from '#lib/persons/record/called.ts';
import { shortName } from '#lib/persons/record/short-name.ts';
import { FieldCompare, type FieldDecisions } from './field-compare.tsx';
import { IdentityMap } from './identity-map.tsx';
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

type Values = { choices: FieldDecisions; routes: MergeChoices['routes']; reason: string };

/** Merges one person into another: the roles, whose values are kept, the review, and the receipt. */
export function MergeWizard({ survivor, duplicate, fields, start, advice }: Props) {
  const t = useTranslations('merge');
  const change = useChange<Values>({
    name: 'persons.merge',
    start: { choices: start.fields, routes: start.routes, reason: start.reason },
    draft: `merge into ${survivor.id} from ${duplicate.id}`,
    input: (values) => ({ duplicate: duplicate.id, survivor: survivor.id, ...chosen(values) }),
  });
  const { form, operation, deciding } = change;
  const { choices, routes } = form.values;
  const { state } = operation;
  const table = 'plan' in state && state.plan ? mergeTableOf(state.plan) : null;
  const address = mergeAddress(survivor.id, duplicate.id, chosen(form.values));
  useEffect(() => {
    if (!deciding) return undefined;
    const timer = setTimeout(() => history.replaceState(null, '', address), restNow());
    return () => clearTimeout(timer);
  }, [address, deciding]);

  return (
    <ChangeForm
      addressed
      change={change}
      runLabel={t('merge-into', { name: shortName(survivor.name ?? t('no-name')) })}
      about={
        <>
          <Roles survivor={survivor} duplicate={duplicate} swappable={deciding} />
          {deciding ? advice : null}
        </>
      }
      above={
        deciding && table ? (
          <ChooseRoutes open={table.routes} routes={routes} choose={(next) => form.setValue('routes', next)} />
        ) : null
      }
      below={state.at === 'preview' && state.plan.refusal ? <CopyUrl /> : null}
      afterwards={
        <Link href={`/persons/${survivor.id}`} className={buttonClass({})}>
          {t('see-person')}
        </Link>
      }
    >
      <FieldCompare
        rows={table?.fields ?? fields}
        choices={choices}
        choose={(next) => form.setValue('choices', next)}
      />
      <ReasonField hint={t('reason-hint')} />
      <IdentityMap survivor={survivor} duplicate={duplicate} />
    </ChangeForm>
  );
}

function chosen({ choices, routes, reason }: Values): MergeChoices {
  return { fields: choices, routes, reason: reason.trim() };
}

/** Copies the address, which carries the choices, so that an admin can open the same page. */
function CopyUrl() {
  const t = useTranslations('merge');
  const [copied, setCopied] = useState(false);
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3">
      <Button onClick={() => void navigator.clipboard.writeText(location.href).then(() => setCopied(true))}>
        <Link2 aria-hidden className="size-4" />
        {t('copy-url')}
      </Button>
      <span role="status" className="text-sm text-muted">
        {copied ? t('url-copied') : ''}
      </span>
    </div>
  );
}

function Roles({
  survivor,
  duplicate,
  swappable,
}: {
  survivor: ComparedRecord;
  duplicate: ComparedRecord;
  swappable: boolean;
}) {
  const t = useTranslations('merge');
  return (
    <div
      data-sticks="top"
      className="top-13 z-10 grid grid-cols-[1fr_auto_1fr] items-center gap-2 rounded border bg-surface p-2 sm:p-3 md:top-2 tall:sticky"
    >
      <Role record={survivor} other={duplicate} label={t('survivor')} ink="text-kept" box="bg-kept-soft" />
      {swappable ? (
        <Link
          replace
          scroll={false}
          href={`/persons/merge?into=${duplicate.id}&from=${survivor.id}`}
          className={buttonClass({ size: 'sm' })}
        >
          <ArrowLeftRight aria-hidden className="size-4" />
          <span className="max-sm:sr-only">{t('swap')}</span>
        </Link>
      ) : (
        <span />
      )}
      <Role record={duplicate} other={survivor} label={t('duplicate')} ink="text-removed" box="bg-removed-soft" />
    </div>
  );
}

type RoleProps = { record: ComparedRecord; other: ComparedRecord; label: string; ink: string; box: string };

function Role({ record, other, label, ink, box }: RoleProps) {
  const t = useTranslations('merge');
  return (
    <div className={`min-w-0 rounded px-3 py-2 ${box}`}>
      <span className={`text-xs font-semibold ${ink}`}>{label}</span>
      <PersonName name={record.name} noName={t('no-name')} />
      <p className="text-sm break-words text-muted">
        <bdi>{tellingFact(record, [record, other])}</bdi>
      </p>
      <BlockedHere blocked={seenOr(record.blocked, null)} />
    </div>
  );
}

type ChooseRoutesProps = {
  open: MergeTable['routes'];
  routes: Record<string, 'keep' | 'replace'>;
  choose: (routes: Record<string, 'keep' | 'replace'>) => void;
};

/** Where both have a route on one instance: whose settings are kept. */
function ChooseRoutes({ open, routes, choose }: ChooseRoutesProps) {
  const t = useTranslations('merge');
  const show = useShowValue();
  if (open.length === 0) return null;
  return (
    <div className="mb-4 space-y-2">
      {open.map(({ id, chosen: now, route }) => (
        <fieldset key={id} className="rounded border p-3">
          <legend className="px-1 text-sm font-medium">{t('route-conflict', { label: show(route) })}</legend>
          {(['keep', 'replace'] as const).map((choice) => (
            <label key={choice} className="flex min-h-8 items-center gap-2">
              <input
                type="radio"
                name={`route-${id}`}
                checked={(routes[id] ?? now) === choice}
                onChange={() => choose({ ...routes, [id]: choice })}
                className="accent-(--accent)"
              />
              {t(`route-${choice}`)}
            </label>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
