'use client';

import { useRef, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Field } from './field.tsx';
import { KeyInput } from './key-input.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionFailure } from '#lib/actions/action-result.ts';

type Props = {
  /** "Ana @ Production". */
  whose: string;
  label: string;
  busyLabel: string;
  /** Sends the key; answers null on success. */
  send: (key: string) => Promise<ActionFailure | null>;
  /** Further buttons. */
  actions?: ReactNode;
};

const UNREACHABLE: ActionFailure = { ok: false, code: 'console_unreachable' };

/** Asks for the session's key inside a dialog. The key is sent in one POST and not kept. */
export function KeyForm({ whose, label, busyLabel, send, actions }: Props) {
  const t = useTranslations('proof');
  const tProblem = useTranslations('problems');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
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
        // For React a dialog opened from a form stands inside it, so its submit event must not reach that form.
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
