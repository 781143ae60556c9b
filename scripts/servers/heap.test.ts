import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './processes.ts';
import { HEAP_FLAGS } from './standalone.ts';

test.each([
  ['Dockerfile', HEAP_FLAGS.map((flag) => `"${flag}"`).join(', ')],
  ['package.json', `node ${HEAP_FLAGS.join(' ')} scripts/start.ts`],
])('memory: %s starts the console within its limits', (file, flags) => {
  expect(readFileSync(join(ROOT, file), 'utf8')).toContain(flags);
});
