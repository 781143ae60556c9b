import { KeyRound, Plus, SearchX } from 'lucide-react';
import type { Metadata } from 'next';
import { Link } from '#components/ui/link.tsx';
import { ExportItem } from '#components/data-table/export-item.tsx';
import { Pager } from '#components/data-table/pager.tsx';
import { keyRows } from '#components/keys/list/key-row.ts';
import { KeysList } from '#components/keys/list/keys-list.tsx';
import { KeysNotices } from '#components/keys/list/keys-notices.tsx';
import { RotationsUnderWay } from '#components/keys/rotate/rotations-under-way.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { ListHeader } from '#components/ui/page-header.tsx';
import { FramedProblem, Problem } from '#components/ui/state/problem.tsx';
import { SkeletonList } from '#components/ui/state/skeleton.tsx';
import { Deferred } from '#components/ui/state/deferred.tsx';
import { anyKey } from '#lib/i18n/any-key.ts';
import { translations } from '#lib/i18n/server.ts';
import { counts, KEY_FILTERS, KEY_SORTS, pageOf, pick, USES, type KeyFilter } from '#lib/keys/list/list.ts';
import { keysParams, keysQuery, PAGE_SIZES, queryOf, type KeysParams } from '#lib/keys/list/list-params.ts';
import { instanceNames } from '#lib/keys/list/instance-names.ts';
import { omniNow } from '#lib/omni/resources/health.ts';
import { ok } from '#lib/omni/result.ts';
import type { SeenKey } from '#lib/omni/resources/own-key.ts';
import { withOwn } from '#lib/keys/list/read-known.ts';
import { readAllKeys, type AllKeys } from '#lib/keys/list/read-all.ts';
import { rotationsUnderWay } from '#lib/keys/rotate/rotations.ts';
import type { RotationRow } from '#lib/keys/rotate/rotation-state.ts';
import { KEY_RISKS, listedKey } from '#lib/keys/list/listed-key.ts';
import { store } from '#lib/store/database.ts';
import { storeAnswer } from '#lib/store/store-error.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { readSessionRow } from '#lib/session/sessions.ts';
import { PermissionsNote } from '#components/session/request/permissions-note.tsx';
import type { Session } from '#lib/session/session.ts';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { keptCallsOf } from '#lib/keys/requests/kept-calls.ts';
import { capabilityAmong } from '#lib/keys/list/capability.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { needsScope, type Locked } from '#components/ui/locked/locked.ts';
import { RESOURCES } from '#lib/scopes/table.ts';
import { hiddenColumns, savedViews } from '#lib/views/of-request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('keys'))('title') };
}

export default async function KeysPage({ searchParams }: PageProps<'/keys'>) {
  const [{ omni, session }, raw, tUi] = await Promise.all([requirePage('/keys'), searchParams, translations('ui')]);
  const params = keysParams.parse(raw);
  const read = () =>
    Promise.all([
      readAllKeys(omni),
      instanceNames(omni, session.scopes),
      storeAnswer(store().then((db) => rotationsUnderWay(db, session.server.id))),
      store().then((db) => readSessionRow(db, session.sid)),
      omniNow(omni),
    ]).then(async ([answer, names, rotations, row, now]) => {
      if (!answer.ok) return { answer, names, rotations, own: null, now };
      const { own, ...all } = await withOwn(await store(), omni, answer.value, row?.actorKeyId ?? null);
      return { answer: ok(all), names, rotations, own, now };
    });
  const locked = allows(session.scopes, 'keys:write') === 'no' ? needsScope(tUi, 'keys:write') : undefined;
  return (
    <Deferred
      of={read}
      fallback={
        <>
          <Head params={params} locked={locked} />
          <SkeletonList rows={params.limit} label={tUi('loading')} />
        </>
      }
    >
      {({ answer, names, rotations, own, now }) =>
        answer.ok ? (
          <Keys
            {...answer.value}
            names={names}
            rotations={rotations}
            own={own}
            now={now}
            params={params}
            locked={locked}
            session={session}
          />
        ) : (
          <>
            <Head params={params} locked={locked} />
            <FramedProblem error={answer.error} />
          </>
        )
      }
    </Deferred>
  );
}

type HeadProps = { params: KeysParams; counted?: Record<KeyFilter, number>; locked: Locked | undefined };

/** Title, statuses with their counts, and what can be done with all keys. */
async function Head({ params, counted, locked }: HeadProps) {
  const t = await translations('keys');
  const tabOf = (show: KeyFilter) => {
    const query = new URLSearchParams(keysQuery(params, { show })).toString();
    return {
      href: query ? `/keys?${query}` : '/keys',
      label: t(`shown.${show}`),
      count: counted?.[show],
      here: show === params.show,
    };
  };
  return (
    <WithMessages of={['list-tools']}>
      <ListHeader
        title={t('title')}
        tabs={{ label: t('which'), all: KEY_FILTERS.map(tabOf) }}
        more={<ExportItem path="/keys/export" />}
        action={
          locked ? (
            <GuardedButton reason={locked}>
              <Plus aria-hidden className="size-4" />
              {t('new')}
            </GuardedButton>
          ) : (
            <Link href="/keys/new" className={buttonClass({ variant: 'primary' })}>
              <Plus aria-hidden className="size-4" />
              <span className="max-sm:sr-only">{t('new')}</span>
            </Link>
          )
        }
      />
    </WithMessages>
  );
}

