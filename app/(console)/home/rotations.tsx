import type { Route } from 'next';
import type { CheckResult } from '#components/home/check.ts';
import { RotationRows } from '#components/keys/rotate/rotations-under-way.tsx';
import { translations } from '#lib/i18n/server.ts';
import { rotationsUnderWay } from '#lib/keys/rotate/rotations.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { inStore, lacking, notAllowed } from './outcome.ts';

const MOST = 5;

export function checkRotations({ session }: Signed): Promise<CheckResult> {
  const scope = lacking(session.scopes, 'keys:read');
  if (scope) return notAllowed(scope);
  return inStore(async (db) => {
    const [rows, t] = await Promise.all([rotationsUnderWay(db, session.server.id), translations('home')]);
    if (rows.length === 0) return { is: 'well', says: t('rotations.well') };
    return {
      is: 'found',
      // A new key that nobody confirmed as stored may be lost already.
      urgency: rows.some(({ acknowledgedAt }) => acknowledgedAt === null) ? 'warn' : 'info',
      body: <RotationRows rows={rows.slice(0, MOST)} />,
      ...(rows.length > MOST
        ? { more: { href: '/keys/rotate' as Route, label: t('rotations.all', { count: rows.length }) } }
        : {}),
    };
  });
}
