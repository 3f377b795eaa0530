import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { traceOf } from './log.ts';

describe('what the log keeps of an error', () => {
  it('is the query, the place and the reason, and never the values', () => {
    const reason = Object.assign(new Error('duplicate key'), { code: '23505' });
    const error = new DrizzleQueryError(
      'insert into people values ($1, $2)',
      ['Ann Lee', 'ann@example.com\n x'],
      reason,
    );
    const text = traceOf(error);
    expect(text).toContain('insert into people');
    expect(text).toContain('duplicate key');
    expect(text).toContain('[23505]');
    expect(text).toContain('log.test.ts');
    expect(text).not.toContain('Ann');
    expect(text).not.toContain('example.com');
  });

  it('takes what is no error', () => {
    expect(traceOf('text')).toBe('text');
  });
});
