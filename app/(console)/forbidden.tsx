import { ForbiddenPage } from '#components/session/request/forbidden-page.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { requestTexts } from '#components/ui/state/request-texts.ts';
import { translations } from '#lib/i18n/server.ts';
import { readSession } from '#lib/session/request/guard.ts';

/** Next sends it with every page, before it is known whether it is needed, and keeps it during client navigation. */
export default async function Forbidden() {
  const [current, t] = await Promise.all([readSession(), translations('problems')]);
  return (
    <WithMessages of={['forbidden']}>
      <ForbiddenPage scopes={'session' in current ? current.session.scopes : null} request={requestTexts(() => t)} />
    </WithMessages>
  );
}
