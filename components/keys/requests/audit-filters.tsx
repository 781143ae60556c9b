import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { ListTools } from '#components/data-table/list-tools.tsx';
import { requestZone, translations } from '#lib/i18n/server.ts';
import { HIDEABLE } from '#lib/views/hidden-columns.ts';
import { hiddenColumns } from '#lib/views/of-request.ts';

export type AuditFilterValues = {
  status?: number | undefined;
  path?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  method?: string | undefined;
  ip?: string | undefined;
};

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'];
const control = 'h-9 w-full min-w-0 rounded border border-edge bg-surface px-2 text-sm';

type Props = { keyId: string; params: AuditFilterValues };

/** Filters the requests: by what Omni filters itself, and by what is searched in the loaded ones. */
export async function AuditFilters({ keyId, params }: Props) {
  const [t, hidden, zone] = await Promise.all([translations('key-audit'), hiddenColumns('key-audit'), requestZone()]);
  const columns = HIDEABLE['key-audit'].map((id) => ({ id, label: t(id === 'ip' ? 'col-ip' : id) }));
  const filtered = Object.values(params).some((value) => value !== undefined);
  return (
    <div className="border-b">
      <div className="flex px-2 pt-2">
        <ListTools views="key-audit" columns={{ room: 'key-audit', columns, hidden }} />
      </div>
      <form method="get" action={`/keys/${keyId}/audit`} className="grid gap-3 p-3 pt-1 lg:grid-cols-[3fr_2fr_auto]">
        <Group legend={`${t('by-omni')} · ${zone}`}>
          <Labelled label={t('path')} className="grow basis-40">
            <input name="path" defaultValue={params.path} maxLength={200} placeholder="/persons" className={control} />
          </Labelled>
          <Labelled label={t('status')} className="w-20">
            <input
              name="status"
              inputMode="numeric"
              pattern="[1-5][0-9][0-9]"
              defaultValue={params.status}
              placeholder="403"
              className={control}
            />
          </Labelled>
          <Labelled label={t('since')} className="basis-44">
            <input type="datetime-local" name="since" defaultValue={params.since} className={control} />
          </Labelled>
          <Labelled label={t('until')} className="basis-44">
            <input type="datetime-local" name="until" defaultValue={params.until} className={control} />
          </Labelled>
        </Group>
        <Group legend={t('by-console')}>
          <Labelled label={t('method')} className="basis-24">
            <select name="method" defaultValue={params.method ?? ''} className={control}>
              <option value="">{t('any')}</option>
              {METHODS.map((method) => (
                <option key={method}>{method}</option>
              ))}
            </select>
          </Labelled>
          <Labelled label={t('ip')} className="grow basis-32">
            <input name="ip" defaultValue={params.ip} maxLength={45} placeholder="203.0.113" className={control} />
          </Labelled>
        </Group>
        <div className="flex items-end gap-2 pb-px">
          <Button type="submit">{t('apply')}</Button>
          {filtered ? (
            <Link prefetch={false} href={`/keys/${keyId}/audit`} className={buttonClass({ variant: 'ghost' })}>
              {t('clear')}
            </Link>
          ) : null}
        </div>
      </form>
    </div>
  );
}

function Group({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-muted">{legend}</legend>
      <div className="flex flex-wrap gap-2">{children}</div>
    </fieldset>
  );
}

function Labelled({ label, className, children }: { label: string; className: string; children: ReactNode }) {
  return (
    <label className={`grid min-w-0 gap-1 text-sm ${className}`}>
      <span>{label}</span>
      {children}
    </label>
  );
}
