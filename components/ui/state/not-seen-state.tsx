import { CircleAlert, LockKeyhole } from 'lucide-react';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';
import { notSeenValues, type NotSeen } from '#lib/omni/seen.ts';
import { requestPath } from '#lib/session/request/request-path.ts';
import { Retry } from './retry.tsx';

type Props = { part: 'access-rules' | 'instance'; seen: NotSeen };

/** In place of a list that could not be read: a missing permission with its request, or a failure with another try. */
export async function NotSeenState({ part, seen }: Props) {
  const [t, tUi, here] = await Promise.all([translations('seen'), translations('ui'), requestPath()]);
  return (
    <ListState
      icon={seen.is === 'forbidden' ? LockKeyhole : CircleAlert}
      role="alert"
      title={t('sentence', { ...notSeenValues(seen), what: t(`parts.${part}`) })}
      actions={
        seen.is === 'forbidden' ? (
          <CopyRequest scope={seen.scope} />
        ) : seen.is === 'failed' ? (
          <Retry href={here} label={tUi('retry')} busyLabel={tUi('retrying')} />
        ) : null
      }
    />
  );
}
