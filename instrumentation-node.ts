import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server } from 'node:http';
import { EnvError, env, type Env } from '#lib/env.ts';
import { keepKeysTidy } from '#lib/keys/list/upkeep.ts';
import { log } from '#lib/log.ts';
import { startMaintenance } from '#lib/operations/journal/maintenance.ts';
import { makePlain } from '#lib/session/incoming/plain-request.ts';
import { limitRenders } from '#lib/session/incoming/render-gate.ts';
import { store } from '#lib/store/database.ts';
import { missingStoreKey } from '#lib/store/reseal.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { startTelemetry } from '#lib/telemetry/start.ts';

/** Checks the configuration, and normalises every request. */
export async function start(): Promise<void> {
  const configuration = readConfiguration();
  await checkStoreKeys();
  await startTelemetry(configuration, store);
  subscribe('http.server.request.start', (message) => {
    if (!isStart(message)) return;
    makePlain(message.request, configuration.APP_ORIGIN, configuration.TRUSTED_PROXIES);
    limitRenders(message.server);
  });
  startMaintenance(store);
  keepKeysTidy(store);
}

/** Ends the process when a store key is missing, since entries could not be read or continued. An unreachable store is only logged. */
async function checkStoreKeys(): Promise<void> {
  try {
    const missing = await missingStoreKey(await store());
    if (missing === null) return;
    process.stderr.write(
      `The console cannot start:\nSTORE_KEYS lacks key ${missing}, which seals rows of the store: add it again until "operations.maintenance" has sealed them anew.\n`,
    );
    process.exit(1);
  } catch (error) {
    const failure = storeErrorOf(error);
    if (!failure) throw error;
    log('error', 'store.down_at_start', { kind: failure.kind });
    process.stderr.write(`${failure.message}\n`);
  }
}

function readConfiguration(): Env {
  try {
    return env();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`The console cannot start:\n${error.message}\n`);
    process.exit(1);
  }
}

function isStart(message: unknown): message is { request: IncomingMessage; server: Server } {
  return typeof message === 'object' && message !== null && 'request' in message && 'server' in message;
}
