import { ArrowLeft } from 'lucide-react';
import { Suspense, type ReactNode } from 'react';
import { Link } from '#components/ui/link.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson } from '#lib/omni/resources/persons.ts';
import { calledBy } from '#lib/persons/record/person-record.ts';

type Props = { omni: Omni; id: string | null };

const LOOK = 'mb-1 inline-flex min-h-8 max-w-full items-center gap-1 text-sm text-muted hover:text-text';

/** The way back to a person's record; to all people where nobody is chosen, or Omni has no such person. */
export async function BackToPerson({ omni, id }: Props) {
  const t = await translations('person');
  const all = <Back href="/persons">{t('back')}</Back>;
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
    <Back href={`/persons/${id}`}>
      <bdi className="truncate" title={calledBy({ person: person.value })}>
        {calledBy({ person: person.value })}
      </bdi>
    </Back>
  );
}

function Back({ href, children }: { href: '/persons' | `/persons/${string}`; children: ReactNode }) {
  return (
    <Link href={href} className={LOOK}>
      <ArrowLeft aria-hidden className="size-4 shrink-0" />
      {children}
    </Link>
  );
}
