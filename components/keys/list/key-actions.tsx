import { Ban, Pencil, RefreshCw, ScrollText, Siren, Trash2, type LucideIcon } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import type { UrlObject } from 'node:url';
import { buttonClass, type ButtonLook } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { ListedKey } from '#lib/keys/list/listed-key.ts';
import { allows } from '#lib/scopes/scopes.ts';

type Props = { row: ListedKey; scopes: readonly string[] | null; whyNot: string | null };

/** The actions on a key; one that can't be used says why. */
export async function KeyActions({ row, scopes, whyNot }: Props) {
  const [t, tUi] = await Promise.all([translations('key'), translations('ui')]);
  const readOnly = allows(scopes, 'keys:write') === 'no' ? tUi('needs-scope', { scope: 'keys:write' }) : null;
  const at = (below: string) => ({ pathname: `/keys/${row.id}${below}` });
  const ended = row.status === 'revoked';
  return (
    <>
      <Action icon={ScrollText} label={t('requests')} href={at('/audit')} />
      {ended ? (
        <Action icon={Trash2} label={t('delete')} href={at('/delete')} whyNot={readOnly} variant="danger" />
      ) : (
        <>
          <Action icon={Pencil} label={t('edit')} href={at('/edit')} whyNot={readOnly} />
          <Action
            icon={RefreshCw}
            label={t('rotate')}
            href={{ pathname: '/keys/rotate', query: { key: row.id } }}
            whyNot={readOnly}
          />
          <Action icon={Siren} label={t('handle-leak')} href={at('/leaked')} whyNot={readOnly} />
          <Action icon={Ban} label={t('revoke')} href={at('/revoke')} whyNot={readOnly ?? whyNot} variant="danger" />
        </>
      )}
    </>
  );
}

type ActionProps = ButtonLook & { icon: LucideIcon; label: string; href: UrlObject; whyNot?: string | null };

function Action({ icon: Icon, label, href, whyNot, variant }: ActionProps) {
  const inside = (
    <>
      <Icon aria-hidden className="size-4" />
      {label}
    </>
  );
  return whyNot ? (
    <GuardedButton reason={whyNot}>{inside}</GuardedButton>
  ) : (
    <Link href={href} className={buttonClass({ variant })}>
      {inside}
    </Link>
  );
}
