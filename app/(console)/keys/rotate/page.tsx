import { KeyRound, SearchX } from 'lucide-react';
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { StartRotation } from '#components/keys/rotate/start-rotation.tsx';
import { RotationsUnderWay } from '#components/keys/rotate/rotations-under-way.tsx';
import { ScopesInWords } from '#components/session/request/scopes-in-words.tsx';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { BackToKey } from '#components/keys/list/back-to-key.tsx';
import { ChooseKey } from '#components/keys/rotate/choose-key.tsx';
import { BackLink, PageHeader } from '#components/ui/page-header.tsx';
import { FramedProblem, Problem } from '#components/ui/state/problem.tsx';
import { SkeletonCard, SkeletonList } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { capabilityAmong, capabilityOf } from '#lib/keys/list/capability.ts';
import { keyRows } from '#components/keys/list/key-row.ts';
import { instanceNames } from '#lib/keys/list/instance-names.ts';
import { toRotate } from '#lib/keys/list/list.ts';
import { keysParams } from '#lib/keys/list/list-params.ts';
import { readAllKeys, type AllKeys } from '#lib/keys/list/read-all.ts';
import { withOwn } from '#lib/keys/list/read-known.ts';
import { readSessionRow } from '#lib/session/sessions.ts';
import type { Session } from '#lib/session/session.ts';
import { InstanceWords } from '#components/keys/list/key-words.tsx';
import { Facts } from '#components/ui/facts.tsx';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { KeyBarred } from '#components/keys/list/key-barred.tsx';
import { listedKey, shownKeyName } from '#lib/keys/list/listed-key.ts';
import { sameLifetime } from '#lib/keys/rotate/rotate-rules.ts';
import { rotationsOfKey, rotationsUnderWay } from '#lib/keys/rotate/rotations.ts';
import { readUseBefore } from '#lib/keys/rotate/rotation-progress.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { requireLiveKey, requirePage, type Signed } from '#lib/session/request/guard.ts';
import { othersWithKey } from '#lib/session/sessions-of-key.ts';
import { sessionLimits } from '#lib/session/session-state.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { acknowledgeAction, createForRotationAction } from './actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('rotation'))('title') };
}

export default async function RotatePage({ searchParams }: PageProps<'/keys/rotate'>) {
  const [signed, { key, q }] = await Promise.all([requirePage('/keys/rotate'), searchParams]);
  if (!isUuid(key)) {
    await requireLiveKey();
    return <Choose signed={signed} q={keysParams.parse({ q }).q} />;
  }
  return <OfKey signed={signed} id={key.toLowerCase()} />;
}

/** Rotations in progress, and the keys of which one can be rotated. */
async function Choose({ signed: { omni, session }, q }: { signed: Signed; q: string }) {
  const [t, tUi] = await Promise.all([translations('rotation'), translations('ui')]);
  const read = async () => {
    const [answer, rotations, row, names, now] = await Promise.all([
      readAllKeys(omni),
      storeAnswer(store().then((db) => rotationsUnderWay(db, session.server.id))),
      store().then((db) => readSessionRow(db, session.sid)),
      instanceNames(omni, session.scopes),
      omniNow(omni),
    ]);
    const keys = answer.ok ? await withOwn(await store(), omni, answer.value, row?.actorKeyId ?? null) : null;
    return { answer, keys, rotations, names, now };
  };
  return (
    <>
      <BackLink href="/keys">{t('all-keys')}</BackLink>
      <PageHeader title={t('title')} lead={t('what')} />
      <Deferred of={read} fallback={<SkeletonList rows={8} label={tUi('loading')} />}>
        {({ answer, keys, rotations, names, now }) => (
          <>
            {rotations.ok ? <RotationsUnderWay rows={rotations.value} /> : <FramedProblem error={rotations.error} />}
            {answer.ok && keys ? (
              <Choices session={session} keys={keys} names={names} now={now} q={q} />
            ) : answer.ok ? null : (
              <FramedProblem error={answer.error} />
            )}
          </>
        )}
      </Deferred>
    </>
  );
}

type ChoicesProps = {
  session: Session;
  keys: AllKeys;
  names: ReadonlyMap<string, string>;
  now: number;
  q: string;
};

