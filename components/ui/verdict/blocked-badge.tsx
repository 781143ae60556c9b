import { ShieldBan } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';

/** That somebody is blocked, always with where ("Blocked on wa-vendas"). */
export function BlockedBadge({ text }: { text: string }) {
  return (
    <Badge tone="danger" icon={<ShieldBan aria-hidden />}>
      {text}
    </Badge>
  );
}
