import { Link } from '#components/ui/link.tsx';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { BarredDeed, KeyDeed } from '#lib/keys/list/capability.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { hrefOf } from './key-deeds.ts';

type Props = { id: string; deed: KeyDeed; barred: BarredDeed; say: (text: Text) => string };

/** In place of a deed that is not possible: why, and what can be done instead. */
export async function KeyBarred({ id, deed, barred: { why, scope, instead }, say }: Props) {
  const t = await translations('key');
  return (
    <Notice
      tone="danger"
      role="alert"
      title={t(`cannot.${deed}`)}
      actions={
        <>
          {scope ? <CopyRequest scope={scope} /> : null}
          {instead ? (
            <Link href={hrefOf(id, instead)} className={buttonClass({})}>
              {t(instead === 'create' ? 'create-like' : instead)}
            </Link>
          ) : null}
          <Link href={`/keys/${id}`} className={buttonClass({ variant: 'ghost' })}>
            {t('see-key')}
          </Link>
        </>
      }
    >
      {say(why)}
    </Notice>
  );
}