type KeysProps = AllKeys & {
  names: ReadonlyMap<string, string>;
  rotations: Awaited<ReturnType<typeof storeAnswer<RotationRow[]>>>;
  own: SeenKey | null;
  /** By Omni's clock, which ends keys and tells when they were used; milliseconds. */
  now: number;
  params: KeysParams;
  locked: Locked | undefined;
  session: Session;
};

async function Keys({ keys, hidden, names, rotations, own, now, params, locked, session }: KeysProps) {
  const [t, tScopes, say, hiddenNow, views] = await Promise.all([
    translations('keys'),
    translations('scopes').then((scopes) => anyKey(scopes)),
    requestSay(),
    hiddenColumns('keys'),
    savedViews('keys'),
  ]);
  const to = (change: Partial<KeysParams>) => {
    const query = new URLSearchParams(keysQuery(params, change)).toString();
    return query ? `/keys?${query}` : '/keys';
  };
  const { generation } = session.capabilities;
  const others = { keys, all: !hidden.includes('active') };
  const rows = keys.map((seen) => listedKey(seen, now));
  const ended = new Set(rows.flatMap(({ id, status }) => (status === 'revoked' || status === 'expired' ? [id] : [])));
  const kept = await storeAnswer(
    keptCallsOf(
      session.server.id,
      keys.flatMap(({ key }) => (ended.has(key.id) ? [key] : [])),
    ),
  );
  const capabilities = new Map(
    keys.map((seen) => {
      const calls = kept.ok ? kept.value.get(seen.key.id) : undefined;
      return [seen.key.id, capabilityAmong(seen, others, { scopes: session.heldScopes, now, calls })];
    }),
  );
  const creators = [...new Set(rows.flatMap(({ createdBy }) => createdBy ?? []))].toSorted();
  const { rows: shown, ...position } = pageOf(pick(rows, queryOf(params)), params.page, params.limit);
  const { q, use, permission, instance, risk, by } = params;
  const filtered = [q, permission, instance, risk, by].some(Boolean) || use !== 'any';
  const state =
    shown.length > 0 ? undefined : filtered || params.show !== 'live' ? (
      <ListState
        icon={SearchX}
        title={t('nothing')}
        actions={
          <Link href="/keys" className={buttonClass({})}>
            {t('clear')}
          </Link>
        }
      >
        {filtered ? null : t(`nothing-shown.${params.show as 'all'}`)}
      </ListState>
    ) : (
      <ListState icon={KeyRound} title={t('empty')}>
        {t('empty-help')}
      </ListState>
    );
  return (
    <>
      <Head params={params} counted={counts(rows)} locked={locked} />
      <PermissionsNote generation={generation} />
      <WithMessages
        of={['list-tools', 'key-list', 'key-bulk', 'key-week', 'key-end', 'form', 'problems', 'ui']}
        starts={['keys.bulk']}
      >
        <KeysNotices
          rows={rows}
          own={own && listedKey(own, now)}
          mayRotate={own !== null && capabilityAmong(own, others, { scopes: session.heldScopes, now }).rotate === null}
          hidden={hidden}
          params={params}
          now={now}
        />
        {rotations.ok ? <RotationsUnderWay rows={rotations.value} /> : <Problem error={rotations.error} />}
        <KeysList
          rows={await keyRows(shown, {
            names,
            now,
            capabilities,
            rotating: rotatingOf(rotations.ok ? rotations.value : []),
            generation,
            say,
          })}
          scope={to({})}
          total={position.total}
          bar={{
            search: { name: 'q', label: t('search'), placeholder: t('search-placeholder'), value: params.q },
            filters: [
              {
                id: 'use',
                label: t('use'),
                choices: USES.filter((one) => one !== 'any').map((one) => ({ id: one, name: t(`uses.${one}`) })),
              },
              {
                id: 'risk',
                label: t('risk'),
                choices: KEY_RISKS.map((one) => ({ id: one, name: t(`risks.${one}`) })),
              },
              {
                id: 'permission',
                label: t('permission'),
                choices: RESOURCES.map(({ name }) => ({ id: name, name: tScopes(`resources.${name}`) ?? name })),
              },
              { id: 'instance', label: t('instance'), choices: [...names].map(([id, name]) => ({ id, name })) },
              { id: 'by', label: t('creator'), choices: creators.map((name) => ({ id: name, name })) },
            ],
            values: keysQuery(params),
            count: { shown: position.total },
            sorts: {
              now: params.sort,
              all: KEY_SORTS.flatMap((by) => [`-${by}` as const, by]).map((id) => ({ id, name: t(`sorts.${id}`) })),
            },
            views: { room: 'keys', first: views },
          }}
          hidden={hiddenNow}
          sort={params.sort}
          state={state}
          footer={
            state || position.total <= PAGE_SIZES[0] ? null : (
              <Pager
                previous={position.page > 1 ? to({ page: position.page - 1 }) : undefined}
                next={position.page < position.pages ? to({ page: position.page + 1 }) : undefined}
                place={t('page-of', { page: position.page, pages: position.pages })}
                sizes={PAGE_SIZES.map((size) => ({ size, href: to({ limit: size }), here: size === params.limit }))}
              />
            )
          }
        />
      </WithMessages>
    </>
  );
}

/** The two keys of each rotation in progress, by id. */
function rotatingOf(rotations: readonly RotationRow[]): ReadonlyMap<string, 'old' | 'new'> {
  return new Map(
    rotations.flatMap(({ oldKeyId, newKeyId }) =>
      newKeyId === null
        ? []
        : ([
            [oldKeyId, 'old'],
            [newKeyId, 'new'],
          ] as const),
    ),
  );
}
