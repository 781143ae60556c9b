'use client';

import { Pencil } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { useSmallChange } from '#components/operations/run/use-small-change.ts';
import { useDraft } from '#components/shell/drafts/draft.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { inputClass } from '#components/form/field.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { PhoneAsTyped } from './phone-as-typed.tsx';

export type EditableName = 'displayName' | 'primaryPhone' | 'primaryEmail' | 'avatarUrl';

type Props = {
  personId: string;
  field: EditableName;
  label: string;
  value: string | null;
  /** Why it cannot be edited, or nothing. */
  locked?: string;
  hint?: string;
  children: ReactNode;
};

const KINDS = { displayName: 'text', primaryPhone: 'tel', primaryEmail: 'email', avatarUrl: 'url' } as const;

/** One field of a person, edited in place. Only this field is sent; Escape discards. */
export function EditableField({ personId, field, label, value, locked, hint, children }: Props) {
  const t = useTranslations('person');
  const { say } = useTexts();
  const id = useId();
  const [editing, setEditing] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value ?? '';
  const [seen, setSeen] = useState(value);
  const pencil = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const edit = { id: personId, changes: { [field]: text }, expects: { [field]: seen } };
  // Omni answers a taken phone with 409 or 500 and not with who has it: a new preview finds that person.
  const { state, trouble, change, reset } = useSmallChange(
    () => close(),
    (_, preview) => {
      if (field === 'primaryPhone') void preview('persons.edit', edit);
    },
  );
  const { draft, keep, drop } = useDraft(`person ${personId} ${field}`);
  const was = useRef(false);
  useEffect(() => {
    if (typeof draft !== 'string' || locked) return;
    setTyped(draft);
    setEditing(true);
  }, [draft, locked]);
  useEffect(() => {
    if (editing) input.current?.select();
    else if (was.current) pencil.current?.focus();
    was.current = editing;
  }, [editing]);

  function close() {
    drop();
    setEditing(false);
    reset();
  }
  const busy = state.at === 'running' || state.at === 'starting';
  const refusal = trouble?.refusal;
  const taken =
    refusal?.key === 'edit.phone-taken' || refusal?.key === 'edit.email-taken'
      ? String(refusal.values?.id ?? '')
      : null;

  if (!editing) {
    return (
      <div className="group flex min-h-8 items-start justify-between gap-2">
        <div className="min-w-0 py-1.5">{children}</div>
        <GuardedButton
          bare
          ref={pencil}
          aria-label={t('edit', { what: label })}
          reason={locked}
          onClick={() => {
            setTyped(null);
            setSeen(value);
            setEditing(true);
          }}
          className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-text aria-disabled:opacity-50"
        >
          <Pencil aria-hidden className="size-3.5" />
        </GuardedButton>
      </div>
    );
  }
  return (
    <form
      method="post"
      noValidate
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void change('persons.edit', edit);
      }}
    >
      <input
        ref={input}
        id={id}
        aria-label={label}
        type={KINDS[field]}
        inputMode={field === 'primaryPhone' ? 'tel' : undefined}
        value={text}
        onChange={(event) => {
          setTyped(event.target.value);
          keep(event.target.value);
        }}
        aria-invalid={trouble ? true : undefined}
        aria-describedby={`${id}-help`}
        autoComplete="off"
        onKeyDown={(event) => event.key === 'Escape' && close()}
        className={inputClass}
      />
      <div id={`${id}-help`} className="text-sm">
        {refusal ? (
          <Notice
            tone="warn"
            role="alert"
            actions={
              taken ? (
                <>
                  <Link prefetch={false} href={`/persons/${taken}`} className={buttonClass({ size: 'sm' })}>
                    {t('open-other')}
                  </Link>
                  <Link
                    prefetch={false}
                    href={`/persons/merge?into=${personId}&from=${taken}`}
                    className={buttonClass({ size: 'sm' })}
                  >
                    {t('merge-other')}
                  </Link>
                  {field === 'primaryEmail' ? (
                    <Button size="sm" onClick={() => void change('persons.edit', { ...edit, sharesEmail: true })}>
                      {t('save-anyway')}
                    </Button>
                  ) : null}
                </>
              ) : refusal.key === 'edit.clash' ? (
                <Button
                  size="sm"
                  onClick={() => {
                    const now = typeof refusal.data?.now === 'string' ? refusal.data.now : null;
                    setSeen(now);
                    void change('persons.edit', { ...edit, expects: { [field]: now } });
                  }}
                >
                  {t('write-anyway')}
                </Button>
              ) : undefined
            }
          >
            {say(refusal)}
          </Notice>
        ) : trouble ? (
          <Notice tone="danger" role="alert" title={trouble.title}>
            {trouble.help}
          </Notice>
        ) : field === 'primaryPhone' && typed !== null ? (
          <PhoneAsTyped typed={text} hint={hint ?? ''} />
        ) : hint ? (
          <p className="text-muted">{hint}</p>
        ) : null}
      </div>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="sm" disabled={busy}>
          {busy ? t('saving') : t('save')}
        </Button>
        <Button size="sm" variant="ghost" onClick={close}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
