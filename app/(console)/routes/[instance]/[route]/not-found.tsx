import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/path.ts';
import { requestPath } from '#lib/session/request-path.ts';

export default async function RouteNotFound() {
  const [t, path] = await Promise.all([translations('route'), requestPath()]);
  const [, , instance, route] = path.split(/[/?]/);
  const bad = idOf(instance) === null || idOf(route) === null;
  return (
    <ListState
      page
      icon={SearchX}
      title={t(bad ? 'bad-id' : 'not-found')}
      actions={
        <Link href="/routes" prefetch={false} className={buttonClass({})}>
          {t('all-routes')}
        </Link>
      }
    >
      {t(bad ? 'bad-id-help' : 'not-found-help')}
    </ListState>
  );
}
