import { KeyRound, Plus, SearchX } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { KeysFilters } from '#components/keys/list/keys-filters.tsx';
import { ExpiryBanner, HiddenKeys } from '#components/keys/list/keys-notices.tsx';
import { KeysPager } from '#components/keys/list/keys-pager.tsx';
import { KeysTable } from '#components/keys/list/keys-table.tsx';
import { RotationsUnderWay } from '#components/keys/rotate/rotations-under-way.tsx';
import { ScopesInWords } from '#components/session/request/scopes-in-words.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { FileLink } from '#components/ui/file-link.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { FramedProblem, Problem } from '#components/ui/state/problem.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { translations } from '#lib/i18n/server.ts';
import { counts, pageOf, pick } from '#lib/keys/list/list.ts';
import { keysParams, keysQuery, queryOf, type KeysParams } from '#lib/keys/list/list-params.ts';
import { instanceNames } from '#lib/keys/list/instance-names.ts';
import { ownKeyOf, readAllKeys, type AllKeys } from '#lib/keys/list/read-all.ts';
import { rotationsUnderWay } from '#lib/keys/rotate/rotations.ts';
import type { RotationRow } from '#lib/keys/rotate/rotation-state.ts';
import { listedKey } from '#lib/keys/list/listed-key.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { readSessionRow } from '#lib/session/sessions.ts';
import { allows } from '#lib/scopes/scopes.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('keys'))('title') };
}

export default async function KeysPage({ searchParams }: PageProps<'/keys'>) {
  const [{ omni, session }, raw, t, tUi] = await Promise.all([
    requirePage('/keys'),
    searchParams,
    translations('keys'),
    translations('ui'),
  ]);
  const params = keysParams.parse(raw);
  const read = () =>
    Promise.all([
      readAllKeys(omni),
      instanceNames(omni, session.scopes),
      storeAnswer(store().then((db) => rotationsUnderWay(db, session.server.id))),
      store().then((db) => readSessionRow(db, session.sid)),
    ]).then(async ([answer, names, rotations, row]) => {
      const own = answer.ok ? await ownKeyOf(omni, answer.value, row?.actorKeyId ?? null) : null;
      return { answer, names, rotations, own };
    });
  const cannotWrite = allows(session.scopes, 'keys:write') === 'no';
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <FileLink
              href={`/keys/export?${new URLSearchParams(keysQuery(params)).toString()}`}
              className={buttonClass({})}
            >
              CSV
            </FileLink>
            {cannotWrite ? (
              <GuardedButton reason={tUi('needs-scope', { scope: 'keys:write' })}>
                <Plus aria-hidden className="size-4" />
                {t('new')}
              </GuardedButton>
            ) : (
              <Link href="/keys/new" prefetch={false} className={buttonClass({ variant: 'primary' })}>
                <Plus aria-hidden className="size-4" />
                {t('new')}
              </Link>
            )}
          </>
        }
      />
      <Deferred of={read} fallback={<SkeletonList rows={params.limit} label={tUi('loading')} />}>
        {({ answer, names, rotations, own }) =>
          answer.ok ? (
            <Keys {...answer.value} names={names} rotations={rotations} own={own} params={params} />
          ) : (
            <FramedProblem error={answer.error} />
          )
        }
      </Deferred>
    </>
  );
}

type KeysProps = AllKeys & {
  names: ReadonlyMap<string, string>;
  rotations: Awaited<ReturnType<typeof storeAnswer<RotationRow[]>>>;
  own: Awaited<ReturnType<typeof ownKeyOf>>;
  params: KeysParams;
};

async function Keys({ keys, hidden, names, rotations, own, params }: KeysProps) {
  const t = await translations('keys');
  const now = Date.now();
  const rows = keys.map((seen) => listedKey(seen, now));
  const { rows: shown, ...position } = pageOf(pick(rows, queryOf(params)), params.page, params.limit);
  const filtered = params.q !== '' || params.use !== 'any';
  return (
    <>
      <ExpiryBanner rows={rows} own={own && listedKey(own, now)} params={params} now={now} />
      {rotations.ok ? <RotationsUnderWay rows={rotations.value} /> : <Problem error={rotations.error} />}
      <HiddenKeys hidden={hidden} />
      <div className="rounded border bg-surface">
        <KeysFilters params={params} counts={counts(rows)} />
        {shown.length > 0 ? (
          <>
            <KeysTable rows={shown} params={params} names={names} now={now} Scopes={ScopesInWords} />
            <KeysPager params={params} {...position} />
          </>
        ) : filtered || params.show !== 'live' ? (
          <ListState
            icon={SearchX}
            title={t('nothing')}
            actions={
              <Link href="/keys" prefetch={false} className={buttonClass({})}>
                {t('clear')}
              </Link>
            }
          >
            {t(filtered ? 'nothing-help' : `nothing-shown.${params.show as 'all'}`)}
          </ListState>
        ) : (
          <ListState icon={KeyRound} title={t('empty')}>
            {t('empty-help')}
          </ListState>
        )}
      </div>
      <p className="mt-3 max-w-prose text-sm text-muted">{t('list-note')}</p>
    </>
  );
}
