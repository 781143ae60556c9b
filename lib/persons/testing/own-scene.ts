import 'server-only';
import { afterAll, beforeAll } from 'vitest';
import { startScene, type PersonsScene } from './scene.ts';

/** The scene of a test file (`startScene`): there from its first test on, gone after its last one. */
export function ownScene(): PersonsScene {
  const scene = {} as PersonsScene;
  beforeAll(async () => {
    Object.assign(scene, await startScene());
  });
  afterAll(async () => {
    await scene.db.destroy();
    await scene.sandbox.stop();
  });
  return scene;
}
