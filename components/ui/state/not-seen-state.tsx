import { Ban } from 'lucide-react';
import { CopyRequest } from '#components/ui/state/copy-request.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';
import { notSeenValues, type NotSeen } from '#lib/omni/seen.ts';

type Props = { part: 'access-rules' | 'instance'; seen: NotSeen };

/** In place of a list that could not be read: a missing permission with its request, or a failure. */
export async function NotSeenState({ part, seen }: Props) {
  const t = await translations('seen');
  return (
    <ListState
      icon={Ban}
      role="alert"
      title={t('sentence', { ...notSeenValues(seen), what: t(`parts.${part}`) })}
      actions={seen.is === 'forbidden' ? <CopyRequest scope={seen.scope} /> : null}
    />
  );
}
