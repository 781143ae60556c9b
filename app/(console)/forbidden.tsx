import { MayNot } from '#components/session/request/forbidden-page.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { readSession } from '#lib/session/request/guard.ts';

/** It is sent with every page, before anybody knows whether it is needed, and stays while one goes from page to page. */
export default async function Forbidden() {
  const current = await readSession();
  return (
    <WithMessages of={['may-not']}>
      <MayNot scopes={'session' in current ? current.session.scopes : null} />
    </WithMessages>
  );
}
