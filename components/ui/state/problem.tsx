import { CircleAlert, KeyRound, LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { problemWords } from '#lib/i18n/any-key.ts';
import { translations } from '#lib/i18n/server.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { requestPath } from '#lib/session/request/request-path.ts';
import { StoreError } from '#lib/store/store-error.ts';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from './list-state.tsx';
import { Retry } from './retry.tsx';

type Props = {
  error: OmniError | StoreError;
  /** It is all there is on the page. */
  page?: boolean;
  actions?: ReactNode;
};

/**
 * An error in place of its data: what is wrong, what to do, and the reference in both logs. *Try again* keeps the page's query; it
 * is not offered for a dead key or a missing scope.
 */
export async function Problem({ error, page = false, actions }: Props) {
  const [t, tUi, here] = await Promise.all([translations('problems'), translations('ui'), requestPath()]);
  const { code, values, kind, reference } = problemParts(error);
  const { title, help } = problemWords(t, code, values);
  const signInAgain = kind === 'unauthorized';
  const scope = !(error instanceof StoreError) && error.kind === 'forbidden' ? error.scope : undefined;
  const icon = kind === 'forbidden' ? LockKeyhole : signInAgain ? KeyRound : CircleAlert;
  return (
    <ListState
      icon={icon}
      role="alert"
      page={page}
      title={title}
      actions={
        <>
          {signInAgain ? (
            <a
              href={`/login?${new URLSearchParams({ reason: 'key_dead', next: here })}`}
              className={buttonClass({ variant: 'primary' })}
            >
              {tUi('sign-in-again')}
            </a>
          ) : kind === 'forbidden' ? null : (
            <Retry href={here} label={tUi('retry')} busyLabel={tUi('retrying')} />
          )}
          {scope ? <CopyRequest scope={scope} /> : null}
          {actions}
        </>
      }
    >
      <p>{help}</p>
      {reference ? <p className="mt-2 font-mono text-xs">{tUi('reference', { id: reference })}</p> : null}
    </ListState>
  );
}

/** The same in the frame of the list or card it replaces. */
export function FramedProblem({ error }: Pick<Props, 'error'>) {
  return (
    <div className="rounded border bg-surface">
      <Problem error={error} />
    </div>
  );
}

function problemParts(error: OmniError | StoreError) {
  if (error instanceof StoreError) return { code: error.sentenceKey, values: {}, kind: 'store', reference: undefined };
  return { ...problemOf(error), kind: error.kind, reference: error.requestId };
}
