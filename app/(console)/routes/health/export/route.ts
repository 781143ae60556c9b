import type { NextRequest } from 'next/server';
import { anyKey } from '#lib/i18n/any-key.ts';
import { healthParams } from '#app/(console)/routes/search-params.ts';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import { noFileFor } from '#lib/omni/paging/no-file.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { REASONS } from '#lib/routes/health/health.ts';
import { readHealth, checkTargets, type HealthProgress } from '#lib/routes/health/health-read.ts';
import { readNames } from '#lib/routes/list/names.ts';
import { requireSession } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { separatorFor } from '#lib/text/csv.ts';
import { csvFile, noFile } from '#lib/text/csv-file.ts';

const BATCH = 200;
const COLUMNS = ['reason', 'why', 'route', 'label', 'instance', 'scope', 'target_id', 'target', 'agent', 'problem'];

/** What is wrong with routes, gravest first. Chats and people are read one by one, so the lines may take a while. */
export async function GET(request: NextRequest): Promise<Response> {
  const [{ omni, session }, { locale }, t] = await Promise.all([
    requireSession(),
    requestIntl(),
    translations('routes-health'),
  ]);
  if (allows(session.scopes, 'routes:read') === 'no') return noFile(403, 'forbidden');
  const { reason } = healthParams.parse({ reason: request.nextUrl.searchParams.get('reason') });
  const { signal } = request;
  const health = await readHealth(omni, session, { signal });
  if (!health.ok) return noFileFor(health.error);
  const { seen } = health.value;
  const routes = new Map(seen.rows.map((row) => [row.id, row]));

  async function* rows(): AsyncGenerator<string[]> {
    const all = [...(health.ok ? health.value.findings : [])];
    let left = 0;
    const take = ({ findings, checked, total, failed }: HealthProgress) => {
      all.push(...findings);
      left = total - checked + failed;
    };
    if (health.ok) await checkTargets(omni, session.scopes, health.value, take, signal);
    const chosen = all
      .filter((one) => !reason || one.reason === reason)
      .toSorted((a, b) => REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason))
      .flatMap((one) => {
        const row = routes.get(one.routeId);
        return row ? [{ one, row }] : [];
      });
    for (let from = 0; from < chosen.length && !signal.aborted; from += BATCH) {
      const batch = chosen.slice(from, from + BATCH);
      const targets = batch.map(({ row }) => ({ scope: row.scope, id: row.targetId, instanceId: row.instanceId }));
      const names = await readNames(omni, session.scopes, targets, { signal });
      for (const { one, row } of batch) {
        const name = names.get(row.targetId);
        const why = anyKey(t)(`reasons.${one.reason}.why`, one.values) ?? '';
        const target = name?.name ?? name?.handle ?? '';
        yield [
          one.reason,
          why,
          row.id,
          row.label ?? '',
          row.instance,
          row.scope,
          row.targetId,
          target,
          row.agent ?? '',
          '',
        ];
      }
    }
    const missing = (instance: string, code: string) =>
      COLUMNS.map((name) => (name === 'instance' ? instance : name === 'problem' ? code : ''));
    for (const { instance, error } of seen.failed) yield missing(instance.name, problemOf(error).code);
    if (left > 0) yield missing('', `not_checked:${left}`);
  }

  return csvFile(reason ? `route-health-${reason}` : 'route-health', COLUMNS, rows(), separatorFor(locale));
}
