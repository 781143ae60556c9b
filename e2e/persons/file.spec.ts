import { makePeople } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe('in Portuguese', () => {
  test.use({ locale: 'pt-BR' });

  test('people file: its header is in the language, phones keep their plus, channels are there where the page shows them', async ({
    page,
    open,
    omni,
  }) => {
    const digits = `11987${String(Date.now()).slice(-6)}`;
    await makePeople(omni, { name: 'Arquivada Ção', phone: `+55${digits}`, email: 'arquivada@example.com' });
    await open('/persons');
    const file = await page.evaluate(async () => (await fetch('/persons/export?q=arquivada')).text());
    const [header = '', ...lines] = file.replace('\uFEFF', '').trim().split(/\r?\n/);
    expect(header).toMatch(/Nome.*Telefone.*E-mail.*Canais/);
    const line = lines.find((one) => one.includes('Arquivada Ção')) ?? '';
    expect(line).toContain(`+55 11 ${digits.slice(2, 7)} ${digits.slice(7)}`);
    expect(line).toContain('WhatsApp');
    expect(line).not.toContain("'");
  });
});
