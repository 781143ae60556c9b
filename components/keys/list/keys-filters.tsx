import Link from 'next/link';
import { Search } from 'lucide-react';
import { ListTools } from '#components/data-table/list-tools.tsx';
import { Button } from '#components/ui/button.tsx';
import { inputClass } from '#components/form/field.tsx';
import { translations } from '#lib/i18n/server.ts';
import { KEY_FILTERS, USES, type KeyFilter } from '#lib/keys/list/list.ts';
import { keysQuery, type KeysParams } from '#lib/keys/list/list-params.ts';
import { HIDEABLE } from '#lib/views/hidden-columns.ts';
import { hiddenColumns } from '#lib/views/of-request.ts';

type Props = { params: KeysParams; counts: Record<KeyFilter, number> };

/** The filter of the list: statuses with their counts, then search and last use. A plain form: the address is the filter. */
export async function KeysFilters({ params, counts }: Props) {
  const [t, hidden] = await Promise.all([translations('keys'), hiddenColumns('keys')]);
  const columns = HIDEABLE.keys.map((id) => ({ id, label: t(`columns.${id}`) }));
  return (
    <div className="space-y-2 border-b p-2">
      <div className="flex flex-wrap items-start gap-1">
        <nav aria-label={t('which')} className="flex flex-wrap gap-1">
          {KEY_FILTERS.map((show) => (
            <Link
              key={show}
              prefetch={false}
              href={{ pathname: '/keys', query: keysQuery(params, { show }) }}
              aria-current={show === params.show ? 'true' : undefined}
              className="inline-flex min-h-8 items-center gap-1.5 rounded px-2.5 text-sm text-muted hover:bg-hover aria-[current]:bg-inset aria-[current]:font-medium aria-[current]:text-text"
            >
              {t(`shown.${show}`)}
              <span className="rounded-sm bg-inset px-1 text-xs">{counts[show]}</span>
            </Link>
          ))}
        </nav>
        <ListTools views="keys" columns={{ room: 'keys', columns, hidden }} />
      </div>
      <form method="get" action="/keys" className="flex flex-wrap items-center gap-2">
        {Object.entries(keysQuery(params)).map(([name, value]) =>
          name === 'q' || name === 'use' ? null : <input key={name} type="hidden" name={name} value={value} />,
        )}
        <div className="relative min-w-0 grow basis-56">
          <Search aria-hidden className="pointer-events-none absolute top-3 left-3 size-4 text-muted" />
          <input
            type="search"
            name="q"
            defaultValue={params.q}
            maxLength={200}
            aria-label={t('search')}
            placeholder={t('search-placeholder')}
            autoComplete="off"
            spellCheck={false}
            className={`${inputClass} pl-9`}
          />
        </div>
        <select
          name="use"
          defaultValue={params.use}
          aria-label={t('use')}
          className="h-10 min-w-0 rounded border border-edge bg-surface px-2 max-sm:w-full"
        >
          {USES.map((use) => (
            <option key={use} value={use}>
              {t(`uses.${use}`)}
            </option>
          ))}
        </select>
        <Button type="submit">{t('apply')}</Button>
      </form>
    </div>
  );
}
