import { Notice } from '#components/ui/state/notice.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';

/** Who revoked a key, when and why, as far as Omni reports it. */
export async function RevokedNotice({ revoked }: { revoked: Pick<Key, 'revokedAt' | 'revokedBy' | 'revokeReason'> }) {
  const t = await translations('key');
  return (
    <Notice tone="danger" className="mb-4" title={t('revoked')}>
      {revoked.revokedBy ? t('revoked-by', { who: revoked.revokedBy }) : t('revoked-by-unknown')}
      {revoked.revokedAt ? (
        <>
          {' · '}
          <Time at={revoked.revokedAt} absolute />
        </>
      ) : null}
      <p>{revoked.revokeReason ? t('revoked-reason', { reason: revoked.revokeReason }) : t('revoked-no-reason')}</p>
    </Notice>
  );
}
