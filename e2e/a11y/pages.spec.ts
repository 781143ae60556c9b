import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../fixtures.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });

    for (const path of [
      '/',
      '/persons',
      '/persons?q=Silva',
      '/persons?q=nobody-has-this-name',
      '/persons/1',
      '/routes',
      '/routes/hygiene',
      '/routes/delete?route=1',
      '/keys?show=all',
      '/keys/new',
      '/keys/99999990-0000-4000-8000-000000000012',
      '/keys/99999990-0000-4000-8000-000000000012/leaked',
      '/routes/new',
      '/routes/test',
      '/routes/probes',
      '/account',
      '/activity',
      '/status',
    ]) {
      test(`${path} keeps WCAG 2.2 AA as far as a machine can tell`, async ({ page, open }) => {
        await open(path);
        const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      });
    }

    test.describe('signed out', () => {
      test.use({ as: 'nobody' });

      test('/login', async ({ page, open }) => {
        await open('/login');
        const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      });
    });
  });
}
