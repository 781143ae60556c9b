import { Bot, CircleCheck, CircleHelp, CircleX, Clock, Hourglass, ShieldCheck, UserRoundKey } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { translations } from '#lib/i18n/server.ts';
import { daysUntil } from '#lib/keys/list/list.ts';
import type { KeyKind, KeyRow } from '#lib/keys/list/row.ts';

const STATUSES = {
  active: { tone: 'good', icon: CircleCheck },
  expires_soon: { tone: 'warn', icon: Hourglass },
  expired: { tone: 'plain', icon: Clock },
  revoked: { tone: 'danger', icon: CircleX },
  unknown: { tone: 'unknown', icon: CircleHelp },
} as const;

/** What a key is now, as this console reckons it; one that ends soon says in how many days. */
export async function StatusBadge({ row, now }: { row: Pick<KeyRow, 'status' | 'expiresAt'>; now: number }) {
  const t = await translations('keys');
  const { tone, icon: Icon } = STATUSES[row.status];
  const days = row.status === 'expires_soon' && row.expiresAt ? daysUntil(row.expiresAt, now) : 0;
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`statuses.${row.status}`, { days })}
    </Badge>
  );
}

const KINDS = {
  own: { tone: 'accent', icon: UserRoundKey },
  primary: { tone: 'info', icon: ShieldCheck },
  agent: { tone: 'plain', icon: Bot },
} as const;

/** Who a key is for, where that rules what can be done with it. */
export async function KindBadges({ kinds }: { kinds: readonly KeyKind[] }) {
  const t = await translations('keys');
  return kinds.map((kind) => {
    const { tone, icon: Icon } = KINDS[kind];
    return (
      <Badge key={kind} tone={tone} icon={<Icon aria-hidden />}>
        {t(`kinds.${kind}`)}
      </Badge>
    );
  });
}
