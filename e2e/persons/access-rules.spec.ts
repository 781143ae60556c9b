import { randomUUID } from 'node:crypto';
import { expect, test } from '../fixtures/test.ts';
import { signInAnew, smallWorld } from '../fixtures/small-world.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';

test('access rules: what each does and which can’t decide; filters stand in the address', async ({
  page,
  open,
  omni,
  context,
  web,
}) => {
  await smallWorld(context, web, omni);
  const common = { instanceId: WHATSAPP, ruleType: 'deny', priority: 0, enabled: true, action: 'silent_block' };
  const handle = `55119${String(Date.now()).slice(-8)}@s.whatsapp.net`;
  await omni.rows({
    access_rules: [
      { ...common, id: randomUUID(), platformUserId: handle, createdAt: 1e15 },
      { ...common, id: randomUUID(), platformUserId: handle, ruleType: 'allow', createdAt: 2e15, reason: 'E2E newer' },
      { ...common, id: randomUUID(), platformUserId: `x${handle}`, enabled: false, createdAt: 1e15 },
    ],
  });
  await open('/persons/access-rules');
  const rows = page.getByRole('table', { name: 'Access rules' }).getByRole('row');
  await expect(rows.filter({ hasText: 'another rule comes first' }).filter({ hasText: 'Blocks' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'E2E newer' })).toContainText('Allows');
  await expect(rows.filter({ hasText: 'Omni doesn’t match by person' })).toHaveCount(1);
  await open('/persons/access-rules?state=cannot');
  await expect(rows.filter({ hasText: 'another rule comes first' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'E2E newer' })).toHaveCount(0);
  await open('/persons/access-rules?state=inactive&q=x55119');
  await expect(rows.filter({ hasText: 'Inactive' })).toHaveCount(1);
});

test('access rules: a key without access:read is told the scope, and Omni is asked nothing', async ({
  page,
  open,
  omni,
  context,
  web,
}) => {
  await signInAnew(context, web, omni, { scopes: ['persons:read'] });
  await omni.clearCalls();
  await open('/persons/access-rules');
  await expect(page.getByRole('main')).toContainText('access:read');
  const { items } = await omni.calls();
  expect(items.filter(({ path }) => path.includes('/access'))).toEqual([]);
});
