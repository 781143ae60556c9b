import { expect, test } from 'vitest';
import { fold } from './fold.ts';

test.each([
  ['Nguyễn Thị Ngọc', 'nguyen thi ngoc'],
  ['ĐẶNG', 'dang'],
  ['İbrahim IŞIK', 'ibrahim isik'],
  ['GROẞ', 'gross'],
  ['𝓐𝓷𝓪 Ｓｉｌｖａ', 'ana silva'],
  ['Αλέξανδρος', 'αλεξανδρος'],
  ['Йосип Фёдоров', 'иосип федоров'],
  ['مُحَمَّد', 'محمد'],
  ['김민수'.normalize('NFD'), '김민수'],
])('fold: %s is compared as %s', (name, folded) => expect(fold(name)).toBe(folded));

test.each([
  ['रवि', 'रव', 'Ravi'],
  ['राम', 'रमा', 'Ram and Rama'],
  ['ปิติ', 'ปีติ', 'Thai vowels'],
  ['রবি', 'রবা', 'Bengali vowels'],
  ['ハナ', 'バナ', 'Hana and Bana'],
  ['はな', 'ばな', 'in hiragana'],
  ['မောင်', 'မင်', 'of Myanmar'],
])('fold: %s and %s are two names (%s)', (one, other) => {
  expect(fold(one)).not.toBe(fold(other));
  expect(fold(one.normalize('NFD'))).toBe(fold(one.normalize('NFC')));
});
