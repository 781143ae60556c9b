import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { z } from 'zod';
import { PeopleHeader } from '#app/(console)/persons/people-header.tsx';
import { RuleDialogs } from '#components/access/change/rule-dialogs.tsx';
import { RulesList } from '#components/access/rules/rules-list.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { DialogLink } from '#components/ui/overlay/dialog-address.tsx';
import { needsScope } from '#components/ui/locked/locked.ts';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { NotSeenState } from '#components/ui/state/not-seen-state.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { rulesThatFitNobody } from '#lib/access/rules/fits-nobody.ts';
import { isRuleAmong, listRules, type RulesPick } from '#lib/access/rules/listed-rule.ts';
import { readAccess } from '#lib/access/rules/read-access.ts';
import { translations } from '#lib/i18n/server.ts';
import { readNames } from '#lib/routes/list/names.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { requirePage, type Signed } from '#lib/session/request/guard.ts';
import { searchedText } from '#lib/omni/limits.ts';
import { optionalParam, paramOr } from '#lib/text/params.ts';

const params = z.object({
  q: paramOr(z.string().transform(searchedText), ''),
  instance: optionalParam(z.union([z.literal('all'), z.uuid()])),
  does: optionalParam(z.enum(['blocks', 'allows'])),
  by: optionalParam(z.enum(['handle', 'phone', 'person'])),
  state: optionalParam(z.enum(['decides', 'cannot', 'inactive', 'expired'])),
});

const NAMES_MS = 2000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('access-rules'))('title') };
}

export default async function AccessRulesPage({ searchParams }: PageProps<'/persons/access-rules'>) {
  const [signed, raw, t, tUi] = await Promise.all([
    requirePage('/persons/access-rules'),
    searchParams,
    translations('access-rules'),
    translations('ui'),
  ]);
  const { scopes } = signed.session;
  const locked = allows(scopes, 'access:write') === 'no' ? needsScope(tUi, 'access:write') : undefined;
  const pick = params.parse(raw);
  return (
    <>
      <PeopleHeader
        here="/persons/access-rules"
        action={
          <DialogLink name="create-rule" value="all" locked={locked} className={buttonClass({ variant: 'primary' })}>
            <Plus aria-hidden className="size-4" />
            <span className="max-sm:sr-only">{t('create-long')}</span>
          </DialogLink>
        }
      />
      <WithMessages
        of={['access-rules', 'form', 'list-tools', 'picker', 'problems', 'seen', 'ui']}
        starts={['access.create', 'access.edit', 'access.delete']}
      >
        <Deferred
          of={() =>
            rulesOf(
              signed,
              pick,
              Object.values(raw).flatMap((one) => one ?? []),
            )
          }
          fallback={<SkeletonList rows={12} label={t('loading')} />}
        >
          {(read) =>
            'part' in read ? (
              <div className="rounded border bg-surface">
                <NotSeenState {...read} />
              </div>
            ) : (
              <>
                <RulesList
                  pick={pick}
                  {...read}
                  locked={locked}
                  unread={allows(scopes, 'persons:read') === 'no' ? needsScope(tUi, 'persons:read') : undefined}
                />
                <RuleDialogs {...read} rules={[...read.rows, ...read.dialogRules]} />
              </>
            )
          }
        </Deferred>
      </WithMessages>
    </>
  );
}

async function rulesOf({ omni, session }: Signed, pick: RulesPick, named: readonly string[]) {
  const access = await readAccess(omni, session);
  if (access.is === 'not-seen') return access;
  const { rules, instances, now } = access.read;
  const lines = listRules(rules, instances, now);
  const about = { scopes: session.scopes, generation: session.capabilities.generation };
  // What is known only from Omni's search is picked last: it is asked about the other lines alone.
  const some = lines.filter((rule) => isRuleAmong(rule, { ...pick, state: undefined }));
  const { ids: fitNobody, unchecked } = await rulesThatFitNobody(omni, about, some);
  const rows = some
    .map((rule) => (fitNobody.has(rule.id) ? { ...rule, state: 'nobody' as const } : rule))
    .filter((rule) => isRuleAmong(rule, pick));
  const dialogRules = lines.filter(({ id }) => named.includes(id));
  const ids = [...new Set([...rows, ...dialogRules].flatMap(({ personId }) => personId ?? []))];
  const targets = ids.map((id) => ({ scope: 'user' as const, id, instanceId: '' }));
  const names = await readNames(omni, session.scopes, targets, { deadlineMs: NAMES_MS });
  const people = Object.fromEntries(ids.map((id) => [id, names.get(id)?.name ?? names.get(id)?.handle ?? null]));
  const places = instances.map(({ id, name }) => ({ id, name }));
  return { rows, dialogRules, people, total: rules.length, instances: places, unchecked };
}
