import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_KEYS } from '../sandbox/resources/keys/keys-demo.ts';
import { bin, ROOT, startServer } from './servers/processes.ts';
import { flagsOf, portFor, runTogether, startSandboxFor } from './servers/together.ts';

const wanted = flagsOf(
  'dev',
  'Starts the console in development, and beside it an embedded Omni unless OMNI_SERVERS (environment or .env) names one.',
);

await runTogether(async (all) => {
  const env = join(ROOT, '.env');
  if (existsSync(env)) process.loadEnvFile(env);
  const own = process.env.OMNI_SERVERS;
  const { omni } = own ? { omni: own } : await startSandboxFor(all, wanted);
  const port = await portFor(wanted.port, 'the console');
  const web = startServer(
    [bin('next'), 'dev', '--hostname', '127.0.0.1', '--port', String(port)],
    {
      ...(process.env as Record<string, string>),
      NODE_ENV: 'development',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(port),
      OMNI_SERVERS: own ?? `Local=${omni}`,
    },
    (line) => console.log(line),
  );
  all.start(web);
  if (!own) console.log(`\n  The sandbox is at ${omni}; sign in with ${DEMO_KEYS.admin.secret}\n`);
  const reason = await web.exited;
  if (!all.stopping()) throw new Error(`The console stopped (${reason}).`);
});
