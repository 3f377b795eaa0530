import { expect, it } from 'vitest';
import { longId } from './subject-of.ts';

it('writes ids in 18 characters: the last three tell the capitals of the first fifteen', () => {
  expect(longId('00Dx00000001hxy')).toBe('00Dx00000001hxyEAA');
  expect(longId('001A0000006Vm9r')).toBe('001A0000006Vm9rIAC');
  expect(longId('001A0000006Vm9rIAC')).toBe('001A0000006Vm9rIAC');
});
