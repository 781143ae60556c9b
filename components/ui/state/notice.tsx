import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const TONES = {
  info: { icon: Info, box: 'bg-info-soft border-info/30', ink: 'text-info' },
  good: { icon: CircleCheck, box: 'bg-good-soft border-good/30', ink: 'text-good' },
  warn: { icon: TriangleAlert, box: 'bg-warn-soft border-warn/30', ink: 'text-warn' },
  danger: { icon: CircleAlert, box: 'bg-danger-soft border-danger/30', ink: 'text-danger' },
} as const;

type Props = {
  tone: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  role?: 'alert' | 'status';
  className?: string;
};

/** A boxed message that stays: an icon and words, never colour alone. */
export function Notice({ tone, title, children, actions, role, className = '' }: Props) {
  const { icon: Icon, box, ink } = TONES[tone];
  return (
    <div role={role} className={`flex gap-3 rounded border p-3 ${box} ${className}`}>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <div className="min-w-0 grow">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className={title ? 'mt-1' : ''}>{children}</div> : null}
        {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
