import { ShieldBan, ShieldCheck } from 'lucide-react';
import { Fragment } from 'react';
import { AddressText } from '#components/persons/directory/address-text.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { DialogLink } from '#components/ui/overlay/dialog-address.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { RuleMenu } from '#components/persons/block/rule-menu.tsx';
import { blocks, canMatch, inForce, unmarked } from '#lib/access/rules/access-rules.ts';
import { decidingRules, rulesAbout } from '#lib/access/rules/blocked.ts';
import { readAccess } from '#lib/access/rules/read-access.ts';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence } from '#lib/omni/resources/persons.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { notSeenOf } from '#lib/omni/seen.ts';
import type { Session } from '#lib/session/session.ts';

type Props = { omni: Omni; session: Session; id: string; locked: Locked | undefined };

const LINK =
  'inline-flex min-h-target shrink-0 items-center text-sm whitespace-nowrap text-accent-text hover:underline';

/** The access rules that name the person or match a handle of theirs, by where they hold, and which of them decide. */
export async function PersonAccess({ omni, session, id, locked }: Props) {
  const [t, presence, access] = await Promise.all([
    translations('routing'),
    getPresence(omni, id),
    readAccess(omni, session),
  ]);
  return (
    <Card
      plain
      id="rules"
      title={t('rules')}
      aside={
        <span className="flex gap-3">
          <DialogLink name="create-rule" value={id} locked={locked} className={LINK}>
            {t('create-rule')}
          </DialogLink>
          <DialogLink name="block" value="all" locked={locked} className={LINK}>
            {t('block')}
          </DialogLink>
        </span>
      }
    >
      {access.is !== 'read' ? (
        <NotSeenLine plain part={access.part === 'instance' ? 'instances' : access.part} seen={access.seen} />
      ) : presence.ok ? (
        <Rules
          rules={rulesAbout(access.read, id, presence.value.identities)}
          decides={decidingRules(access.read, presence.value.identities, presence.value.person.primaryPhone)}
          names={new Map(access.read.instances.map((one) => [one.id, one.name]))}
          now={access.read.now}
          locked={locked}
        />
      ) : (
        <NotSeenLine plain part="identities" seen={notSeenOf(presence.error)} />
      )}
    </Card>
  );
}

type RulesProps = {
  rules: readonly AccessRule[];
  decides: ReadonlySet<string>;
  names: ReadonlyMap<string, string>;
  now: number;
  locked: Locked | undefined;
};

async function Rules({ rules, decides, names, now, locked }: RulesProps) {
  const t = await translations('routing');
  if (rules.length === 0) return <p className="text-muted">{t('no-rules')}</p>;
  return [...Map.groupBy(rules, ({ instanceId }) => instanceId)].map(([instanceId, here]) => (
    <section key={instanceId} className="py-1">
      <header className="flex items-center justify-between gap-2">
        <h3>{instanceId === null ? t('everywhere') : (names.get(instanceId) ?? `${instanceId.slice(0, 8)}…`)}</h3>
        {here.some((rule) => blocks(rule) && inForce(rule, now)) ? (
          <DialogLink name="unblock" value={instanceId ?? 'all'} locked={locked} className={LINK}>
            {t('unblock')}
          </DialogLink>
        ) : null}
      </header>
      <ul>
        {here.map((rule) => (
          <Rule key={rule.id} rule={rule} decides={decides.has(rule.id)} now={now} locked={locked} />
        ))}
      </ul>
    </section>
  ));
}

type RuleProps = Pick<RulesProps, 'now' | 'locked'> & { rule: AccessRule; decides: boolean };

async function Rule({ rule, decides, now, locked }: RuleProps) {
  const t = await translations('routing');
  const Icon = blocks(rule) ? ShieldBan : ShieldCheck;
  const state = stateOf(rule, now);
  const off = state === 'in-force' ? '' : 'text-muted';
  return (
    <li className={`flex items-start gap-x-2 py-0.5 ${off}`}>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${off || (blocks(rule) ? 'text-danger' : 'text-good')}`} />
      <span className="min-w-0 grow">
        {t(blocks(rule) ? 'blocks' : 'allows')}{' '}
        {[rule.platformUserId, rule.phonePattern]
          .flatMap((text) => text || [])
          .map((text, index) => (
            <Fragment key={text}>
              {index > 0 ? ' · ' : ''}
              <AddressText mono text={text} />
            </Fragment>
          ))}
        {unmarked(rule.reason) ? <bdi className="block text-sm text-muted">{unmarked(rule.reason)}</bdi> : null}
        <span className="block text-sm text-muted">
          <Time at={rule.createdAt} absolute />
          {' · '}
          {state === 'in-force' && rule.expiresAt !== null ? (
            <>
              {t('expires')} <Time at={rule.expiresAt} absolute />
            </>
          ) : (
            t(state === 'in-force' ? 'never-expires' : `rule-states.${state}`)
          )}
        </span>
      </span>
      {decides ? (
        <span className="shrink-0 whitespace-nowrap">
          <Badge tone="accent">{t('decides')}</Badge>
        </span>
      ) : null}
      <RuleMenu id={rule.id} whom={rule.platformUserId ?? rule.phonePattern ?? ''} on={rule.enabled} locked={locked} />
    </li>
  );
}

function stateOf(rule: AccessRule, now: number) {
  if (!canMatch(rule)) return 'without-effect';
  if (inForce(rule, now)) return 'in-force';
  return rule.enabled ? 'expired' : 'off';
}
