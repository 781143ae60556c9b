import type { Browser, Locator, Page } from '@playwright/test';
import { keyForm, keyPage, keysPage } from '../e2e/pom/keys/keys.ts';
import { mergePage, operation } from '../e2e/pom/operations.ts';
import { personPage } from '../e2e/pom/persons.ts';
import { rotatePage, rotationPage, shownOnce } from '../e2e/pom/keys/rotation.ts';
import { routeEditor, routeTest } from '../e2e/pom/routes/route-editor.ts';
import { routesPage } from '../e2e/pom/routes/routes.ts';
import { shell } from '../e2e/pom/shell.ts';
import type { Figure } from './numbers.ts';

/** A person at a mouse and a keyboard, counted. Pasting is one key press. */
class Hand {
  readonly page: Page;
  clicks = 0;
  keys = 0;
  constructor(page: Page) {
    this.page = page;
  }
  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }
  async type(target: Locator, text: string): Promise<void> {
    await this.click(target);
    await this.write(text);
  }
  /** Where the focus is already. */
  async write(text: string): Promise<void> {
    this.keys += text.length;
    await this.page.keyboard.type(text);
  }
  async paste(text: string): Promise<void> {
    this.keys += 1;
    await this.page.keyboard.insertText(text);
  }
  async press(key: string): Promise<void> {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }
  /** A list is opened and one entry of it chosen. */
  async choose(list: Locator, value: string): Promise<void> {
    this.clicks += 2;
    await list.selectOption(value);
  }
}

const ID = '01234567-89ab-4cde-8f01-23456789abcd';

/** What somebody does, and the lines that do the same; `ids` in them are looked up first and pasted. */
type Leg = { what: string; lines: string[]; walk: (hand: Hand, key: string) => Promise<void> };

