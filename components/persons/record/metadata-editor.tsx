'use client';

import { Pencil } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { editDraft } from '#components/persons/edit/edit-draft.ts';
import type { EditMetadataProps } from '#components/persons/edit/edit-metadata.tsx';
import { useDraft } from '#components/shell/drafts/draft.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { later } from '#components/ui/state/later.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';

const EditMetadata = later(
  () => import('#components/persons/edit/edit-metadata.tsx').then((part) => part.EditMetadata),
  <div className="skeleton h-36" />,
);

type Props = Omit<EditMetadataProps, 'close'> & { locked?: Locked | undefined; children: ReactNode };

/** Metadata, edited in place. Omni replaces it whole, so the whole is sent (contract §3). */
export function MetadataEditor({ personId, stored, locked, children }: Props) {
  const t = useTranslations('person');
  const [editing, setEditing] = useState(false);
  const { draft } = useDraft(editDraft(personId, 'metadata'));
  useEffect(() => {
    if (typeof draft === 'string' && !locked) setEditing(true);
  }, [draft, locked]);
  if (editing) return <EditMetadata personId={personId} stored={stored} close={() => setEditing(false)} />;
  return (
    <div className="flex min-h-8 items-start justify-between gap-2 rounded hover:bg-hover">
      <div className="min-w-0 py-1.5">{children}</div>
      <GuardedButton
        bare
        aria-label={t('edit', { what: t('metadata') })}
        reason={locked}
        onClick={() => setEditing(true)}
        className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-text aria-disabled:opacity-50"
      >
        <Pencil aria-hidden className="size-3.5" />
      </GuardedButton>
    </div>
  );
}
