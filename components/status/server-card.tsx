import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { OmniServer } from '#lib/omni/door/credential.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Result } from '#lib/omni/result.ts';
import type { Health } from '#lib/omni/schemas/health.ts';
import { channelName } from '#lib/persons/directory/channels.ts';

const LOOKS = {
  healthy: { tone: 'good', icon: CircleCheck },
  degraded: { tone: 'warn', icon: TriangleAlert },
  unhealthy: { tone: 'danger', icon: CircleAlert },
} as const;

/** The server, as its health report describes it. */
export async function ServerCard({ server, health }: { server: OmniServer; health: Result<Health, OmniError> }) {
  const t = await translations('status');
  if (!health.ok) {
    return (
      <Card id="server" title={server.name}>
        <Problem error={health.error} />
      </Card>
    );
  }
  const { status, version, uptime, checks, instances } = health.value;
  const known = status === 'healthy' || status === 'degraded' ? status : 'unhealthy';
  const Icon = LOOKS[known].icon;
  return (
    <Card
      id="server"
      title={server.name}
      aside={
        <Badge tone={LOOKS[known].tone} icon={<Icon aria-hidden />}>
          {t(known)}
        </Badge>
      }
    >
      <Facts
        items={[
          [
            t('address'),
            <code key="a" className="font-mono text-sm break-all">
              {server.url}
            </code>,
          ],
          [t('version'), version ?? t('not-reported')],
          [
            t('database'),
            checks?.database
              ? `${checks.database.status}${checks.database.latency === undefined ? '' : ` · ${checks.database.latency} ms`}`
              : t('not-reported'),
          ],
          [t('uptime'), uptime === undefined ? t('not-reported') : <Uptime key="u" seconds={uptime} />],
          [
            t('instances'),
            instances ? (
              <div key="i">
                {t('instances-count', { connected: instances.connected, total: instances.total })}
                <div className="mt-1 flex flex-wrap gap-1">
                  {Object.entries(instances.byChannel ?? {}).map(([channel, count]) => (
                    <Badge key={channel}>{`${channelName(channel)} ${count}`}</Badge>
                  ))}
                </div>
              </div>
            ) : (
              t('not-reported')
            ),
          ],
        ]}
      />
    </Card>
  );
}

async function Uptime({ seconds }: { seconds: number }) {
  const t = await translations('status');
  const days = Math.floor(seconds / 86_400);
  if (days > 0) return <>{t('days', { days })}</>;
  return <Duration minutes={Math.max(1, Math.round(seconds / 60))} />;
}

/** Minutes in words. */
export async function Duration({ minutes }: { minutes: number }) {
  const t = await translations('status');
  return <>{t('duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }).trim()}</>;
}
