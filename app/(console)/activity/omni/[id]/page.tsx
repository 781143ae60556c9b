import { ArrowRight } from 'lucide-react';
import type { Metadata, Route } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { sourcesOf } from '#app/(console)/activity/read-activity.ts';
import { changeSayer, type SaidChange } from '#components/activity/said-change.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Link } from '#components/ui/link.tsx';
import { BackLink, PageHeader } from '#components/ui/page-header.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { Time } from '#components/ui/time.tsx';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { ownersOf } from '#lib/activity/lines.ts';
import { namesOf } from '#lib/activity/names.ts';
import { readChange } from '#lib/activity/omni-record.ts';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { mapSeen, valueOf } from '#lib/omni/seen.ts';
import { requirePage } from '#lib/session/request/guard.ts';
import { storeAnswer } from '#lib/store/store-error.ts';

/** The change of a page and its words, read once, for the title too. */
const changeOfPage = cache(async (id: string) => {
  const signed = await requirePage('/activity/omni/[id]');
  const sources = await sourcesOf(signed);
  const known = idOf(id);
  const seen = known ? await readChange(sources.omni, sources.record, known) : valueOf(null);
  if (seen.is !== 'value' || seen.value === null) return mapSeen(seen, () => null);
  const [names, owners] = await Promise.all([
    namesOf(sources.omni, sources.record, [seen.value]),
    storeAnswer(ownersOf(sources, [seen.value], {})),
  ]);
  const say = await changeSayer(names);
  const entryId = owners.ok ? (owners.value.get(seen.value.id) ?? null) : null;
  return valueOf({ change: seen.value, said: say(seen.value), entryId });
});

export async function generateMetadata({ params }: PageProps<'/activity/omni/[id]'>): Promise<Metadata> {
  const [seen, t] = await Promise.all([params.then(({ id }) => changeOfPage(id)), translations('activity')]);
  return { title: seen.is === 'value' && seen.value ? `${seen.value.said.title} · ${t('title')}` : t('title') };
}

/** One change of Omni's own record: what changed, by which key, through which client. */
export default async function OmniChangePage({ params }: PageProps<'/activity/omni/[id]'>) {
  const [{ id }, t] = await Promise.all([params, translations('activity')]);
  const seen = await changeOfPage(id);
  if (seen.is === 'value' && seen.value === null) notFound();
  return (
    <>
      <BackLink href="/activity">{t('title')}</BackLink>
      {seen.is !== 'value' ? (
        <NotSeenLine part="omni-record" seen={seen} />
      ) : seen.value ? (
        <Receipt {...seen.value} />
      ) : null}
    </>
  );
}

type Shown = Extract<Awaited<ReturnType<typeof changeOfPage>>, { is: 'value' }>['value'];

async function Receipt({ change, said, entryId }: NonNullable<Shown>) {
  const t = await translations('omni-record');
  const given = said.given !== null && said.given !== said.key ? said.given : null;
  return (
    <div className="max-w-[1120px]">
      <PageHeader
        title={said.title}
        lead={
          <>
            {said.key} · {said.client ?? '–'} · <Time at={said.at} absolute />
          </>
        }
        actions={
          <>
            {entryId ? (
              <Link href={`/activity/${entryId}` as Route} className={buttonClass({})}>
                {t('open-entry')}
              </Link>
            ) : null}
            {said.address && said.verb !== 'delete' ? (
              <Link href={said.address as Route} className={buttonClass({})}>
                {t('open')}
                <ArrowRight aria-hidden className="size-4" />
              </Link>
            ) : null}
          </>
        }
      />
      <div className="grid gap-4">
        {said.refused === null ? null : (
          <Notice tone="danger" title={t('refused', { status: said.refused })}>
            {t('refused-help')}
          </Notice>
        )}
        {said.fields.length > 0 ? (
          <Card plain title={t('changes')}>
            <Facts items={said.fields.map((field) => [field.name, <Field key={field.id} {...field} />])} />
          </Card>
        ) : said.refused === null ? (
          <p className="text-muted">{t('no-fields')}</p>
        ) : null}
        <Card plain title={t('request')}>
          <Facts
            items={[
              [t('key'), said.key],
              ...(given ? [[t('given'), `${given} (${t('unchecked')})`] as const] : []),
              [t('user-agent'), <Code key="agent" text={change.userAgent} />],
              [t('ip'), <Code key="ip" text={change.ipAddress} />],
              [t('call'), <Code key="call" text={`${change.method} ${change.path} → ${change.statusCode}`} />],
              [t('request-id'), <Code key="id" text={change.requestId} />],
            ]}
          />
        </Card>
      </div>
    </div>
  );
}

async function Field({ from, to }: SaidChange['fields'][number]) {
  const t = await translations('omni-record');
  if (from === null) return <span className="text-muted">{t('hidden')}</span>;
  return (
    <span className="break-words">
      <span className="text-muted">{from}</span> → {to}
    </span>
  );
}

function Code({ text }: { text: string | null }) {
  return <span className="font-mono text-xs break-all">{text ?? '–'}</span>;
}
