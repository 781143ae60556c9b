import { Badge, type Tone } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Capability } from '#lib/session/sign-in/capabilities.ts';
import type { Session } from '#lib/session/session.ts';

const TONES: Record<Exclude<Capability, 'yes'>, Tone> = { no: 'plain', unknown: 'unknown', forbidden: 'plain' };

/** The features of the server, as found by reads at sign-in. An unknown feature is shown as such. */
export async function CapabilitiesCard({ session }: { session: Session }) {
  const t = await translations('status');
  const { generation, agents, profiles, audit } = session.capabilities;
  const answer = (value: Capability, scope: string) => {
    const text = t(`answer.${value}`, { scope });
    return value === 'yes' ? text : <Badge tone={TONES[value]}>{text}</Badge>;
  };
  return (
    <Card id="capabilities" title={t('capabilities')}>
      <Facts
        items={[
          [t('capability.generation'), t(`generation.${generation}`)],
          [t('capability.agents'), answer(agents, 'agents:read')],
          [t('capability.profiles'), answer(profiles, 'keys:read')],
          [t('capability.audit'), answer(audit, 'audit:read')],
        ]}
      />
    </Card>
  );
}
