'use client';

import { Link } from '#components/ui/link.tsx';
import { useRouter } from 'next/navigation';
import { useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { useLeaveGuard } from '#components/shell/drafts/leave-guard.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { OmniGeneration } from '#lib/scopes/generations.ts';
import type { KeyFormFacts } from '#lib/keys/form/form-facts.ts';
import { changesOf, problemsOf, keyDraftOf, type KeyFormValues } from '#lib/keys/form/form-values.ts';
import { KeyFormFields } from './key-form-fields.tsx';
import { useServerClock } from './use-server-clock.ts';
import { seenOr } from '#lib/omni/seen.ts';
import { KeySentence } from './key-sentence.tsx';
import { useShowOnce } from '#components/keys/secret/shown-once.tsx';
import { secretOf } from '#components/keys/secret/shown-secret.ts';

/** `editing`: the key that is edited; without it one is created. `start`: the form's first values. */
type Props = KeyFormFacts & {
  profiles: boolean;
  editing?: { id: string; name: string };
  start: KeyFormValues;
  generation: OmniGeneration;
};

/** Creates or edits a key: a sentence beside the form says what it will be, and a review comes before the change. */
export function KeyForm({ editing, start, generation, ...facts }: Props) {
  const t = useTranslations('key-form');
  const tForm = useTranslations('form');
  const router = useRouter();
  const serverNow = useServerClock();
  const showOnce = useShowOnce();
  const [values, setValues] = useState(start);
  const [triedAt, setTriedAt] = useState<number | null>(null);
  const [created, setCreated] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const operation = useOperation(
    () => router.refresh(),
    (delivered) => {
      const secret = secretOf(delivered);
      if (!secret) return;
      setCreated(secret.keyId);
      showOnce({ ...secret, onStored: () => router.push(`/keys/${secret.keyId}`) });
    },
  );
  const { state } = operation;
  const names = useMemo(
    () => new Map(seenOr(facts.instances, []).map(({ id, name }) => [id, name])),
    [facts.instances],
  );
  const problems = triedAt === null ? {} : problemsOf(values, editing ? start : null, triedAt);
  const dirty = JSON.stringify(values) !== JSON.stringify(start);
  useLeaveGuard(dirty && !operation.began, tForm('leave'));
  useDraftOf<KeyFormValues>(
    `key ${editing?.id ?? 'new'}`,
    { values, changed: dirty && !operation.began, restore: (kept) => setValues((now) => ({ ...now, ...kept })) },
    sameKind(start),
  );
  const deciding = state.at === 'idle';

  function review() {
    const now = serverNow();
    setTriedAt(now);
    const [first] = Object.keys(problemsOf(values, editing ? start : null, now));
    if (first) return form.current?.querySelector<HTMLElement>(`#section-${first}`)?.focus();
    if (editing) return void operation.preview('keys.edit', { id: editing.id, changes: changesOf(start, values) });
    return void operation.preview('keys.create', keyDraftOf(values));
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
            {...facts}
            editing={editing !== undefined}
            start={start}
            values={values}
            problems={problems}
            change={(part) => setValues((now) => ({ ...now, ...part }))}
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
            {t(operation.began ? 'result-title' : 'review-title')}
          </h2>
          <OperationPanel
            addressed
            operation={operation}
            runLabel={editing ? t('save', { count: Object.keys(changesOf(start, values)).length }) : t('create')}
            afterwards={<Afterwards id={editing?.id ?? created} />}
          />
          {!operation.began && (state.at === 'preview' || state.at === 'problem') ? (
            <Button variant="ghost" className="mt-3" onClick={operation.reset}>
              {t('back-to-form')}
            </Button>
          ) : null}
          {state.at === 'ended' && !editing && created === null ? (
            <Notice tone="warn" role="alert" className="mt-3" title={t('undelivered')}>
              {t('undelivered-help')}
            </Notice>
          ) : null}
        </section>
      )}
      <aside className="rounded border border-accent/40 bg-accent-soft p-4 max-xl:order-first xl:top-4 tall:xl:sticky">
        <h2 className="mb-2">{t(editing ? 'summary-after' : 'summary')}</h2>
        <KeySentence values={values} names={names} generation={generation} />
        {values.profile === null ? null : <p className="mt-2 text-sm text-muted">{t('profile-decides')}</p>}
      </aside>
    </div>
  );
}

function Afterwards({ id }: { id: string | null }) {
  const t = useTranslations('key-form');
  return id === null ? null : (
    <Link href={`/keys/${id}`} className={buttonClass({})}>
      {t('see-key')}
    </Link>
  );
}
