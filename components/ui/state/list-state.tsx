import type { ComponentType, ReactNode } from 'react';

type Props = {
  /** Of `lucide-react`, or one drawn like them. */
  icon: ComponentType<{ className: string; 'aria-hidden': true }>;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  role?: 'alert' | 'status';
  /** It is the whole page, so its title is the page's heading. */
  page?: boolean;
  /** It is the outcome of a change, so it can take the focus. */
  outcome?: boolean;
};

/** The state in place of a list: empty, no match, failed or forbidden, with what to do. */
export function ListState({ icon: Icon, title, children, actions, role, page = false, outcome = false }: Props) {
  if (!page)
    return (
      <div role={role} className="flex flex-wrap items-start gap-x-6 gap-y-2 px-4 py-3">
        <div className="flex min-w-0 gap-x-3">
          <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
          <div className="min-w-0">
            <Title outcome={outcome}>{title}</Title>
            {children ? <div className="max-w-prose text-muted">{children}</div> : null}
          </div>
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    );
  return (
    <div role={role} className="flex min-h-[70dvh] flex-col items-center justify-center gap-2 px-4 py-8 text-center">
      <Icon aria-hidden className="size-8 text-muted" />
      <h1>{title}</h1>
      {children ? <div className="max-w-prose text-muted">{children}</div> : null}
      {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}

function Title({ outcome, children }: { outcome: boolean; children: ReactNode }) {
  return (
    <p className="font-medium" {...(outcome ? { tabIndex: -1, 'data-outcome': true } : {})}>
      {children}
    </p>
  );
}
