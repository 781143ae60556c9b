import { Suspense } from 'react';
import { Card } from '#components/ui/card.tsx';
import { translations } from '#lib/i18n/server.ts';
import { isFinding, rankOf, type FinishedCheck, type HomeCheck } from './check.ts';
import { FindingList, type RankedFinding } from './finding-list.tsx';
import { Finding } from './finding.tsx';
import { ForbiddenLine, QuietLine, WaitingLine } from './quiet-line.tsx';

/** How long the page waits for results; later ones are added as they come. */
const WAIT_MS = 600;

/** What needs attention, most urgent first, and below it the other checks as they finish. */
export async function Checks({ checks }: { checks: HomeCheck[] }) {
  const [t, known] = await Promise.all([translations('home'), finishedInTime(checks)]);
  const first = known.filter(isFinding);
  const denied = known.flatMap(({ id, result }) =>
    result.is === 'forbidden' && result.says === undefined ? [{ id, scope: result.scope }] : [],
  );
  const rest = checks.filter(({ id }) => ![...first, ...denied].some((one) => one.id === id));
  return (
    <div className="space-y-4">
      <FindingList known={first.map(ranked)} late={rest.map(rankedLater)} />
      <div className="hidden has-[li]:block">
        <Card id="checked" title={t('checked-title')} flush>
          <ul className="divide-y">
            {rest.map((check) => (
              <Suspense key={check.id} fallback={<WaitingLine id={check.id} />}>
                <Late {...check} />
              </Suspense>
            ))}
            {denied.length > 0 ? <ForbiddenLine denied={denied} /> : null}
          </ul>
        </Card>
      </div>
    </div>
  );
}

function ranked(one: FinishedCheck): RankedFinding {
  return { id: one.id, rank: rankOf(one), shown: <Finding {...one} /> };
}

/** What ends the check otherwise, as a sign-in that is needed, is thrown by its line. */
async function rankedLater({ id, result }: HomeCheck): Promise<RankedFinding | null> {
  try {
    const one = { id, result: await result };
    return isFinding(one) ? ranked(one) : null;
  } catch {
    return null;
  }
}

/** The line of a check that finished later; a finding has none. */
async function Late({ id, result }: HomeCheck) {
  return <QuietLine id={id} result={await result} />;
}

async function finishedInTime(checks: readonly HomeCheck[]): Promise<FinishedCheck[]> {
  const known: FinishedCheck[] = [];
  const all = checks.map(async ({ id, result }) => void known.push({ id, result: await result }));
  const { promise: timeUp, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, WAIT_MS);
  await Promise.race([Promise.allSettled(all), timeUp]);
  clearTimeout(timer);
  return [...known];
}

/** As many lines as there will be, so that the page does not move. */
export async function ChecksSkeleton({ checks }: { checks: HomeCheck[] }) {
  const t = await translations('home');
  return (
    <Card title={t('checked-title')} flush>
      <ul className="divide-y">
        {checks.map(({ id }) => (
          <WaitingLine key={id} id={id} />
        ))}
      </ul>
    </Card>
  );
}
