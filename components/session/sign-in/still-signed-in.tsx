'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { callAction } from '#components/shell/calls/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import type { ActionFailure } from '#lib/actions/action-result.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';

type Props = {
  servers: { id: string; name: string }[];
  switchTo: ServerAction<{ serverId: string }, { to: string }>;
};

/** Buttons for the servers this browser is still signed in to; none is opened by itself. */
export function StillSignedIn({ servers, switchTo }: Props) {
  const t = useTranslations('login');
  const [failure, setFailure] = useState<ActionFailure>();
  if (servers.length === 0) return null;
  async function go(serverId: string) {
    const result = await callAction(switchTo, { serverId });
    if (result.ok) location.assign(result.data.to);
    else setFailure(result);
  }
  return (
    <div className="space-y-2">
      {failure ? <ProblemNotice failure={failure} /> : null}
      <ul className="space-y-2">
        {servers.map(({ id, name }) => (
          <li key={id}>
            <Button className="w-full" onClick={() => void go(id)}>
              {t('still', { server: name })}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
