import { describe, expect, it } from 'vitest';
import { fits, isHeavyPattern, matchersOf } from './match.ts';

const NUMBER = '5511955500001';
const WHATSAPP = `${NUMBER}@s.whatsapp.net`;

type Row = [id: string, rule: { phonePattern?: string; platformUserId?: string }, matches: string[], others: string[]];

/** Recorded on two running servers (access contract §6.3). */
const RECORDED: Row[] = [
  [
    'P35.1',
    { phonePattern: `+${NUMBER}` },
    [NUMBER, `+${NUMBER}`],
    [WHATSAPP, `${NUMBER}:12@s.whatsapp.net`, `0${NUMBER}`, '11955500001'],
  ],
  ['P35.2', { phonePattern: NUMBER }, [NUMBER, `+${NUMBER}`], [WHATSAPP]],
  [
    'P35.3',
    { phonePattern: `+${NUMBER}*` },
    [NUMBER, `+${NUMBER}`, WHATSAPP, `${NUMBER}:12@s.whatsapp.net`, `${NUMBER}@lid`, `${NUMBER}9`],
    [],
  ],
  ['P35.4', { phonePattern: `+${WHATSAPP}` }, [WHATSAPP], [NUMBER]],
  ['P35.5', { phonePattern: '+5511*' }, [NUMBER, WHATSAPP, '55119@lid'], ['5512955500001']],
  ['P35.6', { phonePattern: '*500001' }, [NUMBER], [WHATSAPP]],
  ['P35.7', { phonePattern: '*500001*' }, [NUMBER, WHATSAPP, '11987500001000@lid'], []],
  ['P35.8', { phonePattern: '5511*0001' }, [NUMBER, '55110001', '5511@0001'], []],
  ['P35.9', { phonePattern: '*' }, [NUMBER, '', 'anything', '11987654321000@lid', '987654321'], []],
  ['P35.10', { phonePattern: '+*' }, [NUMBER, '+', 'x'], []],
  ['P35.11', { phonePattern: '++55*' }, ['++55'], ['55', '+55', '+++55']],
  ['P35.12', { phonePattern: '+55 (11) 95550-0001' }, ['55 (11) 95550-0001', '+55 (11) 95550-0001'], [NUMBER]],
  ['P35.13', { phonePattern: '55119555[0-9]*' }, ['55119555[0-9]', '55119555[0-9]7'], [NUMBER]],
  ['P35.14', { phonePattern: '5511.*' }, ['5511.9'], [NUMBER]],
  ['P35.15', { phonePattern: '5511?' }, ['5511?'], ['551', '5511', '55119']],
  ['P35.16', { phonePattern: '^5511' }, ['^5511'], ['5511']],
  ['P35.17', { phonePattern: '5511|5512' }, ['5511|5512'], ['5511', '5512']],
  ['P35.18', { phonePattern: String.raw`5511\d+` }, [String.raw`5511\d+`], ['55119']],
  ['P35.19', { phonePattern: '*@lid' }, ['11987654321000@lid'], [NUMBER, WHATSAPP]],
  ['P35.20', { phonePattern: 'ABC*' }, ['ABCD'], ['abcd']],
  ['P35.21', { phonePattern: ` ${NUMBER}` }, [` ${NUMBER}`], [NUMBER]],
  ['P35.22', { phonePattern: '987654*' }, ['987654321', '9876540000000000001'], ['-987654321']],
  ['P35.23', { phonePattern: '-100*' }, ['-1001234567890'], ['100123']],
  [
    'P35.24',
    { platformUserId: WHATSAPP },
    [WHATSAPP],
    [NUMBER, `+${NUMBER}`, `${NUMBER}:12@s.whatsapp.net`, `${NUMBER}@lid`, `${NUMBER}@S.WHATSAPP.NET`, ` ${WHATSAPP}`],
  ],
  ['P35.25', { platformUserId: NUMBER }, [NUMBER], [`+${NUMBER}`, WHATSAPP, `${NUMBER}@lid`]],
  ['P35.26', { platformUserId: `+${NUMBER}` }, [`+${NUMBER}`], [NUMBER]],
  [
    'P35.27',
    { platformUserId: '11987654321000@lid' },
    ['11987654321000@lid'],
    ['11987654321000', '11987654321000@s.whatsapp.net'],
  ],
  ['P35.28', { platformUserId: '987654321' }, ['987654321'], ['0987654321']],
  ['P35.29', { platformUserId: '5511*' }, ['5511*'], [NUMBER]],
  ['P35.30', { platformUserId: 'x', phonePattern: '+5511*' }, ['x', NUMBER], ['y']],
  ['P35.31', { platformUserId: 'x' }, ['x'], [WHATSAPP]],
  ['P35.32', {}, [], [WHATSAPP, 'acce5502-0000-4000-8000-000000000001', '']],
  ['P35.33', { platformUserId: '', phonePattern: '+5500' }, ['5500'], ['']],
  ['P35.34', { phonePattern: '', platformUserId: 'zz' }, ['zz'], ['']],
  ['P35.35', { phonePattern: '5511*' }, [], ['5511\n9']],
];

