'use client';

import { useTranslations } from 'use-intl/react';
import { calledAmong } from '#lib/persons/record/called.ts';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';

const ROW = 36;
const WIDTH = 540;
const NODE = 160;
const DOT = 272;

type Who = 'survivor' | 'duplicate';

/** The colour token of each. */
const TONE = { survivor: 'kept', duplicate: 'removed' } as const;

type Row = ComparedRecord['identities'][number] & { from: Who };
type Names = Record<Who, string>;

/** A picture of a merge: who had which identities, and that the kept record has them all. The caption says the same in words. */
export function IdentityMap({ survivor, duplicate }: { survivor: ComparedRecord; duplicate: ComparedRecord }) {
  const t = useTranslations('merge');
  const rows: Row[] = [
    ...survivor.identities.map((identity) => ({ ...identity, from: 'survivor' as const })),
    ...duplicate.identities.map((identity) => ({ ...identity, from: 'duplicate' as const })),
  ];
  const [both, none] = [[survivor, duplicate], t('no-name')];
  const names = { survivor: calledAmong(survivor, both, none), duplicate: calledAmong(duplicate, both, none) };
  const counts = { survivorCount: survivor.identities.length, duplicateCount: duplicate.identities.length };
  return (
    <figure className="rounded border bg-surface p-4">
      <figcaption className="mb-3">
        <span className="block font-semibold">{t('map-after')}</span>
        <span className="text-sm text-muted">{t('map-words', { ...names, ...counts })}</span>
      </figcaption>
      <div className="max-sm:hidden">
        <Picture label={t('map-after-words', { ...names, count: rows.length })} rows={rows} names={names} />
      </div>
      <ul className="space-y-1 sm:hidden">
        {rows.map((row) => (
          <li key={row.id} className="flex gap-2 text-sm">
            <span className={`shrink-0 ${row.from === 'duplicate' ? 'text-removed' : 'text-kept'}`}>{t(row.from)}</span>
            <span className="min-w-0 break-all">{`${row.channel} · ${row.handle}`}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

type PictureProps = { label: string; rows: Row[]; names: Names };

/** Two people on the left, their identities on the right, a line from each identity to who has it. Who has none is dashed. */
function Picture({ label, rows, names }: PictureProps) {
  const height = Math.max(rows.length, 2) * ROW + 16;
  const count = (who: Who) => Math.max(rows.filter(({ from }) => from === who).length, 1);
  const at = { survivor: (count('survivor') * ROW) / 2 + 8, duplicate: height - (count('duplicate') * ROW) / 2 - 8 };
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label} className="w-full max-w-xl">
      <Node y={at.survivor} who="survivor" text={names.survivor} />
      <g opacity={0.4}>
        <Node y={at.duplicate} who="duplicate" text={names.duplicate} dashed />
      </g>
      {rows.map((row, index) => {
        const y = index * ROW + ROW / 2 + 8;
        const moved = row.from === 'duplicate';
        return (
          <g key={row.id}>
            <path
              d={curve(at.survivor, y)}
              fill="none"
              stroke={`var(--${TONE.survivor})`}
              strokeWidth={moved ? 2 : 1.5}
            />
            <circle cx={DOT} cy={y} r={4} fill={moved ? 'var(--accent-text)' : `var(--${TONE.survivor})`} />
            <text x={DOT + 12} y={y + 4} fontSize="13" fill="var(--text)">
              {`${row.channel} · ${middle(row.handle)}`}
            </text>
          </g>
        );
      })}
    </svg>
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
        fill={`var(--${TONE[who]}-soft)`}
        stroke={`var(--${TONE[who]})`}
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
