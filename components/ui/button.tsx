import type { ComponentProps } from 'react';

const VARIANTS = {
  primary: 'bg-accent text-accent-on hover:bg-accent-hover border border-transparent',
  secondary: 'bg-surface text-text hover:bg-hover border border-edge/50',
  ghost: 'text-text hover:bg-hover border border-transparent',
  danger: 'bg-danger-solid text-danger-on hover:bg-danger-hover border border-transparent',
} as const;

const SIZES = { sm: 'h-7 px-2 text-sm gap-1', md: 'h-9 px-3 gap-2', icon: 'size-8 justify-center' } as const;

export type ButtonLook = { variant?: keyof typeof VARIANTS; size?: keyof typeof SIZES };

/** The classes of a button, for links that look like one. */
export function buttonClass({ variant = 'secondary', size = 'md' }: ButtonLook, more = ''): string {
  return `inline-flex shrink-0 items-center justify-center rounded font-medium whitespace-nowrap transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 ${VARIANTS[variant]} ${SIZES[size]} ${more}`;
}

export function Button({ variant, size, className, type = 'button', ...rest }: ButtonLook & ComponentProps<'button'>) {
  return <button type={type} className={buttonClass({ variant, size }, className)} {...rest} />;
}
