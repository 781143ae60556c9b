import { anyKey } from '#lib/i18n/any-key.ts';
import { ListTools } from '#components/data-table/list-tools.tsx';
import { Button } from '#components/ui/button.tsx';
import { translations } from '#lib/i18n/server.ts';

type Params = { kind?: string; status?: string; who?: string; subject?: string; since?: string; until?: string };

const STATUSES = ['done', 'differs', 'failed', 'stopped', 'unconfirmed', 'interrupted', 'running'] as const;
const control = 'h-9 min-w-0 rounded border border-edge bg-surface px-2 text-sm';

type Props = { params: Params; operations: string[]; actors: { actor: string; who: string }[] };

/** The filters of the list: a plain GET form, so that the address is the filter and it works without JavaScript. */
export async function ActivityFilters({ params, operations, actors }: Props) {
  const t = await translations('activity');
  const name = (operation: string) => anyKey(t)(`kinds.${operation.replace('.', '-')}`) ?? operation;
  return (
    <div className="border-b p-2 lg:flex lg:items-end lg:gap-2">
      <form
        method="get"
        action="/activity"
        className="flex grow flex-wrap items-end gap-2 max-sm:grid max-sm:grid-cols-2"
      >
        <Labelled label={t('kind')}>
          <select name="kind" defaultValue={params.kind ?? ''} className={control}>
            <option value="">{t('any')}</option>
            {operations.map((operation) => (
              <option key={operation} value={operation}>
                {name(operation)}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled label={t('outcome')}>
          <select name="status" defaultValue={params.status ?? ''} className={control}>
            <option value="">{t('any')}</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {t(`statuses.${status}`)}
              </option>
            ))}
          </select>
        </Labelled>
        {actors.length > 1 ? (
          <Labelled label={t('who')}>
            <select name="who" defaultValue={params.who ?? ''} className={control}>
              <option value="">{t('everyone')}</option>
              <option value="mine">{t('mine')}</option>
              {actors.map(({ actor, who }) => (
                <option key={actor} value={actor}>
                  {who}
                </option>
              ))}
            </select>
          </Labelled>
        ) : null}
        <Labelled label={t('subject')}>
          <input
            name="subject"
            defaultValue={params.subject ?? ''}
            placeholder={t('subject-hint')}
            className={`${control} w-44 font-mono max-sm:w-full`}
          />
        </Labelled>
        <Labelled label={t('since')}>
          <input type="date" name="since" defaultValue={params.since ?? ''} className={control} />
        </Labelled>
        <Labelled label={t('until')}>
          <input type="date" name="until" defaultValue={params.until ?? ''} className={control} />
        </Labelled>
        <Button type="submit">{t('apply')}</Button>
      </form>
      <div className="flex max-lg:pt-2">
        <ListTools views="activity" />
      </div>
    </div>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <label className="grid min-w-0 gap-0.5 text-xs text-muted">
      {label}
      {children}
    </label>
  );
}
