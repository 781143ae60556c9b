'use client';

import { useTranslations } from 'use-intl/react';
import type { CompareSide } from '#lib/persons/merge-sides.ts';

const ROW = 36;
const WIDTH = 640;

/** The picture of a merge: whose identities are where, and where they end up. Its words are beside it for who cannot see it. */
export function IdentityMap({ stays, goes, joined }: { stays: CompareSide; goes: CompareSide; joined: boolean }) {
  const t = useTranslations('merge');
  const rows = [
    ...stays.identities.map((identity) => ({ ...identity, from: 'stays' as const })),
    ...goes.identities.map((identity) => ({ ...identity, from: 'goes' as const })),
  ];
  const height = Math.max(rows.length, 2) * ROW + 16;
  const staysY = (Math.max(stays.identities.length, 1) * ROW) / 2 + 8;
  const goesY = height - (Math.max(goes.identities.length, 1) * ROW) / 2 - 8;
  const words = t('map-words', {
    stays: stays.name ?? t('no-name'),
    goes: goes.name ?? t('no-name'),
    staysCount: stays.identities.length,
    goesCount: goes.identities.length,
  });
  return (
    <figure className="rounded border bg-surface p-4">
      <figcaption className="mb-2 text-sm text-muted">{words}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={words} className="w-full max-w-2xl max-sm:hidden">
        <Node x={8} y={staysY} ink="var(--stays)" fill="var(--stays-soft)" text={stays.name ?? t('no-name')} />
        <g opacity={joined ? 0.35 : 1}>
          <Node x={8} y={goesY} ink="var(--goes)" fill="var(--goes-soft)" text={goes.name ?? t('no-name')} dashed />
        </g>
        {rows.map((row, index) => {
          const y = index * ROW + ROW / 2 + 8;
          const moves = row.from === 'goes';
          return (
            <g key={row.id}>
              {moves && !joined ? (
                <path d={curve(goesY, y)} fill="none" stroke="var(--goes)" strokeDasharray="3 4" />
              ) : null}
              <path d={curve(staysY, y)} fill="none" stroke="var(--stays)" strokeWidth={moves ? 2 : 1.5} />
              <circle cx={352} cy={y} r={4} fill={moves ? 'var(--accent-text)' : 'var(--stays)'} />
              <text x={366} y={y + 4} fontSize="13" fill="var(--text)">
                {`${row.channel} · ${middle(row.handle)}`}
              </text>
            </g>
          );
        })}
      </svg>
      <ul className="space-y-1 sm:hidden">
        {rows.map((row) => (
          <li key={row.id} className="flex gap-2 text-sm">
            <span className={`shrink-0 ${row.from === 'goes' ? 'text-goes' : 'text-stays'}`}>{t(row.from)}</span>
            <span className="min-w-0 break-all">{`${row.channel} · ${row.handle}`}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

function Node({
  x,
  y,
  ink,
  fill,
  text,
  dashed = false,
}: {
  x: number;
  y: number;
  ink: string;
  fill: string;
  text: string;
  dashed?: boolean;
}) {
  return (
    <>
      <rect
        x={x}
        y={y - 16}
        width={180}
        height={32}
        rx={6}
        fill={fill}
        stroke={ink}
        strokeDasharray={dashed ? '4 3' : undefined}
      />
      <text x={x + 12} y={y + 5} fontSize="13" fontWeight="500" fill="var(--text)">
        {text.length > 22 ? `${text.slice(0, 21)}…` : text}
      </text>
    </>
  );
}

function curve(from: number, to: number): string {
  return `M 188 ${from} C 270 ${from}, 270 ${to}, 348 ${to}`;
}

function middle(handle: string): string {
  return handle.length > 30 ? `${handle.slice(0, 18)}…${handle.slice(-8)}` : handle;
}
