'use client';

import { Circle, CircleAlert, CircleCheck, CircleHelp, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import type { StepState } from '#lib/operations/entry.ts';
import type { EntryView } from '#lib/operations/view.ts';
import { useTexts } from './text-of.ts';

const LOOKS = {
  planned: { icon: Circle, ink: 'text-muted' },
  intended: { icon: LoaderCircle, ink: 'text-accent-text animate-spin' },
  done: { icon: CircleCheck, ink: 'text-good' },
  failed: { icon: CircleAlert, ink: 'text-danger' },
  unknown: { icon: CircleHelp, ink: 'text-warn' },
} as const satisfies Record<StepState, unknown>;

/** Every step with its state in words. */
export function StepsView({ entry }: { entry: Pick<EntryView, 'steps'> }) {
  const t = useTranslations('operations');
  const { say, title, help } = useTexts();
  return (
    <ol className="divide-y rounded border">
      {entry.steps.map((step) => {
        const { icon: Icon, ink } = LOOKS[step.state];
        return (
          <li key={step.id} className="flex gap-3 px-3 py-2">
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
            <div className="min-w-0 grow">
              {say(step.title)}
              {step.problem ? (
                <p className="text-sm text-danger">
                  {title(step.problem)}. {help(step.problem)}
                </p>
              ) : null}
            </div>
            <span className="text-sm whitespace-nowrap text-muted">{t(`step-states.${step.state}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
