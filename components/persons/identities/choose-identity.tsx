import { ChevronRight } from 'lucide-react';
import type { Route } from 'next';
import { PersonChip } from '#components/persons/directory/person-chip.tsx';
import { AddressText } from '#components/persons/directory/address-text.tsx';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import { tellingFact } from '#lib/persons/record/called.ts';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';

/** `to`: the other person, where they are chosen already; one of theirs may be linked as well. */
type Props = { from: ComparedRecord; to: ComparedRecord | null };

/** Which identity is linked: a card each, one click. */
export async function ChooseIdentity({ from, to }: Props) {
  const t = await translations('link');
  const people = to ? [from, to] : [from];
  return (
    <section aria-labelledby="which-identity">
      <h2 id="which-identity">{t('pick-identity')}</h2>
      {people.map((person) => (
        <div key={person.id} className="mt-3">
          {to ? <PersonChip name={person.name} noName={t('no-name')} fact={tellingFact(person, people)} /> : null}
          {person.identities.length === 0 ? <p className="mt-2 text-muted">{t('no-identities')}</p> : null}
          <ul className="mt-2 grid max-w-[1120px] gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {person.identities.map((identity) => (
              <li key={identity.id}>
                <Identity identity={identity} person={person} other={people.find(({ id }) => id !== person.id)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

type IdentityProps = {
  identity: ComparedRecord['identities'][number];
  person: ComparedRecord;
  other: ComparedRecord | undefined;
};

async function Identity({ identity, person, other }: IdentityProps) {
  const t = await translations('person');
  const { id, channel, handle, instance, messages, lastSeenAt } = identity;
  const query = new URLSearchParams({ from: person.id, identity: id, ...(other ? { to: other.id } : {}) });
  return (
    <Link
      href={`/persons/link?${query}` as Route}
      className="relative block h-full rounded border border-edge/60 bg-surface p-3 pr-10 hover:border-accent hover:bg-accent-soft"
    >
      <ChevronRight aria-hidden className="absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted" />
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{channel}</span>
        {instance ? <span className="text-sm text-muted">{instance}</span> : null}
      </span>
      <span className="mt-1 block">
        <AddressText mono text={handle} />
      </span>
      <span className="mt-1 block text-sm text-muted">
        {t('messages', { count: messages })}
        {lastSeenAt ? (
          <>
            {' · '}
            <Time at={lastSeenAt} />
          </>
        ) : null}
      </span>
    </Link>
  );
}
