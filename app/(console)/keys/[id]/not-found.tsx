import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/path.ts';
import { requestPath } from '#lib/session/request-path.ts';

export default async function KeyNotFound() {
  const [t, path] = await Promise.all([translations('key'), requestPath()]);
  const bad = idOf(path.split(/[/?]/)[2]) === null;
  return (
    <ListState
      page
      icon={KeyRound}
      title={t(bad ? 'bad-id' : 'not-found')}
      actions={
        <Link href="/keys" prefetch={false} className={buttonClass({})}>
          {t('back')}
        </Link>
      }
    >
      {t(bad ? 'bad-id-help' : 'not-found-help')}
    </ListState>
  );
}
