import { Badge } from '#components/ui/badge.tsx';
import { Time } from '#components/ui/time.tsx';
import { BlockedBadge } from '#components/ui/verdict/blocked-badge.tsx';
import { verdictText } from '#components/ui/verdict/server-verdict-text.ts';
import { verdictLook } from '#components/ui/verdict/verdict-look.ts';
import { translations } from '#lib/i18n/server.ts';
import { blockedPlaces } from '#lib/access/rules/blocked.ts';
import { readAccess } from '#lib/access/rules/read-access.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { whoAnswers } from '#lib/persons/record/who-answers.ts';
import { countsOf, summaryOf } from '#lib/routes/verdict/summary.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { Session } from '#lib/session/session.ts';

type Props = { omni: Omni; session: Session; id: string };

/** When the person last wrote, for the head; nothing where that was not read, which the list of identities says. */
export async function PersonSeen({ omni, id }: Pick<Props, 'omni' | 'id'>) {
  const [t, presence] = await Promise.all([translations('person'), getPresence(omni, id)]);
  if (!presence.ok) return null;
  const { lastSeenAt, totalMessages } = presence.value.summary;
  if (lastSeenAt === null) return <span>{t(totalMessages > 0 ? 'seen-not-reported' : 'never-seen')}</span>;
  return (
    <span>
      {t('last-seen')} <Time at={lastSeenAt} />
    </span>
  );
}

/** Where the person is blocked. What was not seen shows nothing here; the part *Access* says it. */
export async function PersonBlocked({ omni, session, id }: Props) {
  const [presence, access, texts] = await Promise.all([
    getPresence(omni, id),
    readAccess(omni, session),
    verdictText(),
  ]);
  if (!presence.ok || access.is !== 'read') return null;
  const { identities, person } = presence.value;
  const blocked = blockedPlaces(access.read, identities, person.primaryPhone);
  return blocked.names.length > 0 ? <BlockedBadge text={texts.blocked(blocked)} /> : null;
}

/** On how many instances somebody answers; why nobody does, the part *Who answers* says. A key that can't read access rules sees no verdict here. */
export async function PersonAnswered({ omni, session, id }: Props) {
  if (allows(session.scopes, 'access:read') === 'no') return null;
  const [answers, texts, t] = await Promise.all([
    whoAnswers(omni, session, id),
    verdictText(),
    translations('verdict'),
  ]);
  if (!answers.ok || answers.value.answered.length === 0) return null;
  const summary = summaryOf(answers.value.answered);
  if (summary.is !== 'same') return <span className="text-sm">{texts.summary(countsOf(answers.value.answered))}</span>;
  const { verdict } = summary;
  if (verdict.is === 'answers') return <span className="text-sm">{texts.sentence(verdict)}</span>;
  // Where all are blocked, the badge beside it says so.
  if (verdict.is === 'nobody' && verdict.why === 'blocked') return null;
  const { icon: Icon, tone } = verdictLook(verdict);
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`heads.${verdict.is}`)}
    </Badge>
  );
}
