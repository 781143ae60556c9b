import { Link } from '#components/ui/link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { BarredDeed } from '#lib/keys/list/capability.ts';
import type { Text } from '#lib/operations/plan/define.ts';

type Props = { id: string; barred: BarredDeed | null; say: (text: Text) => string };

/** Says that nobody may have seen the text of a key that works, and leads to another one. */
export async function UnshownNotice({ id, barred, say }: Props) {
  const t = await translations('key');
  return (
    <Notice
      tone="warn"
      className="mb-4"
      title={t('unshown')}
      actions={
        barred === null ? (
          <Link href={`/keys/${id}/revoke?then=create`} className={buttonClass({})}>
            {t('unshown-again')}
          </Link>
        ) : null
      }
    >
      {t('unshown-help')} {barred ? say(barred.why) : null}
    </Notice>
  );
}
