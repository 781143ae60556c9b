import { Waypoints } from 'lucide-react';
import type { Route as Href } from 'next';
import { Link } from '#components/ui/link.tsx';
import type { ComponentType } from 'react';
import { Card } from '#components/ui/card.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { verdictText } from '#components/ui/verdict/server-verdict-text.ts';
import { verdictLook } from '#components/ui/verdict/verdict-look.ts';
import { WriteLink } from '#components/ui/write-link.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import { notSeenOf } from '#lib/omni/seen.ts';
import { whoAnswers } from '#lib/persons/record/who-answers.ts';
import type { IdentityAnswer, PersonRoutes } from '#lib/routes/list/of-person.ts';
import type { Session } from '#lib/session/session.ts';
import type { Locked } from '#components/ui/locked/locked.ts';

/** The switch of a route: a part of the routes room, provided by the page. */
type Switch = ComponentType<{
  instanceId: string;
  id: string;
  label: string;
  active: boolean;
  updatedAt: string;
  locked?: Locked | undefined;
}>;

type Props = { omni: Omni; session: Session; id: string; locked?: Locked | undefined; RouteSwitch: Switch };

const LINK = 'inline-flex min-h-target items-center whitespace-nowrap text-accent-text hover:underline';

/** Who answers a person now, for each identity, and the routes that name the person. */
export async function WhoAnswers({ omni, session, id, locked, RouteSwitch }: Props) {
  const [t, presence, answers] = await Promise.all([
    translations('routing'),
    getPresence(omni, id),
    whoAnswers(omni, session, id),
  ]);
  return (
    <Card plain id="answers" title={t('title')}>
      {answers.ok ? (
        <>
          {answers.value.missing.length > 0 ? (
            <Notice tone="warn" className="my-1">
              {t('missing', { names: answers.value.missing.join(', ') })}
            </Notice>
          ) : null}
          {answers.value.answered.length === 0 ? <p className="text-muted">{t('no-instance')}</p> : null}
          <ul>
            {answers.value.answered.map((one) => (
              <AnsweredRow
                key={one.instance.id + one.handle}
                one={one}
                personId={id}
                locked={locked}
                alone={answers.value.answered.filter(({ instance }) => instance.id === one.instance.id).length === 1}
              />
            ))}
          </ul>
          <Routes {...answers.value} locked={locked} RouteSwitch={RouteSwitch} />
        </>
      ) : (
        <NotSeenLine plain part={presence.ok ? 'instances' : 'identities'} seen={notSeenOf(answers.error)} />
      )}
    </Card>
  );
}

type RowProps = { one: IdentityAnswer; personId: string; locked: Locked | undefined; alone: boolean };

async function AnsweredRow({ one: { instance, handle, chat, verdict, by }, personId, locked, alone }: RowProps) {
  const [t, texts] = await Promise.all([translations('routing'), verdictText()]);
  const test = new URLSearchParams({ instance: instance.id, ...(chat ? { chat: chat.id } : {}), person: personId });
  const { icon: Icon, ink } = verdictLook(verdict);
  return (
    <li className="flex items-start gap-x-2 py-1">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <span className="min-w-0 grow">
        <span className="block">{texts.sentence(verdict)}</span>
        <span className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
          {[instance.name, alone ? '' : (chat?.name ?? handle), by && verdict.is === 'answers' ? t(`by.${by}`) : '']
            .filter(Boolean)
            .join(' · ')}
          <Link
            href={`/routes/test?${test}` as Href}
            aria-label={t('why-of', { where: instance.name })}
            className={LINK}
          >
            {t('why')}
          </Link>
          {verdict.is === 'nobody' && verdict.why === 'no-agent' ? (
            <WriteLink
              href={`/routes/new?${new URLSearchParams({ instance: instance.id, person: personId })}` as Href}
              locked={locked}
              className={LINK}
            >
              <span aria-hidden>{t('create-route')}</span>
              <span className="sr-only">{t('create-route-on', { where: instance.name })}</span>
            </WriteLink>
          ) : null}
        </span>
      </span>
    </li>
  );
}

type RoutesProps = PersonRoutes & Pick<Props, 'locked' | 'RouteSwitch'>;

/** The routes that name the person; nothing where there are none for sure. */
async function Routes({ routes, missing, locked, RouteSwitch }: RoutesProps) {
  const t = await translations('routing');
  if (routes.length === 0) return missing.length > 0 ? <p className="text-muted">{t('no-routes-seen')}</p> : null;
  return (
    <ul aria-label={t('routes')} className="mt-1 border-t pt-1">
      {routes.map(({ route, instance }) => (
        <li key={route.id} className="flex items-center gap-2 py-1">
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
            updatedAt={route.updatedAt}
            locked={locked}
          />
        </li>
      ))}
    </ul>
  );
}
