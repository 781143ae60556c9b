'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Middle } from '#components/data-table/rows/middle.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Link } from '#components/ui/link.tsx';
import { KIND_LOOKS, STATUS_LOOKS } from './key-looks.ts';
import type { KeyRow, Moment } from './key-row.ts';

type Cell = { row: KeyRow };

/** A key's name, its part in a rotation, and the kinds that limit what can be done with it. */
export function NameCell({ row }: Cell) {
  return (
    <span className="list-main">
      <Link href={`/keys/${row.id}`} title={row.name} className="row-link">
        {row.name}
      </Link>
      <KeyTags row={row} />
    </span>
  );
}

/** What stands beside a key's name: its part in a rotation, its kinds, a status that matters. */
export function KeyTags({ row }: Cell) {
  return (
    <span className="flex max-w-[75%] flex-none gap-1 overflow-hidden empty:hidden [&>.badge]:min-w-0 [&>.badge>span]:truncate">
      {row.rotating ? <span className="text-xs text-muted">{row.rotating}</span> : null}
      {row.kinds.map(([kind, text]) => {
        const { tone, icon: Icon } = KIND_LOOKS[kind];
        return (
          <Badge key={kind} tone={tone} icon={<Icon aria-hidden />}>
            {text}
          </Badge>
        );
      })}
      {row.status === 'revoked' || row.status === 'unknown' ? <Status row={row} /> : null}
    </span>
  );
}

/** A status that stands in a badge; of a key that expires soon, when. */
function Status({ row: { status, statusText } }: Cell) {
  const { tone, icon: Icon } = STATUS_LOOKS[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {status === 'expires_soon' ? <CardHead of="expires" /> : null}
      {statusText}
    </Badge>
  );
}

/** How the key begins, by which a leaked one is found. */
export function PrefixCell({ row }: Cell) {
  return <Middle mono text={row.prefix} />;
}

/** Permissions in a line, with a mark where they reach far; all of them, and why, for whoever hears or hovers. */
export function PermissionsCell({ row: { permissions } }: Cell) {
  const { text, whole, far, unknown } = permissions;
  return (
    <span data-whole={whole}>
      {far ? <Risk /> : null}
      <span aria-hidden>
        {text}
        {unknown ? <span className="unknown ml-1 rounded-sm px-1 font-mono text-xs">{unknown}</span> : null}
      </span>
      <span className="sr-only">{whole}</span>
    </span>
  );
}

/** A mark; why it stands there is in the whole text of its cell. */
function Risk() {
  return <TriangleAlert aria-hidden className="mr-1 inline size-3.5 text-warn" />;
}

/** The instances a key reaches. */
export function InstancesCell({ row: { instances } }: Cell) {
  return <span title={instances.whole || undefined}>{instances.text}</span>;
}

/** What a time means on a card, where no head stands above it. */
function CardHead({ of }: { of: 'used' | 'expires' }) {
  const t = useTranslations('key-list');
  return <span className="rows:hidden">{t(`columns.${of}`)} </span>;
}

/** When a key was used last. */
export function UsedCell({ row: { used } }: Cell) {
  return (
    <>
      {used.at && !used.quiet ? <CardHead of="used" /> : null}
      {used.risk ? (
        <span data-whole={used.risk}>
          <Risk />
          <span className="sr-only">{used.risk}. </span>
        </span>
      ) : null}
      <span className={used.unknown ? 'unknown rounded-sm px-1 text-muted' : used.at ? '' : 'text-muted'}>
        <MomentText moment={used} />
      </span>
      {used.quiet ? <span className="text-xs text-warn"> · {used.quiet}</span> : null}
    </>
  );
}

/** When a key expires, or its status where that is what matters. */
export function ExpiresCell({ row }: Cell) {
  const t = useTranslations('key-list');
  if (row.status === 'expires_soon' || row.status === 'expired') return <Status row={row} />;
  if (row.status !== 'active') return null;
  if (row.expires.at)
    return (
      <>
        <CardHead of="expires" />
        <MomentText moment={row.expires} />
      </>
    );
  return (
    <span className="text-muted">
      <span className="cards:hidden">{t('never')}</span>
      <span className="rows:hidden">{row.expires.text}</span>
    </span>
  );
}

/** When, and by whom it was created. */
export function CreatedCell({ row: { created } }: Cell) {
  return (
    <>
      <MomentText moment={created} />
      {created.by === undefined ? null : ` · ${created.by}`}
    </>
  );
}

function MomentText({ moment: { text, at, title } }: { moment: Moment }) {
  if (!at) return text;
  return (
    <time dateTime={at} title={title} className="whitespace-nowrap">
      {text}
    </time>
  );
}
