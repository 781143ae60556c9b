import { ForbiddenPage } from '#components/session/request/forbidden-page.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { readSession } from '#lib/session/request/guard.ts';

/** Next sends it with every page, before it is known whether it is needed, and keeps it during client navigation. */
export default async function Forbidden() {
  const current = await readSession();
  return (
    <WithMessages of={['forbidden']}>
      <ForbiddenPage scopes={'session' in current ? current.session.scopes : null} />
    </WithMessages>
  );
}
