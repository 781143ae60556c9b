import { describe, expect, test, vi } from 'vitest';
import { openStore } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { startFaultBed } from '#lib/operations/testing/faults/fault-bed.ts';
import { SCENES } from '#lib/operations/testing/faults/fault-scenes.ts';
import {
  countWrites,
  printTable,
  TABLE_FAULTS,
  tryFault,
  type Tried,
} from '#lib/operations/testing/faults/fault-table.ts';

const patience = vi.hoisted(() => ({ writeMs: 30_000 }));
vi.mock('#lib/omni/limits.ts', async (original) => {
  const limits = await original<object>();
  return Object.defineProperty({ ...limits }, 'WRITE_TIMEOUT_MS', { get: () => patience.writeMs, enumerable: true });
});

const engines = await testEngines();

const wholeTable = Boolean(process.env.SOAK);
const scenes = SCENES.filter(({ share }) => wholeTable || share);

describe.each(wholeTable ? engines : engines.slice(0, 1))(
  'operations.run under faults, on $name',
  ({ name, newPlace }) => {
    test('of every fault on every write of every operation: nothing is said that is not so', async () => {
      const db = await openStore(await newPlace());
      const bed = await startFaultBed(db);
      const tries: { row: string; what: string; tried: Tried }[] = [];
      try {
        for (const scene of scenes) {
          const writes = await countWrites(bed, scene);
          for (let nth = 1; nth <= writes; nth += 1) {
            for (const row of TABLE_FAULTS) {
              const tried = await tryFault(bed, scene, nth, row, patience);
              tries.push({ row: row.name, what: `${scene.name}, write ${nth}, ${row.name}: ${tried.said}`, tried });
            }
          }
        }
      } finally {
        process.stderr.write(printTable(`faults × writes on ${name}`, tries));
        await bed.stop();
        await db.destroy();
      }
      const wrong = tries.filter(
        ({ tried }) =>
          tried.falseDone || tried.falseNotDone || tried.notCorrected || tried.doubledByConsole || tried.unnamed,
      );
      expect(wrong.map(({ what }) => what)).toEqual([]);
    });
  },
);
