'use client';

// In the browser's bundle, since an SVG that the server sends in pieces comes in a box with a style, which the CSP forbids.

import { useId } from 'react';

const HEIGHT = 100;
const KINDS = ['done', 'refused', 'failed'] as const;
type Kind = (typeof KINDS)[number];
const FILLS = { done: 'fill-accent', refused: 'fill-warn', failed: 'fill-danger' } as const;

/** Between the parts of a bar, so that each stands on the ground and not on its neighbour. */
const GAP = 1;
/** A part lower than this is drawn plain: stripes could leave nothing of it. */
const STRIPED_FROM = 5;

export type LabelledBar = { at: number; label: string } & Record<Kind, number>;

type TimeProps = {
  label: string;
  bars: LabelledBar[];
  highest: number;
  /** Half as high, above a list. */
  low: boolean;
};

/** Bars over time, each stacked by the outcome of its requests: plain, striped across, striped along. */
export function TimeBars({ label, bars, highest, low }: TimeProps) {
  const id = useId();
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(bars.length, 12)} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={`w-full border-b border-edge ${low ? 'h-18' : 'h-36'}`}
    >
      <Stripes id={id} across={4} along={0.25} />
      {bars.map((bar, index) => (
        <g key={bar.at}>
          <title>{bar.label}</title>
          <rect x={index} width="1" height={HEIGHT} className="fill-transparent" />
          {stacked(bar, highest).map(({ kind, y, height }) => {
            const box = { x: index + 0.1, y, width: 0.8, height };
            return (
              <g key={kind}>
                <rect {...box} className={FILLS[kind]} />
                {kind !== 'done' && height >= STRIPED_FROM ? <rect {...box} fill={`url(#${id}${kind})`} /> : null}
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}

/** What is laid over a part: stripes in the colour of the ground, across what was refused, along what failed. */
function Stripes({ id, across, along }: { id: string; across: number; along: number }) {
  return (
    <defs>
      <pattern id={`${id}refused`} width="100" height={across} patternUnits="userSpaceOnUse">
        <rect width="100" height={across / 2.5} className="fill-surface" />
      </pattern>
      <pattern id={`${id}failed`} width={along} height="100" patternUnits="userSpaceOnUse">
        <rect width={along / 3} height="100" className="fill-surface" />
      </pattern>
    </defs>
  );
}

/** The parts of a bar from the bottom up; every part that counts something can be seen. */
function stacked(bar: LabelledBar, highest: number) {
  let y = HEIGHT;
  return KINDS.flatMap((kind) => {
    if (bar[kind] === 0) return [];
    const whole = Math.max((bar[kind] / highest) * HEIGHT, 1.5 + GAP);
    const gap = y === HEIGHT ? 0 : GAP;
    y -= whole;
    return [{ kind, y: Math.max(y, 0), height: whole - gap }];
  });
}

/** A share of a whole (0 to 1) as a line. */
export function ShareBar({ share }: { share: number }) {
  return (
    <svg aria-hidden viewBox="0 0 100 1" preserveAspectRatio="none" className="h-1.5 w-full rounded-full">
      <rect width="100" height="1" className="fill-inset" />
      <rect width={share * 100} height="1" className="fill-accent" />
    </svg>
  );
}

/** How a kind is drawn, beside its word. */
export function Swatch({ kind }: { kind: Kind }) {
  const id = useId();
  return (
    <svg aria-hidden viewBox="0 0 8 8" className={`size-2.5 ${FILLS[kind]}`}>
      <Stripes id={id} across={4} along={4} />
      <rect width="8" height="8" rx="1" />
      {kind === 'done' ? null : <rect width="8" height="8" fill={`url(#${id}${kind})`} />}
    </svg>
  );
}
