'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { useShownQuery } from '#components/shell/calls/use-shown-query.ts';
import { FileLink } from '#components/ui/file-link.tsx';
import { menuItemClass } from '#components/ui/overlay/menu.tsx';

type Props = {
  path: string;
  /** Where there is another file than the list's own. */
  label?: string;
  /** Parameters besides the address's own. */
  query?: Readonly<Record<string, string>>;
};

/** An entry of *More*: the list as it is filtered now, which stands in the address, as a file. */
export function ExportItem({ path, label, query = {} }: Props) {
  const t = useTranslations('list-tools');
  const address = new URLSearchParams([...useShownQuery(), ...Object.entries(query)]).toString();
  return (
    <FileLink role="menuitem" href={address ? `${path}?${address}` : path} className={menuItemClass}>
      <Download aria-hidden />
      {label ?? t('export')}
    </FileLink>
  );
}
