import { Bot, CircleHelp, ShieldBan, ShieldCheck, Waypoints } from 'lucide-react';
import type { Route as Href } from 'next';
import Link from 'next/link';
import type { ComponentType } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { canMatch, blocks, inForce } from '#lib/access/rules/access-rules.ts';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Identity } from '#lib/omni/schemas/persons.ts';
import { accessRulesSnapshot } from '#lib/omni/cache/snapshot.ts';
import { routesOfPerson, type IdentityAnswer } from '#lib/routes/list/of-person.ts';

/** The switch of a route: a part of the routes room, provided by the page. */
type Switch = ComponentType<{ instanceId: string; id: string; label: string; active: boolean; locked?: string }>;

type Props = { omni: Omni; personId: string; identities: readonly Identity[]; locked?: string; RouteSwitch: Switch };

/** Who answers a person now, for each identity, and the routes and access rules that name the person. */
export async function PersonRouting({ omni, personId, identities, locked, RouteSwitch }: Props) {
  const [t, routing, rules] = await Promise.all([
    translations('routing'),
    routesOfPerson(omni, personId, identities),
    accessRulesSnapshot(omni),
  ]);
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
            {routing.value.answered.length === 0 ? <p className="p-4 text-muted">{t('nowhere')}</p> : null}
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
                  <Link
                    prefetch={false}
                    href={`/routes/${instance.id}/${route.id}`}
                    className="text-accent-text hover:underline"
                  >
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
      <Card id="rules" title={t('rules')} flush={rules.ok}>
        {rules.ok ? (
          <Rules rules={rules.value.filter((rule) => rule.personId === personId)} />
        ) : (
          <Problem error={rules.error} />
        )}
      </Card>
    </>
  );
}

type RowProps = { one: IdentityAnswer; personId: string };

async function AnsweredRow({ one: { instance, handle, chat, resolution }, personId }: RowProps) {
  const t = await translations('routing');
  const test = new URLSearchParams({ instance: instance.id, ...(chat ? { chat: chat.id } : {}), person: personId });
  if (typeof resolution === 'string') {
    return (
      <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
        <CircleHelp aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="min-w-0 grow">
          <span className="font-medium">{t('cannot-tell', { why: t(`unseen.${resolution}`) })}</span>
          <span className="block text-sm text-muted">
            {instance.name} · {chat?.name ?? handle}
          </span>
        </span>
      </li>
    );
  }
  const { answerer, winner } = resolution;
  const verdict =
    answerer === null
      ? t('nobody')
      : answerer.agent === 'missing'
        ? t('agent-missing')
        : answerer.agent === 'unseen'
          ? t('agent-unseen')
          : t('answered-by', { agent: answerer.agent.name });
  const inactive = answerer !== null && typeof answerer.agent === 'object' && !answerer.agent.isActive;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
      <Bot aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 grow">
        <span className="font-medium">{verdict}</span>{' '}
        {inactive ? <Badge tone="warn">{t('agent-inactive')}</Badge> : null}
        <span className="block text-sm text-muted">
          {instance.name} · {chat?.name ?? handle}
        </span>
      </span>
      <Badge tone={winner.by === 'default' ? 'plain' : 'accent'}>{t(`by.${winner.by}`)}</Badge>
      <Link
        prefetch={false}
        href={`/routes/test?${test}` as Href}
        aria-label={t('why-of', { where: instance.name })}
        className="inline-flex min-h-target items-center text-sm text-accent-text hover:underline"
      >
        {t('why')}
      </Link>
    </li>
  );
}

async function Rules({ rules }: { rules: AccessRule[] }) {
  const t = await translations('routing');
  if (rules.length === 0) return <p className="p-4 text-muted">{t('no-rules')}</p>;
  const now = Date.now();
  return (
    <ul className="divide-y">
      {rules.map((rule) => {
        const Icon = blocks(rule) ? ShieldBan : ShieldCheck;
        const state = !canMatch(rule)
          ? 'without-effect'
          : inForce(rule, now)
            ? 'in-force'
            : rule.enabled
              ? 'expired'
              : 'off';
        return (
          <li key={rule.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
            <Icon aria-hidden className={`size-4 shrink-0 ${blocks(rule) ? 'text-danger' : 'text-good'}`} />
            <span className="min-w-0 grow">
              <span className="font-medium">{t(blocks(rule) ? 'blocks' : 'allows')}</span>{' '}
              <span className="font-mono text-xs break-all">{rule.platformUserId ?? rule.phonePattern ?? ''}</span>
              {rule.reason ? <span className="block text-sm text-muted">{rule.reason}</span> : null}
            </span>
            <Badge tone={state === 'in-force' ? (blocks(rule) ? 'danger' : 'good') : 'plain'}>
              {t(`rule-states.${state}`)}
            </Badge>
          </li>
        );
      })}
    </ul>
  );
}
