import type { CheckResult } from '#components/home/check.ts';
import { ConnectionRows } from '#components/status/connection-rows.tsx';
import { translations } from '#lib/i18n/server.ts';
import { readConnections } from '#lib/omni/resources/connections.ts';
import { instancesSnapshot } from '#lib/omni/cache/snapshot.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { failedBy, lacking, notAllowed } from './outcome.ts';

const DEADLINE_MS = 3000;

export async function checkConnections({ omni, session }: Signed): Promise<CheckResult> {
  const scope = lacking(session.scopes, 'instances:read');
  if (scope) return notAllowed(scope);
  const [instances, t] = await Promise.all([instancesSnapshot(omni), translations('home')]);
  if (!instances.ok) return failedBy(instances.error);
  const { up, down, silent, unread, error } = await readConnections(omni, instances.value, DEADLINE_MS);
  const total = up.length + down.length + silent.length + unread.length;
  const unsure = [
    ...(silent.length > 0 ? [t('connections.not-reported', { count: silent.length, total })] : []),
    ...(unread.length > 0 ? [t('connections.unread', { count: unread.length, total })] : []),
  ].join(' ');
  if (down.length > 0) {
    const mayRoutes = lacking(session.scopes, 'routes:read') === undefined;
    return {
      is: 'found',
      urgency: 'danger',
      body: <ConnectionRows down={down} mayRoutes={mayRoutes} />,
      ...(unsure ? { unsure } : {}),
    };
  }
  if (error && unread.length === total) return failedBy(error);
  if (unsure) return { is: 'unknown', says: unsure };
  return { is: 'well', says: t('connections.well', { count: up.length }) };
}
