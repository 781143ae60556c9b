import { translations } from '#lib/i18n/server.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';

/** The values before the change and the confirmed effects, as recorded; an undo works from them. */
export async function EntryBefore({ entry }: { entry: Entry }) {
  const t = await translations('activity');
  const parts = [
    ['agreed', entry.body.plan.effects],
    ['before', entry.body.before],
  ] as const;
  return (
    <div className="col-span-full grid grid-cols-[minmax(0,1fr)] gap-4">
      {parts.map(([name, value]) =>
        value === null ? null : (
          <details key={name} className="rounded border bg-surface">
            <summary className="flex min-h-11 items-center px-4">{t(name)}</summary>
            <pre tabIndex={0} aria-label={t(name)} className="max-h-96 overflow-auto border-t p-4 font-mono text-xs">
              {JSON.stringify(value, null, 2)}
            </pre>
          </details>
        ),
      )}
    </div>
  );
}
