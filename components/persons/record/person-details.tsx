import type { ReactNode } from 'react';
import { Card } from '#components/ui/card.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { phoneText } from '#lib/text/phone-text.ts';
import { visibleName } from '#lib/text/visible.ts';
import { EditableField } from './editable-field.tsx';
import { MetadataEditor } from './metadata-editor.tsx';
import { MetadataLine } from './metadata-tree.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';

/** `locked`: why the fields can't be edited. `suggestion`: a name to take, where there is none. */
type Props = { person: Person; locked?: Locked | undefined; suggestion: ReactNode };

/** The fields of a person, each edited in place. */
export async function PersonDetails({ person, locked, suggestion }: Props) {
  const t = await translations('person');
  const empty = <span className="text-muted italic">{t('empty')}</span>;
  const { id, displayName, primaryPhone, primaryEmail, avatarUrl } = person;
  const common = { personId: id, locked };
  return (
    <Card plain id="details" title={t('details')}>
      <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 sm:grid-cols-[8.5rem_minmax(0,1fr)] sm:gap-x-6">
        <Row term={t('name')}>
          <EditableField {...common} field="displayName" label={t('name')} value={displayName} hint={t('name-hint')}>
            {visibleName(displayName) ? <bdi className="break-words">{visibleName(displayName)}</bdi> : empty}
          </EditableField>
          {visibleName(displayName) || locked ? null : suggestion}
        </Row>
        <Row term={t('phone')}>
          <EditableField
            {...common}
            field="primaryPhone"
            label={t('phone')}
            value={primaryPhone}
            hint={t('phone-hint')}
          >
            {primaryPhone?.trim() ? <Phone stored={primaryPhone} note={t('not-a-number')} /> : empty}
          </EditableField>
        </Row>
        <Row term={t('email')}>
          <EditableField {...common} field="primaryEmail" label={t('email')} value={primaryEmail}>
            {primaryEmail?.trim() ? <span className="break-all">{primaryEmail}</span> : empty}
          </EditableField>
        </Row>
        <Row term={t('picture')}>
          <EditableField {...common} field="avatarUrl" label={t('picture')} value={avatarUrl} hint={t('picture-hint')}>
            {avatarUrl?.trim() ? (
              avatarUrl.startsWith('https://') ? (
                <a
                  href={avatarUrl}
                  target="_blank"
                  rel="noreferrer noopener"
                  className="text-accent-text underline underline-offset-2"
                >
                  {t('open-picture')}
                </a>
              ) : (
                <span className="text-muted">{t('unsafe-picture', { url: avatarUrl.slice(0, 80) })}</span>
              )
            ) : (
              empty
            )}
          </EditableField>
        </Row>
        <Row term={t('metadata')}>
          <MetadataEditor personId={id} stored={JSON.stringify(person.metadata)} locked={locked}>
            {person.metadata && Object.keys(person.metadata).length > 0 ? (
              <MetadataLine value={person.metadata as { [key: string]: Json }} />
            ) : (
              empty
            )}
          </MetadataEditor>
        </Row>
        <Row term={t('added')}>
          <p className="py-1.5">
            <Time at={person.createdAt} absolute />
          </p>
        </Row>
        <Row term={t('changed')}>
          <p className="py-1.5">
            <Time at={person.updatedAt} absolute />
          </p>
        </Row>
      </div>
    </Card>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="contents">
      <p className="py-1.5 text-muted">{term}</p>
      <div className="min-w-0">{children}</div>
    </div>
  );
}

function Phone({ stored, note }: { stored: string; note: string }) {
  const shown = phoneText(stored);
  const usual = /^\+\d+$/.test(stored);
  return (
    <>
      <span title={stored}>{shown ?? stored}</span>
      {shown && usual ? null : <span className="block text-sm text-muted">{shown ? stored : note}</span>}
    </>
  );
}
