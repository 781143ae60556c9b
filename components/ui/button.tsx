import type { ComponentProps } from 'react';

/** Each look is one class of `app/styles/kit.css`. */
export type ButtonLook = { variant?: 'primary' | 'secondary' | 'ghost' | 'danger'; size?: 'sm' | 'md' | 'icon' };

/** The classes of a button, for links that look like one. */
export function buttonClass({ variant = 'secondary', size = 'md' }: ButtonLook, more = ''): string {
  return `button button-${variant} button-${size}${more && ` ${more}`}`;
}

export function Button({ variant, size, className, type = 'button', ...rest }: ButtonLook & ComponentProps<'button'>) {
  return <button type={type} className={buttonClass({ variant, size }, className)} {...rest} />;
}
