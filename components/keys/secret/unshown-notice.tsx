import { Link } from '#components/ui/link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { translations } from '#lib/i18n/server.ts';

/** Says that nobody may have seen the text of a key that works, and leads to another one. */
export async function UnshownNotice({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  const t = await translations('key');
  return (
    <Notice
      tone="warn"
      className="mb-4"
      title={t('unshown')}
      actions={
        mayWrite ? (
          <Link href={`/keys/${id}/revoke?then=create`} className={buttonClass({})}>
            {t('unshown-again')}
          </Link>
        ) : null
      }
    >
      {t('unshown-help')}
    </Notice>
  );
}
