'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { sameKind, useDraftOf } from '#components/shell/draft.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { changesOf, problemsOf, wishOf, type Draft } from '#lib/keys/form/form-values.ts';
import { KeyFormFields, type FormWorld } from './key-form-fields.tsx';
import { KeySentence } from './key-sentence.tsx';
import { secretOf, useShowOnce } from './shown-once.tsx';
import { useLeaveGuard } from './use-leave-guard.ts';

/** `editing`: the key that is changed; without it one is made. `start` is what the form begins with. */
type Props = FormWorld & { editing?: { id: string; name: string }; start: Draft };

/** A key, wished for or changed: what it will be stands beside the form all the time, and is checked before it is done. */
export function KeyForm({ editing, start, ...world }: Props) {
  const t = useTranslations('keyForm');
  const router = useRouter();
  const showOnce = useShowOnce();
  const [draft, setDraft] = useState(start);
  const [triedAt, setTriedAt] = useState<number | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const operation = useOperation(
    () => router.refresh(),
    (told) => {
      const secret = secretOf(told);
      if (!secret) return;
      setMade(secret.keyId);
      showOnce({ ...secret, onStored: () => router.push(`/keys/${secret.keyId}`) });
    },
  );
  const { state } = operation;
  const names = useMemo(() => new Map(world.instances?.map(({ id, name }) => [id, name])), [world.instances]);
  const problems = triedAt === null ? {} : problemsOf(draft, editing ? start : null, triedAt);
  const dirty = JSON.stringify(draft) !== JSON.stringify(start);
  useLeaveGuard(dirty && !operation.began, t('leave'));
  useDraftOf<Draft>(
    `key ${editing?.id ?? 'new'}`,
    { values: draft, changed: dirty && !operation.began, restore: (kept) => setDraft((now) => ({ ...now, ...kept })) },
    sameKind(start),
  );
  const deciding = state.at === 'idle';

  function review() {
    const now = Date.now();
    setTriedAt(now);
    const [first] = Object.keys(problemsOf(draft, editing ? start : null, now));
    if (first) return form.current?.querySelector<HTMLElement>(`#section-${first}`)?.focus();
    if (editing) return void operation.preview('keys.edit', { id: editing.id, changes: changesOf(start, draft) });
    return void operation.preview('keys.create', wishOf(draft));
  }

  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
      {deciding ? (
        <form
          ref={form}
          method="post"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            review();
          }}
          className="min-w-0 space-y-4"
        >
          <KeyFormFields
            {...world}
            editing={editing !== undefined}
            start={start}
            draft={draft}
            problems={problems}
            change={(part) => setDraft((now) => ({ ...now, ...part }))}
          />
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" variant="primary" disabled={editing !== undefined && !dirty}>
              {t('review')}
            </Button>
            {editing && !dirty ? <span className="text-sm text-muted">{t('unchanged')}</span> : null}
          </div>
          {Object.keys(problems).length > 0 ? (
            <Notice tone="danger" role="alert">
              {t('not-yet', { count: Object.keys(problems).length })}
            </Notice>
          ) : null}
        </form>
      ) : (
        <section aria-labelledby="review-title" className="min-w-0 rounded border bg-surface p-4">
          <h2 id="review-title" className="mb-3">
            {t(operation.began ? 'what-happened' : 'what-happens')}
          </h2>
          <OperationPanel
            operation={operation}
            runLabel={t(editing ? 'save' : 'make')}
            afterwards={<Afterwards id={editing?.id ?? made} />}
          />
          {!operation.began && (state.at === 'preview' || state.at === 'problem') ? (
            <Button variant="ghost" className="mt-3" onClick={operation.reset}>
              {t('back-to-form')}
            </Button>
          ) : null}
          {state.at === 'ended' && !editing && made === null ? (
            <Notice tone="warn" role="alert" className="mt-3" title={t('not-received')}>
              {t('not-received-help')}
            </Notice>
          ) : null}
        </section>
      )}
      <aside className="rounded border border-accent/40 bg-accent-soft p-4 max-xl:order-first xl:top-4 tall:xl:sticky">
        <h2 className="mb-2">{t(editing ? 'will-be' : 'in-a-sentence')}</h2>
        <KeySentence draft={draft} names={names} />
        {draft.profile === null ? null : <p className="mt-2 text-sm text-muted">{t('profile-decides')}</p>}
      </aside>
    </div>
  );
}

function Afterwards({ id }: { id: string | null }) {
  const t = useTranslations('keyForm');
  return id === null ? null : (
    <Link href={`/keys/${id}`} prefetch={false} className={buttonClass({})}>
      {t('see-key')}
    </Link>
  );
}
