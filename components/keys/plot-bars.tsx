'use client';

// In the browser's bundle, since an SVG that the server sends in pieces comes in a box with a style, which the CSP forbids.

const HEIGHT = 100;
const KINDS = ['done', 'refused', 'failed'] as const;
const FILLS = { done: 'fill-accent', refused: 'fill-warn', failed: 'fill-danger' } as const;

export type LabelledBar = { at: number; label: string } & Record<(typeof KINDS)[number], number>;

type TimeProps = { label: string; bars: LabelledBar[]; highest: number };

/** Bars over time, each stacked by what became of its calls. */
export function TimeBars({ label, bars, highest }: TimeProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(bars.length, 12)} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-36 w-full border-b border-edge"
    >
      {bars.map((bar, index) => (
        <g key={bar.at}>
          <title>{bar.label}</title>
          <rect x={index} width="1" height={HEIGHT} className="fill-transparent" />
          {stacked(bar, highest).map(({ kind, y, height }) => (
            <rect key={kind} x={index + 0.1} y={y} width="0.8" height={height} className={FILLS[kind]} />
          ))}
        </g>
      ))}
    </svg>
  );
}

/** The parts of a bar from the bottom up; every part that counts something can be seen. */
function stacked(bar: LabelledBar, highest: number) {
  let y = HEIGHT;
  return KINDS.flatMap((kind) => {
    if (bar[kind] === 0) return [];
    const height = Math.max((bar[kind] / highest) * HEIGHT, 1.5);
    y -= height;
    return [{ kind, y: Math.max(y, 0), height }];
  });
}

/** A share of a whole (0 to 1) as a line. */
export function ShareBar({ share }: { share: number }) {
  return (
    <svg aria-hidden viewBox="0 0 100 1" preserveAspectRatio="none" className="col-span-2 h-1.5 w-full rounded-full">
      <rect width="100" height="1" className="fill-inset" />
      <rect width={share * 100} height="1" className="fill-accent" />
    </svg>
  );
}

/** The colour of a kind, beside its word. */
export function Swatch({ kind }: { kind: (typeof KINDS)[number] }) {
  return (
    <svg aria-hidden viewBox="0 0 8 8" className={`size-2.5 ${FILLS[kind]}`}>
      <rect width="8" height="8" rx="1" />
    </svg>
  );
}
