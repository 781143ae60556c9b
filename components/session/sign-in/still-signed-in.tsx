'use client';

import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';

type Props = {
  servers: { id: string; name: string }[];
  switchTo: (input: { serverId: string }) => Promise<ActionResult<{ to: string }>>;
};

/** Buttons for the servers this browser is still signed in to; none is opened by itself. */
export function StillSignedIn({ servers, switchTo }: Props) {
  const t = useTranslations('login');
  if (servers.length === 0) return null;
  async function go(serverId: string) {
    const result = await switchTo({ serverId }).catch(() => null);
    if (result?.ok) location.assign(result.data.to);
  }
  return (
    <ul className="space-y-2">
      {servers.map(({ id, name }) => (
        <li key={id}>
          <Button className="w-full" onClick={() => void go(id)}>
            {t('still', { server: name })}
          </Button>
        </li>
      ))}
    </ul>
  );
}
