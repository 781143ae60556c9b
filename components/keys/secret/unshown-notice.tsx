import { Link } from '#components/ui/link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { BarredDeed } from '#lib/keys/list/capability.ts';
import { notSeenValues, type Seen } from '#lib/omni/seen.ts';
import type { Text } from '#lib/operations/plan/define.ts';

/** `barred`: why it can't be revoked, as far as the key was seen. */
type Props = { id: string; barred: Seen<BarredDeed | null>; say: (text: Text) => string };

/** Says that nobody may have seen the text of a key, and leads to another one. */
export async function UnshownNotice({ id, barred, say }: Props) {
  const [t, tSeen] = await Promise.all([translations('key'), translations('seen')]);
  const why = barred.is === 'value' ? barred.value : null;
  return (
    <Notice
      tone="warn"
      className="mb-4"
      title={t('unshown')}
      actions={
        why === null ? (
          <Link href={`/keys/${id}/revoke?then=create`} className={buttonClass({})}>
            {t('unshown-again')}
          </Link>
        ) : null
      }
    >
      {barred.is === 'value'
        ? t('unshown-help')
        : `${t('unshown-not-seen')} ${tSeen('sentence', { ...notSeenValues(barred), what: tSeen('parts.key') })}.`}{' '}
      {why ? say(why.why) : null}
    </Notice>
  );
}
