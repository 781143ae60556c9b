'use client';

import { useTranslations } from 'use-intl/react';
import { problemWords } from '#lib/i18n/any-key.ts';
import type { ActionFailure } from '#lib/actions/action-result.ts';
import { Button } from '#components/ui/button.tsx';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { Notice } from './notice.tsx';

/** What the sentences of `problems` may ask for and an answer may lack. */
export const PROBLEM_VALUES = { scope: '', seconds: 0, status: 0, lock: '', step: '', until: 0 };

type Props = { failure: Pick<ActionFailure, 'code' | 'values'>; className?: string };

/** The title and help of a problem, beside what caused it; after an upgrade with the way to the new version. */
export function ProblemNotice({ failure, className }: Props) {
  const { title, help } = useProblemTexts()(failure);
  const actions = failure.code === 'new_version' ? <Reload /> : <RequestOf failure={failure} />;
  return (
    <Notice tone="danger" role="alert" title={title} className={className} actions={actions}>
      {help}
    </Notice>
  );
}

/** The request for the permission that a failure names; nothing where it names none. */
export function RequestOf({ failure: { code, values } }: Pick<Props, 'failure'>) {
  const scope = code === 'forbidden' ? values?.scope : undefined;
  return scope ? <CopyRequest scope={String(scope)} /> : null;
}

/** The same as texts, for a toast. */
export function useProblemTexts(): (failure: Props['failure']) => { title: string; help: string } {
  const t = useTranslations('problems');
  return ({ code, values }) => problemWords(t, code, { ...PROBLEM_VALUES, ...values });
}

/** Loads the page anew; the drafts bring back what was typed. */
export function Reload() {
  const t = useTranslations('problems');
  return (
    <Button size="sm" onClick={() => location.reload()}>
      {t('new_version.reload')}
    </Button>
  );
}
