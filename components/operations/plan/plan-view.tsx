'use client';

import { ArrowRight, Ban, CircleCheck, CircleHelp, ListChecks, TriangleAlert, Undo2, X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { Plan, Text } from '#lib/operations/plan/define.ts';
import type { Difference } from '#lib/operations/plan/differences.ts';
import { CopyCommand } from './copy-command.tsx';
import { useTexts } from '#components/operations/receipt/text-of.ts';

type PlanProps = { plan: Plan; action: string; stale?: Difference[] | null };

/** What will happen, before it happens: first what differs, then what is not kept, what changes, what can't be checked, and every step. */
export function PlanView({ plan, action, stale = null }: PlanProps) {
  const t = useTranslations('operations');
  const { say } = useTexts();
  const tUi = useTranslations('ui');
  if (plan.refusal) {
    const scope = plan.refusal.values?.scope;
    return (
      <Notice
        tone="danger"
        role="alert"
        title={
          <span tabIndex={-1} data-outcome>
            {t('refused', { action: startingSmall(action) })}
          </span>
        }
      >
        {say(plan.refusal)}
        {scope ? (
          <p className="mt-2">
            <CopyRequest scope={String(scope)} />
          </p>
        ) : null}
      </Notice>
    );
  }
  return (
    <div className="space-y-4">
      {stale ? (
        <Notice tone="warn" role="alert" title={t('stale')}>
          {t('stale-help')}
          <ul className="mt-2 list-inside list-disc">
            {stale.map(({ is, text }) => (
              <li key={`${is} ${JSON.stringify(text)}`}>
                {t(`stale-${is}`)} {is === 'gone' ? <del>{say(text)}</del> : <ins>{say(text)}</ins>}
              </li>
            ))}
            {stale.length === 0 ? <li>{t('stale-ids')}</li> : null}
          </ul>
        </Notice>
      ) : null}
      {keepsAll(plan) ? (
        <p className="flex gap-2">
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
          {t('all-kept')}
        </p>
      ) : null}
      <Part icon={X} ink="text-removed" title={t('losses')} items={plan.losses} />
      <Part icon={ArrowRight} ink="text-kept" title={t('moves')} items={plan.moves} />
      <Part icon={CircleHelp} ink="text-muted" title={t('unknowns')} items={plan.unknowns} hatched />
      <Part icon={TriangleAlert} ink="text-warn" title={t('warnings')} items={plan.warnings} />
      <UndoSentence restores={plan.restores} />
      {plan.unchecked ? <Unchecked texts={plan.unchecked} /> : null}
      {'lines' in plan.command ? (
        <CopyCommand command={plan.command} title={tUi('more')}>
          {plan.steps.length > 1 ? (
            <div className="border-t px-3 py-2 text-sm">
              <h3 className="flex items-center gap-2">
                <ListChecks aria-hidden className="size-4 text-muted" />
                {t('steps', { count: plan.steps.length })}
              </h3>
              <ol className="mt-2 list-inside list-decimal space-y-1 marker:text-muted">
                {plan.steps.map((step) => (
                  <li key={step.id}>{say(step.title)}</li>
                ))}
              </ol>
            </div>
          ) : null}
        </CopyCommand>
      ) : null}
    </div>
  );
}

/** Whether nothing in the plan says that anything is lost or unknown; where it tells no effects, not even to be noted. */
function keepsAll({ changes, losses, unknowns, unchecked = [], warnings }: Plan): boolean {
  return losses.length + unknowns.length + unchecked.length + (changes ? 0 : warnings.length) === 0;
}

/** What this key can never check, in one line. */
function Unchecked({ texts }: { texts: readonly Text[] }) {
  const t = useTranslations('operations');
  const format = useFormatter();
  const { say } = useTexts();
  return <p className="text-sm text-muted">{t('unchecked', { what: format.list(texts.map(say)) })}</p>;
}

/** What undo restores, where the plan tells its effects. */
function UndoSentence({ restores }: Pick<Plan, 'restores'>) {
  const t = useTranslations('operations');
  const format = useFormatter();
  const { say } = useTexts();
  if (!restores) return null;
  const Icon = restores === 'nothing' ? Ban : Undo2;
  const but = typeof restores === 'object' ? format.list(restores.allBut.map(say)) : '';
  return (
    <p className="flex gap-2 text-muted">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      {t(`restores.${typeof restores === 'object' ? 'but' : restores}`, { but })}
    </p>
  );
}

/** A button's words inside a sentence. */
function startingSmall(action: string): string {
  return action.charAt(0).toLowerCase() + action.slice(1);
}

type PartProps = { icon: LucideIcon; ink: string; title: string; items: Text[]; hatched?: boolean };

function Part({ icon: Icon, ink, title, items, hatched = false }: PartProps) {
  const { say } = useTexts();
  if (items.length === 0) return null;
  return (
    <section>
      <h3 className={ink}>{title}</h3>
      <ul className={`mt-1 space-y-1 ${hatched ? 'unknown rounded p-2' : ''}`}>
        {items.map((item, index) => (
          <li key={index} className={item.head ? 'pt-1 font-medium' : 'flex gap-2'}>
            {item.head ? null : <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />}
            <span>{say(item)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
