import { describe, expect, it } from 'vitest';
import { withBearer } from './bearer.ts';
import { launchTokenIn } from './launch/launch-token.ts';

const origin = 'https://sidecard.example';
const sent = (input: RequestInfo | URL, init?: RequestInit, token: string | null = 'ses.a.b') =>
  new Headers(withBearer(input, init, token, origin)?.headers).get('authorization');

describe('the session in a page’s memory', () => {
  it('goes with every request to the page’s own server', () => {
    for (const input of ['/api/v1/x', `${origin}/x`, new URL(`${origin}/x`), new Request(`${origin}/x`), ''])
      expect(sent(input)).toBe('Bearer ses.a.b');
  });

  it('goes nowhere else', () => {
    for (const input of [
      'https://evil.example/x',
      '//evil.example/x',
      'http://sidecard.example/x',
      'https://sidecard.example.evil.example',
      'https://sidecard.example:8443/',
      'data:text/plain,x',
    ])
      expect(sent(input)).toBeNull();
  });

  it('keeps what a request says already', () => {
    const init = { method: 'POST', headers: { 'next-action': '1', authorization: 'Bearer other' } };
    expect(withBearer('/x', init, 't', origin)).toMatchObject({ method: 'POST' });
    expect(sent('/x', init)).toBe('Bearer other');
    expect(new Headers(withBearer('/x', init, 't', origin)?.headers).get('next-action')).toBe('1');
    const request = new Request(`${origin}/x`, { headers: { 'x-own': '1' } });
    expect(new Headers(withBearer(request, undefined, 't', origin)?.headers).get('x-own')).toBe('1');
  });

  it('is nothing before somebody has come in', () => {
    expect(withBearer('/x', undefined, null, origin)).toBeUndefined();
  });
});

describe('the launch token of an address', () => {
  it.each([
    ['#launch=lau.a.b', 'lau.a.b'],
    ['#launch=lau.a-_1.b-_2?portalId=1', 'lau.a-_1.b-_2'],
    ['#x=1&launch=lau.a.b&y=2', 'lau.a.b'],
    ['#launch=ses.a.b', null],
    ['#launch=', null],
    ['', null],
    ['#nolaunch=lau.a.b', null],
  ])('%s', (hash, token) => {
    expect(launchTokenIn(hash)).toBe(token);
  });
});
