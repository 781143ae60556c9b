import { SkeletonRows } from '#components/ui/state/skeleton.tsx';

/** The columns of the queue: its lines at the left, the open pair at the right. */
export const QUEUE_COLUMNS =
  'grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_26rem] xl:grid-cols-[minmax(0,1fr)_33rem]';

/** The queue while it is coming, in its own shape. */
export function QueueSkeleton({ label }: { label: string }) {
  return (
    <div className={QUEUE_COLUMNS}>
      <div className="min-w-0 lg:border-r">
        <SkeletonRows rows={18} label={label} />
      </div>
      <div aria-hidden className="space-y-6 p-4 max-lg:hidden">
        <div className="grid grid-cols-3 gap-x-3">
          <div className="skeleton h-10 w-2/3" />
          <div className="skeleton h-10" />
          <div className="skeleton h-10" />
        </div>
        <div className="space-y-3">
          {[0, 1, 2, 3].map((row) => (
            <div key={row} className="grid grid-cols-3 gap-x-3">
              <div className="skeleton h-4 w-1/2" />
              <div className="skeleton h-4 w-5/6" />
              <div className="skeleton h-4 w-5/6" />
            </div>
          ))}
        </div>
        <div className="skeleton h-8 w-1/2" />
        <div className="skeleton h-24" />
        <div className="skeleton h-9" />
      </div>
    </div>
  );
}
