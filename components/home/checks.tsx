import { Suspense, type ReactNode } from 'react';
import { Card } from '#components/ui/card.tsx';
import { translations } from '#lib/i18n/server.ts';
import { byUrgency, needsReading, type Check, type Known } from './check.ts';
import { Finding } from './finding.tsx';
import { ForbiddenLine, QuietLine, WaitingLine } from './quiet-line.tsx';

/** So long everything waits for what can be put in order; what comes later is shown in its place. */
const PATIENCE_MS = 600;

/** What needs somebody, most urgent first, and under it what was looked at besides, as it comes. */
export async function Checks({ checks }: { checks: Check[] }) {
  const [t, known] = await Promise.all([translations('home'), soonKnown(checks)]);
  const first = known.filter(needsReading).toSorted(byUrgency);
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
        <Card id="looked-at" title={t('looked-at')} flush>
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

type LateProps = { check: Check; as: (known: Known) => ReactNode | Promise<ReactNode> };

/** What came after the others were put in order; each of the two it can be shows nothing for the other. */
async function Late({ check: { id, result }, as: As }: LateProps) {
  return <As id={id} result={await result} />;
}

async function soonKnown(checks: readonly Check[]): Promise<Known[]> {
  const known: Known[] = [];
  const all = checks.map(async ({ id, result }) => void known.push({ id, result: await result }));
  const { promise: patience, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE_MS);
  await Promise.race([Promise.allSettled(all), patience]);
  clearTimeout(timer);
  return [...known];
}

/** As many lines as there will be, so that nothing moves when all is well. */
export async function ChecksToCome({ checks }: { checks: Check[] }) {
  const t = await translations('home');
  return (
    <Card title={t('looked-at')} flush>
      <ul className="divide-y">
        {checks.map(({ id }) => (
          <WaitingLine key={id} id={id} />
        ))}
      </ul>
    </Card>
  );
}
