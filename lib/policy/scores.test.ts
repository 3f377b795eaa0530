import { describe, expect, it } from 'vitest';
import { Role } from '#lib/core/scope.ts';
import { defaultSettings, TenantSettings } from '#lib/core/settings.ts';
import { allOn, body, scopeOf, shipped } from './examples.ts';
import { mayWriteScores } from './policy.ts';

const service = scopeOf('service');

describe('scores in the CRM’s own fields', () => {
  it('are written by Sidecard itself once an admin turned it on, and the verdict says so', () => {
    expect(mayWriteScores(service, allOn, shipped)).toEqual({
      changeId: '',
      effect: 'allow',
      policies: ['scores-by-sidecard'],
      reason: "An admin has turned on writing scores into the CRM's score fields.",
      policySet: 'shipped',
    });
  });

  it('are not, as a connected CRM starts', () => {
    expect(mayWriteScores(service, defaultSettings, shipped)).toMatchObject({
      effect: 'deny',
      policies: ['writing-scores-off'],
    });
  });

  it('are not while the kill switch is pulled', () => {
    expect(mayWriteScores(service, { ...allOn, killSwitch: true }, shipped)).toMatchObject({
      effect: 'deny',
      policies: ['kill-switch'],
    });
  });

  it.each(Role.options.filter(role => role !== 'service'))('are not written by %s', role => {
    expect(mayWriteScores(scopeOf(role), allOn, shipped).effect).toBe('deny');
  });

  it('are off in settings of before', () => {
    const { score: _, ...writes } = allOn.writes;
    expect(TenantSettings.parse({ ...allOn, writes }).writes.score).toBe(false);
    expect(TenantSettings.parse(allOn).writes.score).toBe(true);
  });

  it('are denied by a policy set that was made before there were any', () => {
    const files = Object.fromEntries(
      Object.entries(body.files).map(([name, text]) => [
        name,
        text
          .replaceAll(/@id\("(writing-scores-off|scores-by-sidecard)"\)[\s\S]*?;\n/g, '')
          .replace('[Action::"change", Action::"write_scores"]', 'Action::"change"'),
      ]),
    );
    const schema = body.schema
      .replace(/^type ScoresContext.*$/m, '')
      .replace(/action "write_scores"[\s\S]*?;/, '');
    const older = { hash: 'before scores', body: { ...body, schema, files } };
    expect(mayWriteScores(service, allOn, older)).toMatchObject({ effect: 'deny', policies: [] });
  });
});
