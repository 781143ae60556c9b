import { Merge, UsersRound } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { notSeenOf } from '#lib/omni/seen.ts';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { storeAnswer } from '#lib/store/store-error.ts';
import { decisionsAbout, type Decision } from '#lib/persons/duplicates/decisions.ts';
import { findDuplicates, type Duplicate } from '#lib/persons/duplicates/duplicates.ts';
import { store } from '#lib/store/database.ts';
import { evidenceWord } from './evidence-word.ts';
import { NotSame } from './not-same.tsx';
import { AddressText } from '#components/persons/directory/address-text.tsx';
import { PersonName } from '#components/persons/directory/person-chip.tsx';
import { phoneText } from '#lib/text/phone-text.ts';
import { tellingFact } from '#lib/persons/record/called.ts';
import { namedOf } from '#lib/persons/record/person-record.ts';
import { WriteLink } from '#components/ui/write-link.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';

/** `mayDecide`: only where it is certain, since decisions are the console's own and Omni can't refuse them. */
type Props = {
  omni: Omni;
  server: string;
  id: string;
  locked?: Locked | undefined;
  mayDecide: boolean;
};

/** People who may be the same as this one, with the evidence, and what was decided about them. */
export async function Duplicates({ omni, server, id, locked, mayDecide }: Props) {
  const [presence, t] = await Promise.all([getPresence(omni, id), translations('duplicates')]);
  const found = presence.ok ? await findDuplicates(omni, presence.value) : presence;
  if (!found.ok) {
    return (
      <Card plain id="duplicates" title={t('title')}>
        <NotSeenLine plain part={presence.ok ? 'duplicates' : 'identities'} seen={notSeenOf(found.error)} />
      </Card>
    );
  }
  const self = presence.ok ? presence.value.person : { id, primaryPhone: null };
  const candidates = found.value.found.map((one) => ({ id: one.person.id, evidence: one.evidence }));
  const decided = await storeAnswer(store().then((db) => decisionsAbout(db, server, id, candidates)));
  const decisionOf = new Map(decided.ok ? decided.value.map((decision) => [decision.other, decision]) : []);
  const open = found.value.found.filter((one) => !decisionOf.has(one.person.id));
  const closed = found.value.found.filter((one) => decisionOf.has(one.person.id));
  return (
    <Card
      plain
      id="duplicates"
      title={
        <>
          {t('title')} {open.length > 0 ? <span className="font-normal text-muted">{open.length}</span> : null}
        </>
      }
    >
      {open.length > 0 ? (
        <ul>
          {open.map((one) => (
            <Line key={one.person.id} self={self} duplicate={one} locked={locked} mayDecide={mayDecide} />
          ))}
        </ul>
      ) : (
        <p className="text-muted">{t('none-open')}</p>
      )}
      {found.value.incomplete ? <p className="text-sm text-muted">{t('incomplete')}</p> : null}
      {decided.ok ? null : <Problem error={decided.error} />}
      {closed.length > 0 ? (
        <details>
          <summary className="flex min-h-target items-center text-sm text-muted">
            {t('decided', { count: closed.length })}
          </summary>
          <ul>
            {closed.map((one) => (
              <Line
                key={one.person.id}
                self={self}
                duplicate={one}
                decision={decisionOf.get(one.person.id)}
                locked={locked}
                mayDecide={mayDecide}
              />
            ))}
          </ul>
        </details>
      ) : null}
    </Card>
  );
}

const PLAIN: ReadonlySet<string> = new Set([
  'phone',
  'email',
  'name',
] satisfies Duplicate['evidence'][number]['what'][]);

type LineProps = {
  self: { id: string; primaryPhone: string | null };
  duplicate: Duplicate;
  decision?: Decision;
  locked?: Locked | undefined;
  mayDecide: boolean;
};

async function Line({ self, duplicate, decision, locked, mayDecide }: LineProps) {
  const t = await translations('duplicates');
  const { person, identities, evidence } = duplicate;
  const named = namedOf({ person, identities: [] });
  const phones = phonesText([self.primaryPhone, person.primaryPhone].filter(Boolean).join(' · '));
  // What both have alike stands on this page already, and so do their own phones.
  const stands = ({ what, value }: Duplicate['evidence'][number]) =>
    PLAIN.has(what) || (what === 'phone-ninth' && phonesText(value).every((phone) => phones.includes(phone)));
  return (
    <li className="py-2">
      <Link
        href={`/persons/${person.id}`}
        className="inline-block min-h-target max-w-full underline-offset-2 hover:underline"
      >
        <PersonName name={named.name} noName={t('no-name')} />
      </Link>
      <p className="text-sm break-words text-muted">
        <AddressText text={tellingFact(named)} /> ·{' '}
        {identities === null ? t('identities-failed') : t('identities', { count: identities })}
      </p>
      <ul className="mt-0.5 flex flex-wrap gap-x-2 gap-y-1">
        {evidence.map((one) => (
          <li
            key={`${one.speaks}-${one.what}`}
            className="flex max-w-full min-w-0 flex-wrap items-center gap-1 text-sm"
          >
            <Badge tone={one.speaks === 'for' ? 'good' : 'warn'}>{t(`evidence.${evidenceWord(one)}`)}</Badge>
            {stands(one) ? null : (
              <span className="line-clamp-2 min-w-0 text-muted" title={one.value}>
                <bdi>
                  {one.what === 'no-phone' || !one.what.includes('phone')
                    ? one.value
                    : phonesText(one.value).join(' · ')}
                </bdi>
              </span>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1">
        {decision ? null : (
          <WriteLink
            href={`/persons/merge?into=${self.id}&from=${person.id}`}
            locked={locked}
            className={buttonClass({ size: 'sm' })}
          >
            <Merge aria-hidden className="size-3.5" />
            {t('merge')}
          </WriteLink>
        )}
        {mayDecide ? (
          <NotSame self={self.id} other={person.id} evidence={evidence} decided={decision !== undefined} />
        ) : null}
      </div>
      {decision ? (
        <p className="flex flex-wrap items-center gap-1 text-sm text-muted">
          <UsersRound aria-hidden className="size-3.5" />
          {t('decided-by', { who: decision.who ?? t('somebody') })} <Time at={decision.decidedAt} absolute />
        </p>
      ) : null}
    </li>
  );
}

/** The phones of a text that has a dot between them, as people write them. */
function phonesText(value: string): string[] {
  return value.split(' · ').map((phone) => phoneText(phone) ?? phone);
}
