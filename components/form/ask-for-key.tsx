'use client';

import { useRef, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Field } from './field.tsx';
import { KeyInput } from './key-input.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';

type Failure = Extract<ActionResult<unknown>, { ok: false }>;

type Props = {
  /** "Ana @ Production". */
  whose: string;
  label: string;
  busyLabel: string;
  /** Sends the key; answers null when that went well. */
  send: (key: string) => Promise<Failure | null>;
  /** More ways out, beside the button. */
  actions?: ReactNode;
};

const UNREACHABLE: Failure = { ok: false, code: 'console_unreachable' };

/** Asks for the session's key inside a dialog. What was typed leaves in one POST and is forgotten. */
export function KeyForm({ whose, label, busyLabel, send, actions }: Props) {
  const t = useTranslations('proof');
  const tProblem = useTranslations('problems');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [empty, setEmpty] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const code = failure && tProblem.has(`${failure.code}.title` as never) ? failure.code : 'unexpected';

  async function submit() {
    const key = input.current?.value ?? '';
    setEmpty(!key.trim());
    if (!key.trim()) return input.current?.focus();
    setBusy(true);
    const problem = await send(key).catch(() => UNREACHABLE);
    setFailure(problem);
    setBusy(false);
    input.current?.select();
  }

  return (
    <form
      method="post"
      noValidate
      className="mt-4 space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        // A dialog opened from a form stands inside it for React: its submit is not the form's.
        event.stopPropagation();
        if (!busy) void submit();
      }}
    >
      {failure ? (
        <Notice tone="danger" role="alert" title={tProblem(`${code}.title` as never, failure.values as never)}>
          {tProblem(`${code}.help` as never, failure.values as never)}
        </Notice>
      ) : null}
      <Field id="proof-key" label={t('key')} hint={`${t('who')} ${whose}`} error={empty ? t('empty') : undefined}>
        <KeyInput
          ref={input}
          data-focus
          id="proof-key"
          whose={whose}
          showLabel={t('show')}
          hideLabel={t('hide')}
          aria-invalid={empty}
          onChange={() => setEmpty(false)}
          aria-describedby={empty ? 'proof-key-error proof-key-hint' : 'proof-key-hint'}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? busyLabel : label}
        </Button>
        {actions}
      </div>
    </form>
  );
}
