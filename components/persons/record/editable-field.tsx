'use client';

import { Pencil } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { editDraft, type EditFieldProps } from '#components/persons/edit/edit-draft.ts';
import { useDraft } from '#components/shell/drafts/draft.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { later } from '#components/ui/state/later.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';

const EditField = later(
  () => import('#components/persons/edit/edit-field.tsx').then((part) => part.EditField),
  <div className="skeleton h-8" />,
);

type Props = Omit<EditFieldProps, 'close'> & {
  /** Why it cannot be edited, or nothing. */
  locked?: Locked | undefined;
  children: ReactNode;
};

/** One field of a person, edited in place. Only this field is sent; Escape discards. */
export function EditableField(props: Props) {
  const { locked, children, ...edited } = props;
  const { personId, field, label } = edited;
  const t = useTranslations('person');
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const { draft } = useDraft(editDraft(personId, field));
  const was = useRef(false);
  useEffect(() => {
    if (typeof draft === 'string' && !locked) setEditing(true);
  }, [draft, locked]);
  useEffect(() => {
    if (!editing && was.current) pencil.current?.focus();
    was.current = editing;
  }, [editing]);
  if (editing) return <EditField {...edited} close={() => setEditing(false)} />;
  return (
    <div className="flex min-h-8 items-start justify-between gap-2 rounded hover:bg-hover">
      <div className="min-w-0 py-1.5">{children}</div>
      <GuardedButton
        bare
        ref={pencil}
        aria-label={t('edit', { what: label })}
        reason={locked}
        onClick={() => setEditing(true)}
        className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-text aria-disabled:opacity-50"
      >
        <Pencil aria-hidden className="size-3.5" />
      </GuardedButton>
    </div>
  );
}
