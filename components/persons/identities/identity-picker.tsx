import { Link2 } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { translations } from '#lib/i18n/server.ts';
import { PersonChip } from '#components/persons/directory/person-chip.tsx';
import { tellingFact } from '#lib/persons/record/called.ts';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';

type Props = { from: ComparedRecord; to: ComparedRecord | null };

/** Picks the identity to link: from the lists of the two people, or by a pasted id that one of them has. */
export async function IdentityPicker({ from, to }: Props) {
  const t = await translations('link');
  const people = to ? [from, to] : [from];
  return (
    <section aria-labelledby="identity-title" className="max-w-2xl rounded border bg-surface">
      <h2 id="identity-title" className="border-b px-4 py-3">
        {t('pick-identity')}
      </h2>
      {people.map((person) => (
        <div key={person.id} className="border-b px-4 py-3">
          <h3 className="mb-1">
            <PersonChip name={person.name} noName={t('no-name')} fact={tellingFact(person, people)} />
          </h3>
          {person.identities.length === 0 ? <p className="text-muted">{t('no-identities')}</p> : null}
          <ul>
            {person.identities.map(({ id, channel, handle, instance }) => (
              <li key={id}>
                <Link
                  prefetch={false}
                  href={`/persons/link?${query(person.id, id, people)}`}
                  className="flex min-h-9 items-center gap-2 rounded px-2 py-1 hover:bg-hover"
                >
                  <Link2 aria-hidden className="size-4 shrink-0 text-accent-text" />
                  <span className="min-w-0">
                    <span className="font-mono text-sm break-all">{handle}</span>{' '}
                    <span className="text-sm text-muted">
                      {channel}
                      {instance ? ` · ${instance}` : ''}
                    </span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <form action="/persons/link" className="flex items-end gap-2 p-4">
        <input type="hidden" name="from" value={from.id} />
        {to ? <input type="hidden" name="to" value={to.id} /> : null}
        <div className="grow">
          <Field id="identity" label={t('paste-identity')}>
            <input
              id="identity"
              name="identity"
              required
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              className={`${inputClass} font-mono`}
            />
          </Field>
        </div>
        <button type="submit" className={buttonClass({})}>
          {t('use-identity')}
        </button>
      </form>
    </section>
  );
}

function query(from: string, identity: string, people: readonly ComparedRecord[]): string {
  const other = people.find(({ id }) => id !== from);
  return new URLSearchParams({ from, identity, ...(other ? { to: other.id } : {}) }).toString();
}
