import { Suspense, type ReactNode } from 'react';
import { Card } from '#components/ui/card.tsx';
import { translations } from '#lib/i18n/server.ts';
import { byUrgency, isFinding, type FinishedCheck, type HomeCheck } from './check.ts';
import { Finding } from './finding.tsx';
import { ForbiddenLine, QuietLine, WaitingLine } from './quiet-line.tsx';

/** How long sorting waits for results; later results are shown in their fixed place. */
const SORT_WITHIN_MS = 600;

/** What needs attention, most urgent first, and below it the other checks as they finish. */
export async function Checks({ checks }: { checks: HomeCheck[] }) {
  const [t, known] = await Promise.all([translations('home'), finishedInTime(checks)]);
  const first = known.filter(isFinding).toSorted(byUrgency);
  const denied = known.flatMap(({ id, result }) =>
    result.is === 'forbidden' && result.says === undefined ? [{ id, scope: result.scope }] : [],
  );
  const rest = checks.filter(({ id }) => ![...first, ...denied].some((one) => one.id === id));
  return (
    <div className="space-y-4">
      {first.map((one) => (
        <Finding key={one.id} {...one} />
      ))}
      {rest.map((check) => (
        <Suspense key={check.id}>
          <Late check={check} as={Finding} />
        </Suspense>
      ))}
      <div className="hidden has-[li]:block">
        <Card id="checked" title={t('checked-title')} flush>
          <ul className="divide-y">
            {rest.map((check) => (
              <Suspense key={check.id} fallback={<WaitingLine id={check.id} />}>
                <Late check={check} as={QuietLine} />
              </Suspense>
            ))}
            {denied.length > 0 ? <ForbiddenLine scopes={[...new Set(denied.map(({ scope }) => scope))]} /> : null}
          </ul>
        </Card>
      </div>
    </div>
  );
}

type LateProps = { check: HomeCheck; as: (known: FinishedCheck) => ReactNode | Promise<ReactNode> };

/** A check that finished after the sorting; shown as a finding or as a line, and each of the two renders nothing for the other. */
async function Late({ check: { id, result }, as: As }: LateProps) {
  return <As id={id} result={await result} />;
}

async function finishedInTime(checks: readonly HomeCheck[]): Promise<FinishedCheck[]> {
  const known: FinishedCheck[] = [];
  const all = checks.map(async ({ id, result }) => void known.push({ id, result: await result }));
  const { promise: timeUp, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, SORT_WITHIN_MS);
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
