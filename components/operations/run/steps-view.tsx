'use client';

import { Circle, CircleAlert, CircleCheck, CircleHelp, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import type { StepState } from '#lib/operations/journal/entry.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { isUnconfirmed } from '#components/operations/receipt/ending.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';

const LOOKS = {
  planned: { icon: Circle, ink: 'text-muted' },
  intended: { icon: LoaderCircle, ink: 'text-accent-text animate-spin' },
  done: { icon: CircleCheck, ink: 'text-good' },
  failed: { icon: CircleAlert, ink: 'text-danger' },
  unknown: { icon: CircleHelp, ink: 'text-warn' },
} as const satisfies Record<StepState, unknown>;

/** From so many steps on the list scrolls by itself, and steps that need attention come first. */
const MANY = 12;
const FIRST: Record<StepState, number> = { failed: 0, unknown: 1, intended: 2, done: 3, planned: 4 };

/** Every step with its state in words. */
export function StepsView({ entry }: { entry: Pick<EntryView, 'steps'> }) {
  const t = useTranslations('operations');
  const { say, title, help } = useTexts();
  const many = entry.steps.length > MANY;
  const steps = many ? entry.steps.toSorted((a, b) => FIRST[a.state] - FIRST[b.state]) : entry.steps;
  return (
    <ol
      aria-label={t('steps', { count: steps.length })}
      tabIndex={many ? 0 : undefined}
      className={`divide-y rounded border ${many ? 'long-list max-h-96 overflow-y-auto' : ''}`}
    >
      {steps.map((step) => {
        const state = isUnconfirmed(step) && step.state === 'failed' ? 'unknown' : step.state;
        const { icon: Icon, ink } = LOOKS[state];
        return (
          <li key={step.id} className="flex gap-3 px-3 py-2">
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
            <div className="min-w-0 grow">
              {say(step.title)}
              {step.who ? <span className="ml-2 text-sm text-muted">{t('step-by', { who: step.who })}</span> : null}
              {step.problem ? (
                <p className="text-sm text-danger">
                  {title(step.problem)}. {help(step.problem)}
                </p>
              ) : null}
            </div>
            <span className="text-sm whitespace-nowrap text-muted">{t(`step-states.${state}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