async function Choices({ session, keys: { keys, hidden }, names, now, q }: ChoicesProps) {
  const [t, tKeys, say] = await Promise.all([translations('rotation'), translations('keys'), requestSay()]);
  const others = { keys, all: !hidden.includes('active') };
  const capabilities = new Map(
    keys.map((seen) => [seen.key.id, capabilityAmong(seen, others, { scopes: session.heldScopes, now })]),
  );
  const listed = keys.map((seen) => listedKey(seen, now));
  const rows = await keyRows(toRotate(listed, q), {
    names,
    now,
    capabilities,
    rotating: new Map(),
    generation: session.capabilities.generation,
    say,
  });
  return (
    <WithMessages of={['list-tools', 'key-list', 'ui']}>
      <ChooseKey
        question={t('which')}
        search={{ label: tKeys('search'), placeholder: tKeys('search-placeholder'), value: q }}
        rows={[...rows.filter(({ barred }) => !barred.rotate), ...rows.filter(({ barred }) => barred.rotate)]}
        state={rows.length > 0 ? undefined : <ListState icon={SearchX} title={tKeys('nothing')} />}
      />
      {hidden.includes('active') ? <p className="mt-2 text-sm text-muted">{tKeys('hidden-active')}</p> : null}
    </WithMessages>
  );
}

async function OfKey({ signed, id }: { signed: Signed; id: string }) {
  const { omni, session } = signed;
  const [t, tUi, say, seen, names, now, db] = await Promise.all([
    translations('rotation'),
    translations('ui'),
    requestSay(),
    seeKey(omni, id),
    instanceNames(omni, session.scopes),
    omniNow(omni),
    store(),
  ]);
  if (!seen.ok) return <Problem page error={seen.error} />;
  const { key, own } = seen.value;
  const name = shownKeyName(key);
  const underWay = await rotationsOfKey(db, session.server.id, id, { open: true, as: 'old' });
  const barred = capabilityOf(seen.value, { scopes: session.heldScopes, now, ending: null }).rotate;
  const readUse = () =>
    Promise.all([
      readUseBefore(omni, id, now),
      othersWithKey(db, omni, { server: session.server.id, id, except: session.sid }, Date.now(), sessionLimits()),
    ]);
  return (
    <>
      <BackToKey id={id} name={name} />
      <PageHeader title={t('heading', { name })} />
      {underWay.length > 0 ? (
        <Frame>
          <ListState icon={KeyRound} title={t('in-progress')}>
            {t('in-progress-help')}
          </ListState>
          <RotationsUnderWay rows={underWay} />
        </Frame>
      ) : barred ? (
        <KeyBarred id={id} deed="rotate" barred={barred} say={say} about={{ seen: seen.value, now }} />
      ) : (
        <WithMessages
          of={['rotation', 'key-use', 'seen', 'form', 'problems', 'ui']}
          starts={['keys.create-for-rotation']}
        >
          <Deferred of={readUse} fallback={<SkeletonCard title={t('title')} label={tUi('loading')} rows={5} />}>
            {([use, others]) => (
              <StartRotation
                id={randomUUID()}
                old={{ id, name: key.name, prefix: key.keyPrefix, expiresAt: key.expiresAt }}
                own={own}
                others={others.map(({ name }) => name)}
                now={now}
                use={use}
                sameLifetime={sameLifetime(key, now)}
                copied={
                  <CopiedToNewKey
                    held={key}
                    names={names}
                    words={<ScopesInWords scopes={key.scopes} generation={session.capabilities.generation} />}
                  />
                }
                actions={{ create: createForRotationAction, acknowledge: acknowledgeAction }}
              />
            )}
          </Deferred>
        </WithMessages>
      )}
    </>
  );
}

type CopiedProps = { held: Key; names: ReadonlyMap<string, string>; words: ReactNode };

/** What the new key gets of the old one. */
async function CopiedToNewKey({ held: { instanceIds, profile, rateLimit }, names, words }: CopiedProps) {
  const t = await translations('key');
  return (
    <Facts
      items={[
        [t('permissions'), words],
        ...(profile === null ? [] : [[t('profile'), profile] as const]),
        [t('instances'), <InstanceWords key="i" instances={instanceIds} names={names} most={50} />],
        ...(rateLimit === null
          ? []
          : [[t('rate-limit'), `${t('rate-limit-value', { count: rateLimit })} · ${t('rate-limit-help')}`] as const]),
      ]}
    />
  );
}

function Frame({ children }: { children: ReactNode }) {
  return <div className="space-y-3 rounded border bg-surface p-2">{children}</div>;
}
