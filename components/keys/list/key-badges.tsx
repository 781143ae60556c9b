import { Bot, CircleCheck, CircleHelp, CircleX, Clock, Hourglass, ShieldCheck, UserRoundKey } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { formatter, requestIntl, translations } from '#lib/i18n/server.ts';
import { daysUntil } from '#lib/keys/list/list.ts';
import type { KeyKind, ListedKey } from '#lib/keys/list/listed-key.ts';

const STATUSES = {
  active: { tone: 'good', icon: CircleCheck },
  expires_soon: { tone: 'warn', icon: Hourglass },
  expired: { tone: 'plain', icon: Clock },
  revoked: { tone: 'danger', icon: CircleX },
  unknown: { tone: 'unknown', icon: CircleHelp },
} as const;

/** A key's status by its date; one that expires soon says when. */
export async function StatusBadge({ row, now }: { row: Pick<ListedKey, 'status' | 'expiresAt'>; now: number }) {
  const [t, format, { timeZone }] = await Promise.all([translations('keys'), formatter(), requestIntl()]);
  const { tone, icon: Icon } = STATUSES[row.status];
  const soon = row.status === 'expires_soon' && row.expiresAt !== null ? row.expiresAt : null;
  const days = soon === null ? 0 : daysUntil(soon, now, timeZone);
  const time = soon === null ? '' : format.dateTime(new Date(soon), { timeStyle: 'short' });
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`statuses.${row.status}`, { days, time })}
    </Badge>
  );
}

const KINDS = {
  own: { tone: 'accent', icon: UserRoundKey },
  primary: { tone: 'info', icon: ShieldCheck },
  agent: { tone: 'plain', icon: Bot },
} as const;

/** The kinds of a key that limit what can be done with it. */
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
