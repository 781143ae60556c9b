import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClass } from '#components/ui/button.tsx';
import { Menu } from './menu.tsx';

/** What is done seldom, with a page or a thing. `name`: *More*, in the reader's language. `children` have the role menuitem. */
export function MoreMenu({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Menu
      name={name}
      className={buttonClass({})}
      panelClassName="inset-auto mt-1 [position-area:bottom_span-left]"
      label={
        <>
          <span className="max-sm:sr-only">{name}</span>
          <Ellipsis aria-hidden className="size-4" />
        </>
      }
    >
      {children}
    </Menu>
  );
}
