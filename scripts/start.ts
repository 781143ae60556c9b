import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { SERVER } from './servers/standalone.ts';

if (!existsSync(SERVER)) {
  console.error('The console is not built: run "npm run build" first.');
  process.exit(1);
}
// Next would read the copy that the last build made; what the environment says goes before both.
if (existsSync('.env')) process.loadEnvFile('.env');
// Containers and some shells set HOSTNAME to the machine's own name: that is nobody's wish to listen there.
if (!process.env.HOSTNAME || process.env.HOSTNAME === hostname()) process.env.HOSTNAME = '127.0.0.1';
// The server moves into .next/standalone, which the next build replaces.
process.env.STORE_FILE = resolve(process.env.STORE_FILE || '.data/console.db');
await import(SERVER);
