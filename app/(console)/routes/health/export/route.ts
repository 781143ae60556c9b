import { healthParams } from '#app/(console)/routes/search-params.ts';
import type { CsvLine } from '#lib/actions/csv-file.ts';
import { csvRoute } from '#lib/actions/csv-route.ts';
import { anyKey } from '#lib/i18n/any-key.ts';
import { verdictText } from '#components/ui/verdict/server-verdict-text.ts';
import { translations } from '#lib/i18n/server.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { ok } from '#lib/omni/result.ts';
import { REASONS } from '#lib/routes/health/health.ts';
import type { UnreadParts } from '#lib/routes/health/health-line.ts';
import { checkBehind, type HealthProgress } from '#lib/routes/health/check-behind.ts';
import { readHealth, sureVerdicts } from '#lib/routes/health/health-read.ts';
import { readNames } from '#lib/routes/list/names.ts';

const BATCH = 200;
const COLUMNS = [
  'reason',
  'why',
  'now',
  'route',
  'label',
  'instance',
  'scope',
  'target_id',
  'target',
  'agent',
] as const;

/** What is wrong with routes, gravest first. Chats and people are read one by one, so the lines may take a while. */
export const GET = csvRoute({
  scope: 'routes:read',
  params: healthParams,
  read: async ({ omni, session, params: { reason: reasons, instance, agent }, signal }) => {
    const [health, t, verdictTexts] = await Promise.all([
      readHealth(omni, session, { signal }),
      translations('routes-health'),
      verdictText(),
    ]);
    if (!health.ok) return health;
    const { seen, findings, unread, needs } = health.value;
    const verdicts = sureVerdicts(health.value);
    const routes = new Map(seen.rows.map((row) => [row.id, row]));

    async function* lines(): AsyncGenerator<CsvLine> {
      const all = [...findings];
      let left = 0;
      let without: UnreadParts = unread;
      const take = ({ findings: more, verdicts: judged, checked, total, failed, ...line }: HealthProgress) => {
        all.push(...more);
        for (const [id, verdict] of judged) verdicts.set(id, verdict);
        left = total - checked + failed;
        without = line.without ?? without;
      };
      if (health.ok) await checkBehind(omni, session, health.value, take, signal);
      const chosen = all
        .filter(({ reason }) => reasons.length === 0 || reasons.includes(reason))
        .toSorted((a, b) => REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason))
        .flatMap((one) => {
          const row = routes.get(one.routeId);
          const wanted = row && (!instance || row.instanceId === instance) && (!agent || row.agentId === agent);
          return row && wanted ? [{ one, row }] : [];
        });
      for (let from = 0; from < chosen.length && !signal.aborted; from += BATCH) {
        const batch = chosen.slice(from, from + BATCH);
        const targets = batch.map(({ row }) => ({ scope: row.scope, id: row.targetId, instanceId: row.instanceId }));
        const names = await readNames(omni, session.scopes, targets, { signal });
        for (const { one, row } of batch) {
          const name = names.get(row.targetId);
          const why = anyKey(t)(`reasons.${one.reason}.why`, one.values) ?? '';
          const target = name?.name ?? name?.handle;
          const verdict = verdicts.get(row.id);
          const now = verdict ? verdictTexts.sentence(verdict) : '';
          yield [one.reason, why, now, row.id, row.label, row.instance, row.scope, row.targetId, target, row.agent];
        }
      }
      for (const { instance, error } of seen.failed)
        yield { missing: problemOf(error).code, cells: { instance: instance.name } };
      for (const part of without) yield { missing: `without_${part}` };
      if (left > 0) yield { missing: `not_checked:${left}` };
      if (needs.length > 0) yield { missing: 'rows_may_be_missing' };
    }
    return ok({
      name: reasons.length > 0 ? `route-health-${reasons.join('-')}` : 'route-health',
      columns: COLUMNS,
      lines: lines(),
    });
  },
});
