import type { CheckResult } from '#components/home/check.ts';
import { LinkRow } from '#components/ui/link-row.tsx';
import { Gauge } from 'lucide-react';
import { translations } from '#lib/i18n/server.ts';
import { getHealth } from '#lib/omni/resources/health.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import type { Signed } from '#lib/session/request/guard.ts';

export async function checkServer({ omni, session }: Signed): Promise<CheckResult> {
  const [health, t, tStatus] = await Promise.all([getHealth(omni), translations('home'), translations('status')]);
  if (!health.ok) return { is: 'failed', grave: true, problem: problemOf(health.error) };
  const { status, version, checks } = health.value;
  const known = status === 'healthy' || status === 'degraded' ? status : 'unhealthy';
  const values = {
    name: session.server.name,
    version: version ?? tStatus('not-reported'),
    status: tStatus(known),
  };
  if (known === 'healthy') return { is: 'well', says: t('server.well', { name: session.server.name }) };
  return {
    is: 'found',
    urgency: known === 'degraded' ? 'warn' : 'danger',
    body: (
      <ul>
        <LinkRow href="/status" icon={<Gauge aria-hidden className="text-muted" />} title={t('server.found', values)}>
          {t('server.detail', { database: checks?.database?.status ?? tStatus('not-reported'), ...values })}
        </LinkRow>
      </ul>
    ),
  };
}
