import { Badge } from '#components/ui/badge.tsx';
import { formatter, requestIntl, translations } from '#lib/i18n/server.ts';
import { daysUntil } from '#lib/keys/list/list.ts';
import type { KeyKind, ListedKey } from '#lib/keys/list/listed-key.ts';
import { KIND_LOOKS, STATUS_LOOKS } from './key-looks.ts';

type StatusOf = Pick<ListedKey, 'status' | 'expiresAt'>;

/** Says a key's status by its date; of one that expires soon, when: `under` a head that says *Expires*, that alone. `now`: milliseconds. */
export async function statusSayer(now: number, { under = false } = {}): Promise<(row: StatusOf) => string> {
  const [t, format, { timeZone }] = await Promise.all([translations('keys'), formatter(), requestIntl()]);
  return ({ status, expiresAt }) => {
    const soon = status === 'expires_soon' ? expiresAt : null;
    const days = soon === null ? 0 : daysUntil(soon, now, timeZone);
    const time = soon === null ? '' : format.dateTime(new Date(soon), { timeStyle: 'short' });
    return under && soon !== null ? t('soon', { days, time }) : t(`statuses.${status}`, { days, time });
  };
}

/** A key's status by its date; one that expires soon says when. */
export async function StatusBadge({ row, now }: { row: StatusOf; now: number }) {
  const say = await statusSayer(now);
  const { tone, icon: Icon } = STATUS_LOOKS[row.status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {say(row)}
    </Badge>
  );
}

/** The kinds of a key that limit what can be done with it. */
export async function KindBadges({ kinds }: { kinds: readonly KeyKind[] }) {
  const t = await translations('keys');
  return kinds.map((kind) => {
    const { tone, icon: Icon } = KIND_LOOKS[kind];
    return (
      <Badge key={kind} tone={tone} icon={<Icon aria-hidden />}>
        {t(`kinds.${kind}`)}
      </Badge>
    );
  });
}
