import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, type ErrorCode } from '#lib/core/errors.ts';
import { problemOf } from './problem.ts';

describe('problems', () => {
  it.each<[ErrorCode, number]>([
    ['bad_input', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['conflict', 409],
    ['refused', 422],
    ['limited', 429],
    ['unavailable', 503],
  ])('%s is status %i, with its sentence', (code, status) => {
    expect(problemOf(new AppError(code, 'Say it.', { decision: { id: 'dec_1' } }))).toEqual({
      type: 'about:blank',
      title: code,
      status,
      detail: 'Say it.',
      decision: { id: 'dec_1' },
    });
  });

  it('keep their own status whatever a CRM’s answer was', () => {
    const details = { status: 500, title: 'x', detail: 'x', type: 'x', doing: 'reading' };
    expect(problemOf(new AppError('unavailable', 'Down.', details))).toMatchObject({
      status: 503,
      title: 'unavailable',
      detail: 'Down.',
      type: 'about:blank',
    });
    expect(problemOf(new AppError('unavailable', 'Down.', { status: undefined })).status).toBe(503);
  });

  it('name what cannot be read of a request', () => {
    const { error } = z.object({ kind: z.enum(['approve']) }).safeParse({ kind: 'nod' });
    const problem = problemOf(error);
    expect(problem).toMatchObject({ title: 'bad_input', status: 400 });
    expect(problem.detail).toMatch(/kind/);
    expect(problem.detail).not.toContain('\n');
  });

  it.each([
    [new Error('password=hunter2 at postgres://host')],
    [new TypeError('x is undefined')],
    ['a string'],
    [undefined],
  ])('show nothing of a bug but where to look it up', bug => {
    const problem = problemOf(bug);
    expect(problem).toMatchObject({ title: 'unexpected', status: 500 });
    expect(problem.detail).toContain(problem.traceId);
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|undefined|string/);
    expect(problemOf(bug).traceId).not.toBe(problem.traceId);
  });
});
