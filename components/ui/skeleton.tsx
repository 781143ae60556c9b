/** Grey rows in the shape of what is coming, so that nothing jumps. `label` is read out once. */
export function SkeletonRows({ rows, label }: { rows: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="divide-y">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-12 items-center gap-4 px-4">
          <div className="skeleton size-7 rounded-full" />
          <div className="skeleton h-3 w-1/4" />
          <div className="skeleton h-3 w-1/5" />
          <div className="skeleton hidden h-3 w-1/6 sm:block" />
        </div>
      ))}
    </div>
  );
}
