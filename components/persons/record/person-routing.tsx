import { Waypoints } from 'lucide-react';
import type { Route as Href } from 'next';
import { Link } from '#components/ui/link.tsx';
import type { ComponentType } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { verdictText } from '#components/ui/verdict/server-verdict-text.ts';
import { verdictLook } from '#components/ui/verdict/verdict-look.ts';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import { routesOfPerson, type IdentityAnswer } from '#lib/routes/list/of-person.ts';
import { summaryOf } from '#lib/routes/verdict/summary.ts';
import type { Session } from '#lib/session/session.ts';

/** The switch of a route: a part of the routes room, provided by the page. */
type Switch = ComponentType<{ instanceId: string; id: string; label: string; active: boolean; locked?: string }>;

type Props = {
  omni: Omni;
  session: Session;
  person: Person;
  identities: readonly Identity[];
  locked?: string;
  RouteSwitch: Switch;
};

/** Who answers a person now, for each identity, and the routes that name the person. */
export async function PersonRouting({ omni, session, person, identities, locked, RouteSwitch }: Props) {
  const [t, texts, routing] = await Promise.all([
    translations('routing'),
    verdictText(),
    routesOfPerson(omni, session, person, identities),
  ]);
  const personId = person.id;
  return (
    <>
      <Card id="answers" title={t('title')} flush={routing.ok}>
        {routing.ok ? (
          <>
            {routing.value.missing.length > 0 ? (
              <Notice tone="warn" className="m-3">
                {t('missing', { names: routing.value.missing.join(', ') })}
              </Notice>
            ) : null}
            {routing.value.answered.length === 1 ? null : (
              <p className={routing.value.answered.length === 0 ? 'p-4 text-muted' : 'border-b px-4 py-3 font-medium'}>
                {texts.summary(summaryOf(routing.value.answered))}
              </p>
            )}
            <ul className="divide-y">
              {routing.value.answered.map((one) => (
                <AnsweredRow key={one.instance.id + one.handle} one={one} personId={personId} />
              ))}
            </ul>
          </>
        ) : (
          <Problem error={routing.error} />
        )}
      </Card>
      {routing.ok ? (
        <Card
          id="routes"
          title={t('routes')}
          aside={<span className="text-sm text-muted">{t('count', { count: routing.value.routes.length })}</span>}
          flush
        >
          {routing.value.routes.length === 0 ? (
            <p className="p-4 text-muted">{t(routing.value.missing.length > 0 ? 'no-routes-seen' : 'no-routes')}</p>
          ) : null}
          <ul className="divide-y">
            {routing.value.routes.map(({ route, instance }) => (
              <li key={route.id} className="flex items-center gap-3 px-4 py-2">
                <Waypoints aria-hidden className="size-4 shrink-0 text-muted" />
                <span className="min-w-0 grow">
                  <Link href={`/routes/${instance.id}/${route.id}`} className="text-accent-text hover:underline">
                    {route.label ?? t('unnamed')}
                  </Link>{' '}
                  <span className="text-sm text-muted">· {instance.name}</span>
                </span>
                <RouteSwitch
                  instanceId={instance.id}
                  id={route.id}
                  label={route.label ?? instance.name}
                  active={route.isActive}
                  locked={locked}
                />
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </>
  );
}

type RowProps = { one: IdentityAnswer; personId: string };

async function AnsweredRow({ one: { instance, handle, chat, verdict, by }, personId }: RowProps) {
  const [t, texts] = await Promise.all([translations('routing'), verdictText()]);
  const test = new URLSearchParams({ instance: instance.id, ...(chat ? { chat: chat.id } : {}), person: personId });
  const { icon: Icon, ink } = verdictLook(verdict);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
      <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
      <span className="min-w-0 grow">
        <span className="font-medium">{texts.sentence(verdict)}</span>
        <span className="block text-sm text-muted">
          {instance.name} · {chat?.name ?? handle}
        </span>
      </span>
      {by && verdict.is === 'answers' ? (
        <Badge tone={by === 'default' ? 'plain' : 'accent'}>{t(`by.${by}`)}</Badge>
      ) : null}
      <Link
        href={`/routes/test?${test}` as Href}
        aria-label={t('why-of', { where: instance.name })}
        className="inline-flex min-h-target items-center text-sm text-accent-text hover:underline"
      >
        {t('why')}
      </Link>
    </li>
  );
}
