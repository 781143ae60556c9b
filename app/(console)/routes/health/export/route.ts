import { healthParams } from '#app/(console)/routes/search-params.ts';
import type { CsvLine } from '#lib/actions/csv-file.ts';
import { csvRoute } from '#lib/actions/csv-route.ts';
import { anyKey } from '#lib/i18n/any-key.ts';
import { translations } from '#lib/i18n/server.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { ok } from '#lib/omni/result.ts';
import { REASONS } from '#lib/routes/health/health.ts';
import { checkTargets, readHealth, type HealthProgress } from '#lib/routes/health/health-read.ts';
import { readNames } from '#lib/routes/list/names.ts';

const BATCH = 200;
const COLUMNS = ['reason', 'why', 'route', 'label', 'instance', 'scope', 'target_id', 'target', 'agent'];

/** What is wrong with routes, gravest first. Chats and people are read one by one, so the lines may take a while. */
export const GET = csvRoute({
  scope: 'routes:read',
  params: healthParams,
  read: async ({ omni, session, params: { reason }, signal }) => {
    const [health, t] = await Promise.all([readHealth(omni, session, { signal }), translations('routes-health')]);
    if (!health.ok) return health;
    const { seen, findings, unread } = health.value;
    const routes = new Map(seen.rows.map((row) => [row.id, row]));

    async function* lines(): AsyncGenerator<CsvLine> {
      const all = [...findings];
      let left = 0;
      const take = ({ findings: more, checked, total, failed }: HealthProgress) => {
        all.push(...more);
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
          const target = name?.name ?? name?.handle;
          yield [one.reason, why, row.id, row.label, row.instance, row.scope, row.targetId, target, row.agent];
        }
      }
      for (const { instance, error } of seen.failed)
        yield { missing: problemOf(error).code, cells: { instance: instance.name } };
      for (const part of unread) yield { missing: `without_${part}` };
      if (left > 0) yield { missing: `not_checked:${left}` };
    }
    return ok({ name: reason ? `route-health-${reason}` : 'route-health', columns: COLUMNS, lines: lines() });
  },
});
