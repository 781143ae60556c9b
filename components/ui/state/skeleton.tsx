import { Card } from '#components/ui/card.tsx';

type Props = { label: string };

/** Grey rows in the shape of what is coming, so that nothing jumps. `label` is what a screen reader hears of them. */
export function SkeletonRows({ rows, label }: Props & { rows: number }) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      <div aria-hidden className="divide-y">
        {Array.from({ length: rows }, (_, index) => (
          <div key={index} className="flex h-[36px] items-center gap-4 px-4 max-sm:h-[57px]">
            <div className="skeleton h-3 w-1/4" />
            <div className="skeleton h-3 w-1/5" />
            <div className="skeleton hidden h-3 w-1/6 sm:block" />
          </div>
        ))}
      </div>
    </div>
  );
}

/** A list that is coming: its box, its filter, its rows. */
export function SkeletonList({ rows, label }: Props & { rows: number }) {
  return (
    <div className="rounded border bg-surface">
      <div aria-hidden className="border-b p-2">
        <div className="skeleton h-8 w-full max-w-72" />
      </div>
      <SkeletonRows rows={rows} label={label} />
    </div>
  );
}

/** Grey lines where sentences are coming. */
export function SkeletonLines({ label }: Props) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      <div aria-hidden className="space-y-2">
        <div className="skeleton h-5 w-1/3" />
        <div className="skeleton h-4 w-2/3" />
        <div className="skeleton h-4 w-1/2" />
      </div>
    </div>
  );
}

/** A card whose content is coming: rows, or lines where no number is told. */
export function SkeletonCard({
  title,
  label,
  rows,
  plain,
}: Props & { title: string; rows?: number | undefined; plain?: boolean }) {
  return (
    <Card title={title} flush={rows !== undefined} plain={plain}>
      {rows === undefined ? <SkeletonLines label={label} /> : <SkeletonRows rows={rows} label={label} />}
    </Card>
  );
}
