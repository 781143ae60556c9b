import { CircleHelp, LockKeyhole } from 'lucide-react';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { Retry } from '#components/ui/state/retry.tsx';
import type { NotSeen } from '#lib/omni/seen.ts';
import { translations } from '#lib/i18n/server.ts';
import { requestPath } from '#lib/session/request/request-path.ts';
import { verdictText } from './server-verdict-text.ts';
import type { SeenPart } from './verdict-text.ts';

type Props = {
  part: SeenPart;
  seen: NotSeen;
  /** It stands in a part without a frame. */
  plain?: boolean;
};

/** One line in place of something that was not seen: which permission it needs and a request for it, or that it failed and a retry. */
export async function NotSeenLine({ part, seen, plain = false }: Props) {
  const [texts, tUi, here] = await Promise.all([verdictText(), translations('ui'), requestPath()]);
  const Icon = seen.is === 'forbidden' ? LockKeyhole : CircleHelp;
  return (
    <div className={`flex flex-wrap items-center gap-x-3 gap-y-2 ${plain ? 'py-1' : 'px-4 py-3'}`}>
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="min-w-0 grow text-muted">{texts.notSeen(part, seen)}</span>
      {seen.is === 'forbidden' ? <CopyRequest scope={seen.scope} /> : null}
      {seen.is === 'failed' ? <Retry href={here} label={tUi('retry')} busyLabel={tUi('retrying')} /> : null}
    </div>
  );
}
