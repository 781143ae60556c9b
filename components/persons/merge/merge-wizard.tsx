'use client';

import { ArrowLeftRight, Link2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { sameKind, useDraftOf } from '#components/shell/draft.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { mergeLink, type MergeChoices } from '#lib/persons/merge/merge-link.ts';
import type { CompareSide } from '#lib/persons/record/compared-record.ts';
import { FieldCompare, type Choices } from './field-compare.tsx';
import { IdentityMap } from './identity-map.tsx';

const REST_MS = 400;

type Props = {
  stays: CompareSide;
  goes: CompareSide;
  /** What the address chose already. */
  start: MergeChoices;
  advice: ReactNode;
};

/** Two people into one: who stays, whose values, what happens, and then what happened. */
export function MergeWizard({ stays, goes, start, advice }: Props) {
  const t = useTranslations('merge');
  const [choices, setChoices] = useState<Choices>(start.fields);
  const [routes, setRoutes] = useState(start.routes);
  const [reason, setReason] = useState(start.reason);
  const operation = useOperation();
  const { state } = operation;
  const deciding = !operation.began;
  const values = { choices, routes, reason };
  useDraftOf<typeof values>(
    `merge ${goes.id} ${stays.id}`,
    {
      values,
      changed: deciding && (reason !== '' || Object.keys({ ...choices, ...routes }).length > 0),
      restore: (kept) => {
        if (kept.choices) setChoices(kept.choices);
        if (kept.routes) setRoutes(kept.routes);
        if (kept.reason) setReason(kept.reason);
      },
    },
    sameKind(values),
  );

  const chosen = { fields: choices, routes, reason: reason.trim() };
  const rest = reason ? REST_MS : 0;
  const link = mergeLink(stays.id, goes.id, chosen);
  usePreview(operation, 'persons.merge', { goes: goes.id, stays: stays.id, ...chosen }, rest);
  useEffect(() => {
    if (!deciding) return undefined;
    const timer = setTimeout(() => history.replaceState(null, '', link), rest);
    return () => clearTimeout(timer);
  }, [link, rest, deciding]);

  return (
    <div className="space-y-4">
      <Roles stays={stays} goes={goes} swappable={deciding} />
      {deciding ? advice : null}
      <IdentityMap stays={stays} goes={goes} />
      {deciding ? (
        <>
          <FieldCompare stays={stays} goes={goes} choices={choices} choose={setChoices} />
          <div className="max-w-xl">
            <Field id="reason" label={t('reason')} aside={t('optional')} hint={t('reason-hint')}>
              <input
                id="reason"
                value={reason}
                maxLength={300}
                onChange={(event) => setReason(event.target.value)}
                aria-describedby="reason-hint"
                className={inputClass}
              />
            </Field>
          </div>
        </>
      ) : null}
      <section aria-labelledby="outcome-title" className="rounded border bg-surface p-4">
        <h2 id="outcome-title" className="mb-3">
          {t(deciding ? 'what-happens' : 'what-happened')}
        </h2>
        {deciding && 'plan' in state && state.plan ? (
          <RouteChoices plan={state.plan.effects} routes={routes} choose={setRoutes} />
        ) : null}
        <OperationPanel
          operation={operation}
          runLabel={t('join')}
          afterwards={
            <Link prefetch={false} href={`/persons/${stays.id}`} className={buttonClass({})}>
              {t('see-person')}
            </Link>
          }
        />
        {state.at === 'preview' && state.plan.refusal ? <CopyLink /> : null}
      </section>
    </div>
  );
}

/** The address as it stands carries the choices: an administrator opens the same page. */
function CopyLink() {
  const t = useTranslations('merge');
  const [copied, setCopied] = useState(false);
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3">
      <Button onClick={() => void navigator.clipboard.writeText(location.href).then(() => setCopied(true))}>
        <Link2 aria-hidden className="size-4" />
        {t('copy-link')}
      </Button>
      <span role="status" className="text-sm text-muted">
        {copied ? t('link-copied') : ''}
      </span>
    </div>
  );
}

function Roles({ stays, goes, swappable }: { stays: CompareSide; goes: CompareSide; swappable: boolean }) {
  const t = useTranslations('merge');
  return (
    <div
      data-sticks="top"
      className="top-13 z-10 grid grid-cols-[1fr_auto_1fr] items-center gap-2 rounded border bg-surface p-2 sm:p-3 md:top-2 tall:sticky"
    >
      <Role side={stays} label={t('stays')} ink="text-kept" box="bg-kept-soft" />
      {swappable ? (
        <Link
          replace
          prefetch={false}
          scroll={false}
          href={`/persons/merge?stays=${goes.id}&goes=${stays.id}`}
          className={buttonClass({ size: 'sm' })}
        >
          <ArrowLeftRight aria-hidden className="size-4" />
          <span className="max-sm:sr-only">{t('swap')}</span>
        </Link>
      ) : (
        <span />
      )}
      <Role side={goes} label={t('goes')} ink="text-removed" box="bg-removed-soft" />
    </div>
  );
}

function Role({ side, label, ink, box }: { side: CompareSide; label: string; ink: string; box: string }) {
  const t = useTranslations('merge');
  return (
    <div className={`min-w-0 rounded px-3 py-2 ${box}`}>
      <span className={`text-xs font-semibold ${ink}`}>{label}</span>
      <p className="line-clamp-3 font-medium">{side.name ?? t('no-name')}</p>
    </div>
  );
}

type RouteEffect = { id: string; fate: string; other: string | null; content: { label?: string } };

/** Where both have a route on one instance, somebody must say which stays. */
function RouteChoices({
  plan,
  routes,
  choose,
}: {
  plan: unknown;
  routes: Record<string, 'keep' | 'replace'>;
  choose: (routes: Record<string, 'keep' | 'replace'>) => void;
}) {
  const t = useTranslations('merge');
  const all = (plan as { routes?: RouteEffect[] } | null)?.routes ?? [];
  const open = all.filter(({ fate, other }) => other !== null && (fate === 'kept' || fate === 'replace'));
  if (open.length === 0) return null;
  return (
    <div className="mb-4 space-y-2">
      {open.map(({ id, fate, content }) => (
        <fieldset key={id} className="rounded border p-3">
          <legend className="px-1 text-sm font-medium">
            {t('route-conflict', { label: content.label ?? t('route-unnamed') })}
          </legend>
          {(['keep', 'replace'] as const).map((choice) => (
            <label key={choice} className="flex min-h-8 items-center gap-2">
              <input
                type="radio"
                name={`route-${id}`}
                checked={(fate === 'replace') === (choice === 'replace')}
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
