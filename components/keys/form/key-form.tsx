'use client';

import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import { secretOf } from '#components/keys/secret/shown-secret.ts';
import { useShowOnce } from '#components/keys/secret/shown-once.tsx';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { KeyFormFacts } from '#lib/keys/form/form-facts.ts';
import { changesOf, problemsOf, keyDraftOf, type KeyFormValues } from '#lib/keys/form/form-values.ts';
import { seenOr } from '#lib/omni/seen.ts';
import type { OmniGeneration } from '#lib/scopes/generations.ts';
import { KeyFormFields } from './key-form-fields.tsx';
import { KeySentence } from './key-sentence.tsx';
import { StillNeeded } from './still-needed.tsx';
import { useServerClock } from '#components/ui/state/use-server-clock.ts';

/** `editing`: the key that is edited; without it one is created. `start`: the form's first values. */
type Props = KeyFormFacts & {
  profiles: boolean;
  editing?: { id: string; name: string };
  start: KeyFormValues;
  generation: OmniGeneration;
};

/** Creates or edits a key: the sentence of what it will be stays in sight above the fields, the review beside them. */
export function KeyForm({ editing, start, generation, ...facts }: Props) {
  const t = useTranslations('key-form');
  const router = useRouter();
  const serverNow = useServerClock();
  const showOnce = useShowOnce();
  const [created, setCreated] = useState<string | null>(null);
  const problemsIn = (values: KeyFormValues) => problemsOf(values, editing ? start : null, serverNow());
  const change = useChange<KeyFormValues>({
    name: editing ? 'keys.edit' : 'keys.create',
    start,
    draft: `key ${editing?.id ?? 'new'}`,
    input: (values) => {
      if (Object.keys(problemsIn(values)).length > 0) return undefined;
      if (!editing) return keyDraftOf(values);
      const changes = changesOf(start, values);
      return Object.keys(changes).length > 0 ? { id: editing.id, changes } : undefined;
    },
    onEnd: readPageAgain,
    onDeliver: (delivered) => {
      const secret = secretOf(delivered);
      if (!secret) return;
      setCreated(secret.keyId);
      showOnce({ ...secret, onStored: () => router.push(`/keys/${secret.keyId}`) });
    },
  });
  const { form, operation, deciding } = change;
  const { values } = form;
  const problems = problemsIn(values);
  const names = useMemo(
    () => new Map(seenOr(facts.instances, []).map(({ id, name }) => [id, name])),
    [facts.instances],
  );
  const empty = values.profile === null && values.scopes.length === 0;
  const count = editing ? Object.keys(changesOf(start, values)).length : 0;
  const seen = editing?.id ?? created;
  return (
    <ChangeForm
      addressed
      change={change}
      runLabel={editing ? t('save', { count }) : t('create')}
      about={
        <aside
          className={`top-2 z-10 rounded border p-4 tall:sticky ${empty ? 'bg-surface' : 'border-accent/40 bg-accent-soft'}`}
        >
          <h2 className="sr-only">{t(editing ? 'summary-after' : 'summary')}</h2>
          <KeySentence values={values} names={names} generation={generation} />
          {values.profile === null ? null : <p className="mt-2 text-sm text-muted">{t('profile-decides')}</p>}
        </aside>
      }
      above={
        deciding ? <StillNeeded problems={problems} editing={editing !== undefined} unchanged={count === 0} /> : null
      }
      below={
        operation.state.at === 'ended' && !editing && created === null ? (
          <Notice tone="warn" role="alert" className="mt-3" title={t('undelivered')}>
            {t('undelivered-help')}
          </Notice>
        ) : null
      }
      afterwards={
        seen === null ? null : (
          <Link href={`/keys/${seen}`} className={buttonClass({})}>
            {t('see-key')}
          </Link>
        )
      }
    >
      <KeyFormFields
        {...facts}
        editing={editing !== undefined}
        start={start}
        values={values}
        problems={problems}
        change={(part) => {
          for (const [name, value] of Object.entries(part))
            form.setValue(name as keyof KeyFormValues, value, { shouldDirty: true, shouldTouch: true });
        }}
      />
    </ChangeForm>
  );
}
