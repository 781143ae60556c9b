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
  return (
    <div role={role} className="flex flex-col items-center gap-2 px-4 py-14 text-center in-data-card:py-6">
      <Icon aria-hidden className="size-6 text-muted" />
      {page ? <h1 className="text-lg">{title}</h1> : <Title outcome={outcome}>{title}</Title>}
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
