type Props = {
  /** The whole content in words, for screen readers. */
  label: string;
  /** Two or more. */
  points: readonly { at: number; value: number }[];
  /** The top of the plot, where it is known (100 %). */
  top?: number;
};

const WIDTH = 240;
const HEIGHT = 56;
const EDGE = 3;

/** A small line over time, from its lowest to its highest value, drawn with attributes alone. */
export function Plot({ label, points, top }: Props) {
  const first = points[0]?.at ?? 0;
  const span = Math.max(1, (points.at(-1)?.at ?? 0) - first);
  const values = points.map(({ value }) => value);
  const low = top === undefined ? Math.min(...values) : 0;
  const range = Math.max(1, (top ?? Math.max(...values)) - low);
  const line = points
    .map(({ at, value }) => {
      const x = EDGE + ((at - first) / span) * (WIDTH - 2 * EDGE);
      const y = HEIGHT - EDGE - ((value - low) / range) * (HEIGHT - 2 * EDGE);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
  const [x, y] = line.split(' ').at(-1)?.split(',') ?? [];
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-14 w-full text-accent-text"
    >
      <line
        x1="0"
        x2={WIDTH}
        y1={HEIGHT - 1}
        y2={HEIGHT - 1}
        className="stroke-line"
        vectorEffect="non-scaling-stroke"
      />
      <polygon points={`${EDGE},${HEIGHT - 1} ${line} ${x},${HEIGHT - 1}`} fill="currentColor" opacity="0.12" />
      <polyline
        points={line}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
      {x && y ? (
        <path
          d={`M${x} ${y}h0.01`}
          stroke="currentColor"
          strokeWidth="6"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      ) : null}
    </svg>
  );
}
