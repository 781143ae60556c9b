import { UserRoundX } from 'lucide-react';
import type { Metadata, Route } from 'next';
import { redirect } from 'next/navigation';
import { Link } from '#components/ui/link.tsx';
import { followedMerges, followMerged } from '#app/(console)/persons/follow-merged.ts';
import { BackToPerson } from '#components/persons/record/back-to-person.tsx';
import { MergedNotice } from '#components/persons/record/merged-notice.tsx';
import { MergeManyWizard } from '#components/persons/many/merge-many-wizard.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { MOST_AT_ONCE } from '#lib/persons/many/merge-many-plan.ts';
import { asJson } from '#lib/operations/plan/define.ts';
import { isEmpty } from '#lib/persons/merge/merge-fields.ts';
import { readComparedRecords, type ComparedRecord } from '#lib/persons/record/compared-record.ts';
import { requirePage } from '#lib/session/request/guard.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('many'))('title') };
}

export default async function MergeManyPage({ searchParams }: PageProps<'/persons/merge-many'>) {
  const [signed, params, t] = await Promise.all([
    requirePage('/persons/merge-many'),
    searchParams,
    translations('many'),
  ]);
  const { omni, session } = signed;
  await followMerged(signed, '/persons/merge-many', params, ['ids']);
  const asked = new Set(
    String(params.ids ?? '')
      .split(',')
      .map((text) => text.trim().toLowerCase())
      .filter(Boolean),
  );
  const ids = [...asked].map(idOf).filter((id) => id !== null);
  const tooMany = ids.length > MOST_AT_ONCE + 1;
  const records = tooMany ? null : await readComparedRecords(readingFresh(omni), ids, session);
  if (records && !records.ok) return <Problem page error={records.error} />;
  const people = records?.value ?? [];
  const problem = tooMany ? 'too-many' : people.length < 2 ? 'too-few' : people.length < asked.size ? 'missing' : null;
  if (!problem && people.length === 2) redirect(sideBySide(people, params.was));
  return (
    <>
      <BackToPerson omni={omni} id={null} />
      <PageHeader title={t('title')} />
      <MergedNotice merges={await followedMerges(signed, params)} />
      {problem ? (
        <ListState
          icon={UserRoundX}
          role="alert"
          title={t(`${problem}.title`)}
          actions={
            <Link href="/persons" className={buttonClass({})}>
              {t('choose-again')}
            </Link>
          }
        >
          {t(`${problem}.help`, { most: MOST_AT_ONCE + 1, missing: asked.size - people.length })}
        </ListState>
      ) : (
        <WithMessages
          of={['many', 'merge', 'form', 'problems', 'verdict', 'seen', 'ui']}
          starts={['persons.merge-many']}
        >
          <MergeManyWizard key={people.map(({ id }) => id).join()} people={people} first={richest(people)} />
        </WithMessages>
      )}
    </>
  );
}

/** Two people are compared side by side, with the same one kept. */
function sideBySide(people: readonly ComparedRecord[], was: unknown): Route {
  const into = richest(people);
  const from = people.find(({ id }) => id !== into)?.id ?? '';
  const query = new URLSearchParams({ into, from, ...(typeof was === 'string' ? { was } : {}) });
  return `/persons/merge?${query}` as Route;
}

/** Who is kept unless chosen otherwise: most fields, then most messages, then the oldest. */
function richest(people: readonly ComparedRecord[]): string {
  const worth = ({ fields, identities, createdAt }: ComparedRecord) => [
    Object.values(fields).filter((value) => !isEmpty(asJson(value))).length,
    identities.reduce((sum, { messages }) => sum + messages, 0),
    -Date.parse(createdAt),
  ];
  const [best] = people.toSorted((a, b) => {
    const [x, y] = [worth(a), worth(b)];
    return y.map((value, index) => value - (x[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
  return best?.id ?? '';
}