const LEGS: readonly Leg[] = [
  {
    what: 'sign in',
    lines: ['omni auth login --api-key ID --api-url http://127.0.0.1:8882'],
    async walk(hand, key) {
      await hand.page.locator('input[name=key]:focus').waitFor();
      await hand.paste(key);
      await hand.press('Enter');
      await shell.account(hand.page).waitFor();
    },
  },
  {
    what: 'find a person',
    lines: ['omni persons search cadu', 'omni persons get ID', 'omni persons presence ID'],
    async walk(hand) {
      const { page } = hand;
      await hand.press('/');
      await hand.write('carlos ed');
      await page.getByRole('option', { name: /Carlos Eduardo Pires/ }).waitFor();
      await hand.press('Enter');
      await personPage.heading(page).filter({ hasText: 'Carlos' }).waitFor();
    },
  },
  {
    what: 'join a duplicate',
    lines: [
      'omni persons search cadu',
      'omni persons presence ID',
      'omni access list',
      'omni persons merge ID ID --reason duplicate',
      'omni persons get ID',
    ],
    async walk(hand) {
      const { page } = hand;
      const double = page.getByRole('region', { name: 'Possible duplicates' });
      await hand.click(double.getByRole('link', { name: 'Merge' }).first());
      await mergePage.merge(page).waitFor();
      if ((await operation.typed(page).count()) > 0) {
        const asked = await operation.asked(page);
        await hand.type(operation.typed(page), asked);
      }
      await hand.click(mergePage.merge(page));
      await operation.done(page).waitFor();
    },
  },
  {
    what: 'take it back',
    lines: [
      'omni persons presence ID',
      'omni persons unlink ID --reason mistake',
      'omni persons update ID --name "Cadu Pires" --phone +551176543210 --email cadu.pires@example.com',
      'omni persons presence ID',
    ],
    async walk(hand) {
      const { page } = hand;
      await hand.click(operation.undo(page));
      await hand.click(operation.undoRun(page));
      await operation.done(page).waitFor();
    },
  },
  {
    what: 'change who answers',
    lines: [
      'omni instances list',
      'omni routes list --instance ID',
      'omni agents list',
      'omni routes update ID --instance ID --agent ID',
    ],
    async walk(hand) {
      const { page } = hand;
      await hand.click(
        page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Routes' }),
      );
      await hand.click(routesPage.row(page, 'Grupo de vendas').getByRole('link').first());
      await routeEditor.review(page).waitFor();
      await hand.type(routeEditor.agent(page), 'supor');
      await page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 1);
      await hand.press('Enter');
      await hand.click(routeEditor.review(page));
      await hand.click(routeEditor.save(page));
      await operation.done(page).waitFor();
    },
  },
  {
    what: 'see who answers now',
    lines: ['omni chats list --instance ID --search vendas', 'omni routes test --instance ID --chat ID'],
    async walk(hand) {
      const { page } = hand;
      await hand.click(page.getByRole('main').getByRole('link', { name: 'Test routing' }).first());
      await routeTest.answer(page).getByText('Suporte').first().waitFor();
    },
  },
  {
    what: 'make a key',
    lines: [
      'omni keys create --name "Painel da loja" --scopes persons:*,routes:*,access:read,instances:read,agents:read,providers:read,chats:read,automations:read,auth:validate --expires 2026-12-31T23:59:00Z',
    ],
    async walk(hand) {
      const { page } = hand;
      await hand.click(page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Keys' }));
      await hand.click(keysPage.create(page));
      await hand.type(keyForm.name(page), 'Painel da loja');
      await hand.click(keyForm.preset(page, 'Support'));
      await hand.click(keyForm.create(page));
      await hand.click(shownOnce.reveal(page));
      await hand.click(shownOnce.stored(page));
      await keyPage.heading(page).filter({ hasText: 'Painel da loja' }).waitFor();
    },
  },
  {
    what: 'rotate it, with an hour of overlap',
    lines: [
      'omni keys get ID',
      'omni keys create --name "Painel da loja" --scopes persons:*,routes:*,access:read,instances:read,agents:read,providers:read,chats:read,automations:read,auth:validate --expires 2026-12-31T23:59:00Z',
      'omni auth login --api-key ID --api-url http://127.0.0.1:8882',
      'omni persons search x',
      'omni keys update ID --expires 2026-11-26T18:00:00Z',
      'omni keys revoke ID --reason rotated',
    ],
    async walk(hand) {
      const { page } = hand;
      await hand.click(keyPage.action(page, 'Rotate key'));
      await hand.click(rotatePage.create(page));
      await shownOnce.dialog(page).waitFor();
      await hand.click(shownOnce.reveal(page));
      await hand.click(shownOnce.stored(page));
      await hand.click(rotationPage.overlap(page, '1 h'));
      await hand.click(rotationPage.reviewExpiry(page));
      await hand.click(rotationPage.setExpiry(page));
      await rotationPage.next(page).getByText('The old key expires on').waitFor();
    },
  },
];

/**
 * The first hour of somebody new, walked with real clicks and keys, beside what the command line takes: each line is typed,
 * each id looked up by the lines before it and pasted (one key press).
 */
export async function firstPath(browser: Browser, origin: string, key: string): Promise<Figure[]> {
  const context = await browser.newContext({ locale: 'en-US', permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(origin);
  await page.locator('html[data-hydrated]').waitFor();
  const rows: Figure[] = [];
  const sums = { clicks: 0, keys: 0, typed: 0, ids: 0 };
  for (const { what, lines, walk } of LEGS) {
    const hand = new Hand(page);
    try {
      await walk(hand, key);
    } catch (error) {
      throw new Error(`The path ends at "${what}", on ${page.url()}`, { cause: error });
    }
    const ids = lines.join(' ').split('ID').length - 1;
    const typed = lines.reduce((sum, line) => sum + line.replaceAll('ID', '').length + 1, 0) + ids;
    rows.push({
      what,
      figure: `${hand.clicks} + ${hand.keys}`,
      note: `command line: ${lines.length} lines, ${typed} keys, ${ids} ids of ${ID.length} characters looked up and pasted`,
    });
    sums.clicks += hand.clicks;
    sums.keys += hand.keys;
    sums.typed += typed;
    sums.ids += ids;
  }
  await context.close();
  const note = `command line: ${sums.typed} keys, ${sums.ids} ids; what it destroys it does not say`;
  return [...rows, { what: 'all of it, clicks + keys', figure: `${sums.clicks} + ${sums.keys}`, note }];
}
