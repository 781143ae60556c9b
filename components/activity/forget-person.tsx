'use client';

import { UserRoundX } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useProof } from '#components/shell/proof.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';

type Forget = (input: { personId: string }) => Promise<ActionResult<{ forgotten: number; kept: number }>>;

const UNREACHABLE = { ok: false, code: 'console_unreachable' } as const;

/** Empties the entries about one person, after the first characters of the id were typed. It can't be undone. */
export function ForgetPerson({ personId, forget }: { personId: string; forget: Forget }) {
  const t = useTranslations('forget');
  const router = useRouter();
  const proven = useProof();
  const [typed, setTyped] = useState('');
  const [result, setResult] = useState<Awaited<ReturnType<Forget>>>();
  const [busy, setBusy] = useState(false);
  const wanted = personId.slice(0, 4);
  async function run() {
    setBusy(true);
    const answer = await proven(() => forget({ personId })).catch(() => UNREACHABLE);
    setBusy(false);
    if (!answer.ok && answer.code === 'proof_needed') return;
    setResult(answer);
    router.refresh();
  }
  return (
    <details className="mt-4 max-w-xl rounded border bg-surface">
      <summary className="flex min-h-11 items-center gap-2 px-4">
        <UserRoundX aria-hidden className="size-4 text-muted" />
        {t('title')}
      </summary>
      <form
        method="post"
        className="space-y-3 border-t p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim().toLowerCase() === wanted) void run();
        }}
      >
        <p className="text-muted">{t('help')}</p>
        <Field id="forget-id" label={t('type', { text: wanted })}>
          <input
            id="forget-id"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            className={`${inputClass} font-mono`}
          />
        </Field>
        <Button type="submit" variant="danger" disabled={busy || typed.trim().toLowerCase() !== wanted}>
          {t('title')}
        </Button>
        {result ? (
          <Notice tone={result.ok ? 'good' : 'danger'} role={result.ok ? 'status' : 'alert'}>
            {result.ok ? t('done', result.data) : t('failed')}
          </Notice>
        ) : null}
      </form>
    </details>
  );
}
