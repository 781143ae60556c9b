'use client';

import { useTranslations } from 'use-intl/react';
import type { CompareSide } from '#lib/persons/record/compared-record.ts';

const ROW = 36;
const WIDTH = 540;
const NODE = 160;
const DOT = 272;

type Who = 'stays' | 'goes';
type Row = CompareSide['identities'][number] & { from: Who };
type Names = Record<Who, string>;

/** The pictures of a merge, before and after: whose identities are where. Their words are beside them for who cannot see them. */
export function IdentityMap({ stays, goes }: { stays: CompareSide; goes: CompareSide }) {
  const t = useTranslations('merge');
  const rows: Row[] = [
    ...stays.identities.map((identity) => ({ ...identity, from: 'stays' as const })),
    ...goes.identities.map((identity) => ({ ...identity, from: 'goes' as const })),
  ];
  const names = { stays: stays.name ?? t('no-name'), goes: goes.name ?? t('no-name') };
  const counts = { staysCount: stays.identities.length, goesCount: goes.identities.length };
  return (
    <figure className="rounded border bg-surface p-4">
      <figcaption className="mb-3 text-sm text-muted">{t('map-words', { ...names, ...counts })}</figcaption>
      <div className="grid gap-4 max-sm:hidden lg:grid-cols-2">
        <Picture
          title={t('map-before')}
          label={t('map-before-words', { ...names, ...counts })}
          rows={rows}
          names={names}
          ownerOf={({ from }) => from}
        />
        <Picture
          title={t('map-after')}
          label={t('map-after-words', { ...names, count: rows.length })}
          rows={rows}
          names={names}
          ownerOf={() => 'stays'}
        />
      </div>
      <ul className="space-y-1 sm:hidden">
        {rows.map((row) => (
          <li key={row.id} className="flex gap-2 text-sm">
            <span className={`shrink-0 ${row.from === 'goes' ? 'text-removed' : 'text-kept'}`}>{t(row.from)}</span>
            <span className="min-w-0 break-all">{`${row.channel} · ${row.handle}`}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

type PictureProps = { title: string; label: string; rows: Row[]; names: Names; ownerOf: (row: Row) => Who };

/** Two people on the left, their identities on the right, a line from whose each one is. Who has none is drawn as gone. */
function Picture({ title, label, rows, names, ownerOf }: PictureProps) {
  const height = Math.max(rows.length, 2) * ROW + 16;
  const count = (who: Who) => Math.max(rows.filter(({ from }) => from === who).length, 1);
  const at = { stays: (count('stays') * ROW) / 2 + 8, goes: height - (count('goes') * ROW) / 2 - 8 };
  const gone = rows.every((row) => ownerOf(row) !== 'goes');
  return (
    <div className="min-w-0">
      <p aria-hidden className="mb-1 text-xs font-semibold text-muted">
        {title}
      </p>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label} className="w-full max-w-xl">
        <Node y={at.stays} who="stays" text={names.stays} />
        <g opacity={gone ? 0.4 : 1}>
          <Node y={at.goes} who="goes" text={names.goes} dashed={gone} />
        </g>
        {rows.map((row, index) => {
          const y = index * ROW + ROW / 2 + 8;
          const owner = ownerOf(row);
          const moved = owner !== row.from;
          return (
            <g key={row.id}>
              <path d={curve(at[owner], y)} fill="none" stroke={`var(--${owner})`} strokeWidth={moved ? 2 : 1.5} />
              <circle cx={DOT} cy={y} r={4} fill={moved ? 'var(--accent-text)' : `var(--${owner})`} />
              <text x={DOT + 12} y={y + 4} fontSize="13" fill="var(--text)">
                {`${row.channel} · ${middle(row.handle)}`}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function Node({ y, who, text, dashed = false }: { y: number; who: Who; text: string; dashed?: boolean }) {
  return (
    <>
      <rect
        x={8}
        y={y - 16}
        width={NODE}
        height={32}
        rx={6}
        fill={`var(--${who}-soft)`}
        stroke={`var(--${who})`}
        strokeDasharray={dashed ? '4 3' : undefined}
      />
      <text x={20} y={y + 5} fontSize="13" fontWeight="500" fill="var(--text)">
        {text.length > 19 ? `${text.slice(0, 18)}…` : text}
      </text>
    </>
  );
}

function curve(from: number, to: number): string {
  const [start, end] = [NODE + 8, DOT - 4];
  const middleX = (start + end) / 2;
  return `M ${start} ${from} C ${middleX} ${from}, ${middleX} ${to}, ${end} ${to}`;
}

function middle(handle: string): string {
  return handle.length > 24 ? `${handle.slice(0, 14)}…${handle.slice(-7)}` : handle;
}
