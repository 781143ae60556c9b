import { Hammer } from 'lucide-react';
import { ListState } from '#components/ui/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';

/** A room that is announced in the navigation and says honestly that it is not there yet. */
export async function NotBuilt({ room }: { room: 'routes' }) {
  const [t, tShell] = await Promise.all([translations('not-built'), translations('shell')]);
  return (
    <>
      <PageHeader title={tShell(room)} />
      <div className="rounded border bg-surface">
        <ListState icon={Hammer} title={t('title')}>
          {t(room)}
        </ListState>
      </div>
    </>
  );
}
