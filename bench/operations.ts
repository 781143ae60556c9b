import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Credential } from '#lib/omni/door/credential.ts';
import { getPerson, listPersons, patchPerson } from '#lib/omni/resources/persons.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { listOperations } from '#lib/operations/plan/define.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { editPerson } from '#lib/persons/record/edit.ts';
import { openStore } from '#lib/store/database.ts';
import { median, ms, type Figure } from './numbers.ts';

/** What a run of an operation costs beyond the calls it makes: a person's name is changed, in turns bare and journalled. */
export async function operationOverhead(url: string, key: string, folder: string, runs: number): Promise<Figure[]> {
  process.env.STORE_KEYS ??= `1:${randomBytes(32).toString('base64url')}`;
  process.env.SESSION_PASSWORDS ??= process.env.STORE_KEYS;
  const db = await openStore({ file: join(folder, 'operations.db') });
  const omni = readingFresh(omniAs(new Credential({ id: 'demo', name: 'Demo', url }, key)));
  const session = { sid: 'b', server: 'demo', actor: 'b', keyName: 'bench', yourName: null, scopes: null };
  const runner: Runner = { operations: listOperations([editPerson]), db, omni: () => omni, session };
  const listed = await listPersons(omni, { limit: 1 });
  const id = listed.ok ? listed.value.items[0]?.id : undefined;
  if (id === undefined) throw new Error('nobody to edit');
  const times: Record<'bare' | 'run' | 'preview', number[]> = { bare: [], run: [], preview: [] };
  const timed = async <T>(kind: keyof typeof times, kept: boolean, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const done = await work();
    if (kept) times[kind].push(performance.now() - began);
    return done;
  };
  for (let round = -5; round < runs; round++) {
    await timed('bare', round >= 0, async () => {
      await getPerson(omni, id);
      await patchPerson(omni, id, { displayName: `Bench ${round}` });
      await getPerson(omni, id);
    });
    const changes = { displayName: `Bench journalled ${round}` };
    const seen = await timed('preview', round >= 0, () => preview(runner, 'persons.edit', { id, changes }));
    if (!seen.ok) throw new Error(seen.problem.code);
    await timed('run', round >= 0, async () => {
      const started = await start(runner, seen.token);
      if (started.is !== 'started') throw new Error(started.is);
      await started.job;
    });
  }
  await db.destroy();
  const [bare, run] = [median(times.bare), median(times.run)];
  return [
    { what: 'a name changed: GET, PATCH, GET', figure: ms(bare) },
    { what: 'the same as an operation, to its end', figure: ms(run) },
    { what: 'overhead', figure: ms(run - bare), note: 'target ≤ 15 ms with SQLite' },
    { what: 'its preview before', figure: ms(median(times.preview)) },
  ];
}