const ruleOf = (rule: Row[1]) => ({
  phonePattern: rule.phonePattern ?? null,
  platformUserId: rule.platformUserId ?? null,
});

describe('access rules: fits', () => {
  it.each(RECORDED)('answers as recorded: %s %j', (_id, rule, matches, others) => {
    for (const handle of matches) expect([handle, fits(ruleOf(rule), handle, 'exact')]).toEqual([handle, 'yes']);
    for (const handle of others) expect([handle, fits(ruleOf(rule), handle, 'exact')]).toEqual([handle, 'no']);
  });

  it('compares handles by what stands before the first @ where the server is of the newest source', () => {
    const rule = ruleOf({ platformUserId: WHATSAPP });
    for (const handle of [NUMBER, WHATSAPP, `${NUMBER}@lid`, `${NUMBER}@S.WHATSAPP.NET`])
      expect(fits(rule, handle, 'before-at')).toBe('yes');
    for (const handle of [`+${NUMBER}`, `${NUMBER}:12@s.whatsapp.net`, ` ${WHATSAPP}`])
      expect(fits(rule, handle, 'before-at')).toBe('no');
  });

  it('reads patterns alike by both matchers', () => {
    for (const [, { phonePattern }, matches, others] of RECORDED.filter(([, rule]) => !('platformUserId' in rule)))
      for (const handle of [...matches, ...others])
        expect(fits(ruleOf({ phonePattern }), handle, 'before-at')).toBe(
          fits(ruleOf({ phonePattern }), handle, 'exact'),
        );
  });

  it('refuses a pattern with more than three stars at once, and still reads the handle beside it', () => {
    const heavy = `${'*'.repeat(12)}x`;
    expect([isHeavyPattern('*1*2*'), isHeavyPattern('*1*2*3*')]).toEqual([false, true]);
    expect(fits(ruleOf({ phonePattern: heavy }), '1'.repeat(30), 'exact')).toBe('refused');
    expect(fits(ruleOf({ phonePattern: heavy, platformUserId: 'x' }), 'x', 'exact')).toBe('yes');
  });

  it('reads two stars in a row as one, as Omni does', () => {
    for (const [two, one] of [
      ['5511**01', '5511*01'],
      ['**', '*'],
      ['**1*', '*1*'],
    ] as const)
      for (const handle of ['551101', '5511955500001', '55119', '', '5511\n01'])
        expect(fits(ruleOf({ phonePattern: two }), handle, 'exact')).toBe(
          fits(ruleOf({ phonePattern: one }), handle, 'exact'),
        );
  });

  it('knows which matchers a server may have', () => {
    expect(matchersOf('february')).toEqual(['exact']);
    expect(matchersOf('current')).toEqual(['exact', 'before-at']);
    expect(matchersOf('unknown')).toEqual(['exact', 'before-at']);
  });
});
