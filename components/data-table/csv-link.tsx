import { Download } from 'lucide-react';
import { buttonClass } from '#components/ui/button.tsx';
import { FileLink } from '#components/ui/file-link.tsx';

/** The shown list as a file. `label` names it where a page has more than one. */
export function CsvLink({ href, label }: { href: string; label?: string }) {
  return (
    <FileLink href={href} aria-label={label} title={label} className={buttonClass(label ? { size: 'sm' } : {})}>
      <Download aria-hidden className="size-4" />
      CSV
    </FileLink>
  );
}
