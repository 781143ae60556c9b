import type { ReactNode } from 'react';
import { Card } from '#components/ui/card.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Person } from '#lib/omni/schemas/persons.ts';
import { phoneText } from '#lib/persons/phone-text.ts';
import { MetadataTree } from './metadata-tree.tsx';

/** The fields Omni keeps for a person. An empty text and nothing look alike: Omni stores both (contract §10.17). */
export async function PersonDetails({ person }: { person: Person }) {
  const t = await translations('person');
  const empty = <span className="text-muted italic">{t('empty')}</span>;
  const { primaryPhone: phone, primaryEmail: email, avatarUrl } = person;
  const formatted = phone ? phoneText(phone) : null;
  return (
    <Card id="details" title={t('details')}>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Row term={t('name')}>{person.displayName?.trim() ? person.displayName : empty}</Row>
        <Row term={t('phone')}>
          {phone?.trim() ? (
            <>
              {formatted ?? phone}
              {formatted ? (
                formatted.replaceAll(' ', '') === phone ? null : (
                  <Aside>{phone}</Aside>
                )
              ) : (
                <Aside>{t('not-a-number')}</Aside>
              )}
            </>
          ) : (
            empty
          )}
        </Row>
        <Row term={t('email')}>{email?.trim() ? email : empty}</Row>
        <Row term={t('picture')}>
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
        </Row>
        <Row term={t('metadata')}>
          {person.metadata && Object.keys(person.metadata).length > 0 ? (
            <MetadataTree value={person.metadata} />
          ) : (
            <span className="text-muted italic">{t('no-metadata')}</span>
          )}
        </Row>
        <Row term={t('added')}>
          <Time at={person.createdAt} absolute />
        </Row>
        <Row term={t('changed')}>
          <Time at={person.updatedAt} absolute />
        </Row>
      </dl>
    </Card>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted max-sm:-mb-2">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Aside({ children }: { children: ReactNode }) {
  return <span className="block text-sm text-muted">{children}</span>;
}
