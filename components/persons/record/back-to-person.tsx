import { Suspense, type ReactNode } from 'react';
import { BackLink } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson } from '#lib/omni/resources/persons.ts';
import { calledBy } from '#lib/persons/record/person-record.ts';

type Props = { omni: Omni; id: string | null };

/** The way back to a person's record; to all people where nobody is chosen, or Omni has no such person. */
export async function BackToPerson({ omni, id }: Props) {
  const t = await translations('person');
  const all = <BackLink href="/persons">{t('back')}</BackLink>;
  return id === null ? (
    all
  ) : (
    <Suspense fallback={all}>
      <NamedBack omni={omni} id={id} otherwise={all} />
    </Suspense>
  );
}

async function NamedBack({ omni, id, otherwise }: { omni: Omni; id: string; otherwise: ReactNode }) {
  const person = await getPerson(omni, id);
  if (!person.ok) return otherwise;
  return (
    <BackLink href={`/persons/${id}`}>
      <bdi className="truncate" title={calledBy({ person: person.value })}>
        {calledBy({ person: person.value })}
      </bdi>
    </BackLink>
  );
}
