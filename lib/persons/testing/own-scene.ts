import 'server-only';
import { afterAll, beforeAll, vi } from 'vitest';
import { startScene, type PersonsScene } from './scene.ts';

/** The scene of a test file (`startScene`): there from its first test on, gone after its last one. */
export function ownScene(): PersonsScene {
  const scene = {} as PersonsScene;
  beforeAll(async () => {
    vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
    Object.assign(scene, await startScene());
  });
  afterAll(async () => {
    await scene.db.destroy();
    await scene.sandbox.stop();
  });
  return scene;
}
