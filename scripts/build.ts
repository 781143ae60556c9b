import { rmSync, writeFileSync } from 'node:fs';
import { bin, run } from './servers/processes.ts';
import { dropStaleTypes, sourceHash, STAMP } from './suites/stale.ts';
import { completeStandalone } from './servers/standalone.ts';

const hash = sourceHash();
rmSync(STAMP, { force: true });
dropStaleTypes();
const code = await run(process.execPath, [bin('next'), 'build'], {
  NEXT_TELEMETRY_DISABLED: '1',
  NEXT_DEPLOYMENT_ID: process.env.NEXT_DEPLOYMENT_ID ?? hash.slice(0, 12),
});
if (code !== 0) process.exit(code);
completeStandalone();
writeFileSync(STAMP, hash);
