import { Ban } from 'lucide-react';
import type { Metadata } from 'next';
import { z } from 'zod';
import { PeopleHeader } from '#app/(console)/persons/people-header.tsx';
import { RulesList } from '#components/access/rules/rules-list.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { CopyRequest } from '#components/ui/state/copy-request.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { listRules, type RulesPick } from '#lib/access/rules/listed-rule.ts';
import { readAccess } from '#lib/access/rules/read-access.ts';
import { translations } from '#lib/i18n/server.ts';
import { notSeenValues } from '#lib/omni/seen.ts';
import { readNames } from '#lib/routes/list/names.ts';
import { requirePage, type Signed } from '#lib/session/request/guard.ts';
import { optionalParam, paramOr } from '#lib/text/params.ts';

const params = z.object({
  q: paramOr(z.string().trim().max(200), ''),
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
  const [signed, raw, t] = await Promise.all([
    requirePage('/persons/access-rules'),
    searchParams,
    translations('access-rules'),
  ]);
  const pick = params.parse(raw);
  return (
    <>
      <PeopleHeader here="/persons/access-rules" />
      <WithMessages of={['access-rules', 'list-tools', 'problems', 'seen', 'ui']}>
        <Deferred of={() => rulesOf(signed, pick)} fallback={<SkeletonList rows={12} label={t('loading')} />}>
          {(read) => ('part' in read ? <NotSeenRules {...read} /> : <RulesList pick={pick} {...read} />)}
        </Deferred>
      </WithMessages>
    </>
  );
}

async function rulesOf({ omni, session }: Signed, pick: RulesPick) {
  const access = await readAccess(omni, session);
  if (access.is === 'not-seen') return access;
  const { rules, instances, now } = access.read;
  const rows = listRules(rules, instances, pick, now);
  const ids = [...new Set(rows.flatMap(({ personId }) => personId ?? []))];
  const targets = ids.map((id) => ({ scope: 'user' as const, id, instanceId: '' }));
  const names = await readNames(omni, session.scopes, targets, { deadlineMs: NAMES_MS });
  const people = Object.fromEntries(ids.map((id) => [id, names.get(id)?.name ?? names.get(id)?.handle ?? null]));
  return { rows, people, total: rules.length, instances: instances.map(({ id, name }) => ({ id, name })) };
}

type NotSeenProps = Extract<Awaited<ReturnType<typeof readAccess>>, { is: 'not-seen' }>;

/** A list that could not be read: a missing permission, or a failure. */
async function NotSeenRules({ part, seen }: NotSeenProps) {
  const t = await translations('seen');
  const sentence = t('sentence', { ...notSeenValues(seen), what: t(`parts.${part}`) });
  return (
    <div className="rounded border bg-surface">
      <ListState
        icon={Ban}
        role="alert"
        title={sentence}
        actions={seen.is === 'forbidden' ? <CopyRequest scope={seen.scope} /> : null}
      />
    </div>
  );
}
