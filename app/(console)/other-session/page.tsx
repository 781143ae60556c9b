import { Repeat2 } from 'lucide-react';
import type { Metadata } from 'next';
import { Link } from '#components/ui/link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';
import { requireSession } from '#lib/session/request/guard.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('other-session'))('title') };
}

/** Where the link to a file leads when its page was made for another session (`proxy.ts`). */
export default async function OtherSessionPage() {
  const [{ session }, t] = await Promise.all([requireSession(), translations('other-session')]);
  return (
    <ListState
      page
      icon={Repeat2}
      title={t('title')}
      actions={
        <Link href="/" className={buttonClass({ variant: 'primary' })}>
          {t('continue', { server: session.server.name })}
        </Link>
      }
    >
      {t('help', { is: `${session.yourName ?? session.keyName} @ ${session.server.name}` })}
    </ListState>
  );
}
