'use client';

import { useId, type ReactNode } from 'react';
import { FormProvider } from 'react-hook-form';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import type { Change } from './use-change.ts';
import { useHeadline } from './use-headline.ts';

type Props<T extends object> = {
  change: Change<T>;
  /** Verb and object: what the button says. */
  runLabel: string;
  /** What is decided; shown until the change begins. Enter in a field of it runs nothing. */
  children?: ReactNode;
  /** What the change is about: stays beside the receipt. */
  about?: ReactNode;
  /** What the review asks or offers besides. */
  above?: ReactNode;
  below?: ReactNode;
  /** What to offer beside the receipt. */
  afterwards?: ReactNode;
  /** The page is there for this change only: loaded again, it is the entry's page. */
  addressed?: boolean;
  /** It is a part of a page among others: the review stands below the inputs, without a bar. */
  inside?: boolean;
};

const COLUMNS = 'grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]';
const PANEL =
  'min-w-0 rounded border bg-surface p-4 lg:top-4 lg:max-h-[calc(100dvh-32px)] lg:overflow-y-auto tall:lg:sticky';

/**
 * A decision and its effect, seen together: the inputs at the left, the review at the right, in sight while one scrolls; on a phone
 * below them, with a bar that carries the button. Afterwards the review is the receipt.
 */
export function ChangeForm<T extends object>(props: Props<T>) {
  const { change, runLabel, children, about, above, below, afterwards, addressed, inside = false } = props;
  const t = useTranslations('operations');
  const title = useId();
  const why = useId();
  const headline = useHeadline();
  const { form, operation, deciding } = change;
  const { state } = operation;
  const plan = 'plan' in state && state.plan ? state.plan : null;
  const beside = Boolean(about) || (deciding && Boolean(children));
  const columns = beside ? COLUMNS : 'max-w-3xl';
  const Title = inside ? 'h3' : 'h2';
  return (
    <FormProvider {...form}>
      <div className={inside ? 'space-y-4' : `tall:max-lg:pb-24 ${columns}`}>
        {beside ? (
          <div className="min-w-0 space-y-4">
            {about}
            {deciding ? children : null}
          </div>
        ) : null}
        <section aria-labelledby={title} className={inside ? 'border-t pt-3' : PANEL}>
          <Title id={title}>{t(deciding ? 'review' : 'result')}</Title>
          {deciding && plan && !plan.refusal ? <p className="mt-1 font-medium">{headline(plan)}</p> : null}
          <div className="mt-3">
            <div id={why}>{above}</div>
            <OperationPanel
              bar={!inside}
              addressed={addressed}
              operation={operation}
              runLabel={runLabel}
              afterwards={afterwards}
            />
            {state.at === 'idle' && deciding && !inside ? (
              <Button variant="primary" disabled aria-describedby={why} className="mt-4 w-full max-lg:hidden">
                {runLabel}
              </Button>
            ) : null}
            {below}
          </div>
        </section>
      </div>
    </FormProvider>
  );
}
