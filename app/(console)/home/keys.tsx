import type { Route } from 'next';
import type { CheckResult } from '#components/home/check.ts';
import { ExpiringKeys, OwnKeyExpiring } from '#components/keys/list/keys-expiring.tsx';
import { translations } from '#lib/i18n/server.ts';
import { expiringKeys, isUrgent } from '#lib/keys/list/expiring.ts';
import { withKnown } from '#lib/keys/list/read-known.ts';
import { readAllKeys } from '#lib/keys/list/read-all.ts';
import { rotationsUnderWay } from '#lib/keys/rotate/rotations.ts';
import { capabilityOf } from '#lib/keys/list/capability.ts';
import { listedKey } from '#lib/keys/list/listed-key.ts';
import { statusOf } from '#lib/keys/list/status.ts';
import { validateKey } from '#lib/omni/resources/auth.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { failedBy, inStore, lacking, notAllowed } from './outcome.ts';

const MOST = 5;

export function checkKeys(signed: Signed): Promise<CheckResult> {
  const { omni, session } = signed;
  if (lacking(session.scopes, 'keys:read')) return ownKeyOnly(signed);
  return inStore(async (db) => {
    const [answer, now, rotations, t] = await Promise.all([
      readAllKeys(omni),
      omniNow(omni),
      rotationsUnderWay(db, session.server.id),
      translations('home'),
    ]);
    if (!answer.ok) return answer.error.kind === 'forbidden' ? ownKeyOnly(signed) : failedBy(answer.error);
    const { keys } = await withKnown(db, omni, answer.value);
    const rows = keys.map((seen) => listedKey(seen, now));
    const found = expiringKeys(rows, new Set(rotations.flatMap((one) => (one.newKeyId ? [one.oldKeyId] : []))), now);
    const own = keys.find((seen) => seen.own);
    const mayRotate =
      own !== undefined && capabilityOf(own, { scopes: session.heldScopes, now, ending: null }).rotate === null;
    const hidden = answer.value.hidden.length > 0 ? t('keys.hidden') : undefined;
    const soon = found.filter(({ status }) => status === 'expires_soon').length;
    if (found.length === 0) {
      return hidden
        ? { is: 'unknown', says: `${t('keys.well', { count: rows.length })} ${hidden}` }
        : { is: 'well', says: t('keys.well', { count: rows.length }) };
    }
    return {
      is: 'found',
      urgency: isUrgent(found, now) ? 'danger' : 'warn',
      body: <ExpiringKeys rows={found.slice(0, MOST)} mayRotate={mayRotate} now={now} />,
      more:
        soon > 0
          ? { href: '/keys?show=expires_soon&sort=expires' as Route, label: t('keys.soon', { count: soon }) }
          : { href: '/keys?show=expired&sort=-expires' as Route, label: t('keys.expired') },
      ...(hidden ? { unsure: hidden } : {}),
    };
  });
}

/** A session that can't read keys still learns when its own expires, by the one call that tells it (contract §4). */
async function ownKeyOnly({ omni, session }: Signed): Promise<CheckResult> {
  if (lacking(session.scopes, 'auth:validate')) return notAllowed('keys:read');
  const [own, now, t] = await Promise.all([validateKey(omni), omniNow(omni), translations('home')]);
  const expiresAt = own.ok ? (own.value.credential?.expiresAt ?? null) : null;
  if (expiresAt === null || statusOf({ status: 'active', expiresAt }, now) === 'active')
    return { is: 'forbidden', scope: 'keys:read', says: t(expiresAt === null ? 'keys.own-unknown' : 'keys.own-well') };
  return {
    is: 'found',
    urgency: 'warn',
    body: <OwnKeyExpiring name={session.keyName} expiresAt={expiresAt} now={now} />,
  };
}
