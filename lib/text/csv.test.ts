import { expect, it } from 'vitest';
import { csvLine, separatorFor } from './csv.ts';

it.each([
  [['a', 'b'], ',', 'a,b\r\n'],
  [['a;b', 'c,d'], ';', '"a;b";c,d\r\n'],
  [['say "hi"', 'two\nlines'], ',', '"say ""hi""","two\nlines"\r\n'],
  [['=1+1', '+55', '-2', '@x', '\tx', '\rx', '\n=x'], ',', "'=1+1,'+55,'-2,'@x,'\tx,\"'\rx\",\"'\n'=x\"\r\n"],
  [['＝1', '＋1', '－1', '＠x'], ',', "'＝1,'＋1,'－1,'＠x\r\n"],
  [['', 'São Paulo'], ';', ';São Paulo\r\n'],
  [['+55 11 98765 4321', '+55 11 98765 4321-1', '+1 =1'], ';', "+55 11 98765 4321;'+55 11 98765 4321-1;'+1 =1\r\n"],
  [['Ana,=1+1', "x,'@y", 'a,-2+3|b'], ';', "Ana,'=1+1;x,''@y;a,'-2+3|b\r\n"],
  [['Ana;=1+1', 'a\t=1'], ',', "Ana;'=1+1,a\t'=1\r\n"],
  [['[1,-2]', 'Silva, Ana', '+551199,+551188'], ';', "[1,-2];Silva, Ana;'+551199,+551188\r\n"],
  [['Edit \r=1+1', 'two\n@x', 'two\n-2\n'], ',', '"Edit \r\'=1+1","two\n\'@x","two\n-2\n"\r\n'],
  [['+55 11 98765 4321', '+5511987654321', '+1+cmd|calc'], ',', "+55 11 98765 4321,'+5511987654321,'+1+cmd|calc\r\n"],
  [['3-4', '00123', '308812715716749910', '1/2/26', '1E5'], ',', "'3-4,'00123,'308812715716749910,'1/2/26,'1E5\r\n"],
  [
    ['0', '12', '2026-11-05', '2026-11-05 16:02:00', '203.0.113.9', '1.5'],
    ',',
    "0,12,2026-11-05,2026-11-05 16:02:00,203.0.113.9,'1.5\r\n",
  ],
] as const)('csv: writes %j', (cells, separator, line) => expect(csvLine(cells, separator)).toBe(line));

it('csv: separates cells as a spreadsheet of the language expects', () => {
  expect([separatorFor('en'), separatorFor('pt-BR')]).toEqual([',', ';']);
});
