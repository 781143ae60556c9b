import { ShieldBan, ShieldCheck } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { BlockedBadge } from '#components/ui/verdict/blocked-badge.tsx';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { verdictText } from '#components/ui/verdict/server-verdict-text.ts';
import { blocks, canMatch, inForce } from '#lib/access/rules/access-rules.ts';
import { blockedPlaces, decidingRules, rulesAbout } from '#lib/access/rules/blocked.ts';
import { readAccess } from '#lib/access/rules/read-access.ts';
import { translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import type { Session } from '#lib/session/session.ts';

type Props = { omni: Omni; session: Session; person: Person; identities: readonly Identity[] };

/** Where the person is blocked, for the head of the page. What was not seen shows nothing here; the Access rules card says it. */
export async function PersonBlocked({ omni, session, person, identities }: Props) {
  const [access, texts] = await Promise.all([readAccess(omni, session), verdictText()]);
  if (access.is !== 'read') return null;
  const blocked = blockedPlaces(access.read, identities, person.primaryPhone);
  return blocked.names.length > 0 ? <BlockedBadge text={texts.blocked(blocked)} /> : null;
}

/** The access rules that name the person or match a handle of theirs, and which of them decide. */
export async function PersonAccess({ omni, session, person, identities }: Props) {
  const [t, access] = await Promise.all([translations('routing'), readAccess(omni, session)]);
  return (
    <Card id="rules" title={t('rules')} flush>
      {access.is === 'read' ? (
        <Rules
          rules={rulesAbout(access.read, person.id, identities)}
          decides={decidingRules(access.read, identities, person.primaryPhone)}
          places={new Map(access.read.instances.map(({ id, name }) => [id, name]))}
          now={access.read.now}
        />
      ) : (
        <NotSeenLine part={access.part} seen={access.seen} />
      )}
    </Card>
  );
}

type RulesProps = {
  rules: readonly AccessRule[];
  decides: ReadonlySet<string>;
  places: ReadonlyMap<string, string>;
  now: number;
};

async function Rules({ rules, decides, places, now }: RulesProps) {
  const t = await translations('routing');
  if (rules.length === 0) return <p className="p-4 text-muted">{t('no-rules')}</p>;
  return (
    <ul className="divide-y">
      {rules.map((rule) => {
        const Icon = blocks(rule) ? ShieldBan : ShieldCheck;
        const state = stateOf(rule, now);
        return (
          <li key={rule.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
            <Icon aria-hidden className={`size-4 shrink-0 ${blocks(rule) ? 'text-danger' : 'text-good'}`} />
            <span className="min-w-0 grow">
              <span className="font-medium">{t(blocks(rule) ? 'blocks' : 'allows')}</span>{' '}
              <span className="font-mono text-xs break-all">
                {[rule.platformUserId, rule.phonePattern].filter(Boolean).join(' · ')}
              </span>
              <span className="block text-sm text-muted">
                {rule.instanceId === null
                  ? t('everywhere')
                  : (places.get(rule.instanceId) ?? rule.instanceId.slice(0, 8))}
                {rule.reason ? ` · ${rule.reason}` : ''}
              </span>
            </span>
            {decides.has(rule.id) ? <Badge tone="accent">{t('decides')}</Badge> : null}
            <Badge tone={state === 'in-force' ? (blocks(rule) ? 'danger' : 'good') : 'plain'}>
              {t(`rule-states.${state}`)}
            </Badge>
          </li>
        );
      })}
    </ul>
  );
}

function stateOf(rule: AccessRule, now: number) {
  if (!canMatch(rule)) return 'without-effect';
  if (inForce(rule, now)) return 'in-force';
  return rule.enabled ? 'expired' : 'off';
}
