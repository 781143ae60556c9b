import { CircleAlert, KeyRound, LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OmniError } from '#lib/omni/errors.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { translations } from '#lib/i18n/server.ts';
import { buttonClass } from './button.tsx';
import { ListState } from './list-state.tsx';

type Props = { error: OmniError; retryHref?: string; actions?: ReactNode };

/** An error of Omni's where its answer would stand: what is wrong, what to do, a reference both logs carry. */
export async function Problem({ error, retryHref, actions }: Props) {
  const [t, tUi] = await Promise.all([translations('problems'), translations('ui')]);
  const { code, values } = problemOf(error);
  const known = t.has(`${code}.title` as never) ? code : 'unexpected';
  const signInAgain = error.kind === 'unauthorized';
  const icon = error.kind === 'forbidden' ? LockKeyhole : signInAgain ? KeyRound : CircleAlert;
  return (
    <ListState
      icon={icon}
      role="alert"
      title={t(`${known}.title` as never, values as never)}
      actions={
        <>
          {signInAgain ? (
            <a href="/login?reason=key_dead" className={buttonClass({ variant: 'primary' })}>
              {tUi('sign-in-again')}
            </a>
          ) : null}
          {retryHref && !signInAgain && error.kind !== 'forbidden' ? (
            <a href={retryHref} className={buttonClass({})}>
              {tUi('retry')}
            </a>
          ) : null}
          {actions}
        </>
      }
    >
      <p>{t(`${known}.help` as never, values as never)}</p>
      <p className="mt-2 font-mono text-xs">{tUi('reference', { id: error.requestId })}</p>
    </ListState>
  );
}
