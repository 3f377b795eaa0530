import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ourFields } from '#lib/crm/salesforce/our-fields.ts';
import { parseEnv } from '#lib/platform/env.ts';

const home = 'extensions/salesforce/force-app/main/default';
const files = globSync(`${home}/**/*.xml`).sort();
const textOf = (path: string) => readFileSync(path, 'utf8');
const namesIn = (text: string, tag: string): string[] =>
  [...text.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value]) => String(value));

/** What the root element of a file must be, by the file's suffix. */
const roots: Record<string, string> = {
  'field-meta.xml': 'CustomField',
  'permissionset-meta.xml': 'PermissionSet',
  'cspTrustedSite-meta.xml': 'CspTrustedSite',
  'externalCredential-meta.xml': 'ExternalCredential',
  'namedCredential-meta.xml': 'NamedCredential',
  'eca-meta.xml': 'ExternalClientApplication',
  'ecaOauth-meta.xml': 'ExtlClntAppOauthSettings',
  'ecaCanvas-meta.xml': 'ExtlClntAppCanvasSettings',
  'cls-meta.xml': 'ApexClass',
  'js-meta.xml': 'LightningComponentBundle',
  'flexipage-meta.xml': 'FlexiPage',
};

/** Fields of the package by the object that has them; those of activities stand on tasks and events. */
const packaged = globSync(`${home}/objects/*/fields/*.xml`).flatMap(path => {
  const [, object = '', name = ''] = /objects\/(\w+)\/fields\/(\w+)\.field-meta\.xml$/.exec(path) ?? [];
  return (object === 'Activity' ? ['Task', 'Event'] : [object]).map(one => `${one}.${name}`);
});
const used = Object.entries(ourFields).flatMap(([object, names]) => names.map(name => `${object}.${name}`));

describe('the Salesforce package', () => {
  it.each(files)('%s is well-formed and what its name says', path => {
    const text = textOf(path);
    expect(XMLValidator.validate(text)).toBe(true);
    const suffix = basename(path).split('.').slice(1).join('.');
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(text) as Record<
      string,
      { '@_xmlns'?: string }
    >;
    const root = roots[suffix];
    expect(Object.keys(parsed)).toEqual(['?xml', root]);
    expect(parsed[root ?? '']?.['@_xmlns']).toBe('http://soap.sforce.com/2006/04/metadata');
  });

  it('has exactly the fields that the connector uses', () => {
    const known = packaged.filter(name => !name.startsWith('Event.'));
    expect(known.sort()).toEqual(used.sort());
  });

  it('names each field as its file is named, and makes the change id a key', () => {
    for (const path of globSync(`${home}/objects/*/fields/*.xml`))
      expect(namesIn(textOf(path), 'fullName')).toEqual([basename(path).replace('.field-meta.xml', '')]);
    const key = textOf(`${home}/objects/Activity/fields/Sidecard_Change_Id__c.field-meta.xml`);
    for (const trait of ['unique', 'externalId', 'caseSensitive'])
      expect(namesIn(key, trait)).toEqual(['true']);
  });

  it('shows every field to people, and lets the integration write it', () => {
    const people = textOf(`${home}/permissionsets/Sidecard.permissionset-meta.xml`);
    const server = textOf(`${home}/permissionsets/Sidecard_Integration.permissionset-meta.xml`);
    expect(namesIn(people, 'field').sort()).toEqual([...packaged].sort());
    expect(namesIn(server, 'field').sort()).toEqual([...packaged].sort());
    expect(new Set(namesIn(people, 'editable'))).toEqual(new Set(['false']));
    expect(new Set(namesIn(server, 'editable'))).toEqual(new Set(['true']));
    expect(namesIn(server, 'allowDelete')).not.toContain('true');
    expect(namesIn(server, 'modifyAllRecords')).not.toContain('true');
  });

  it('refers to nothing that is not in it', () => {
    const all = files.map(textOf).join('\n');
    for (const name of namesIn(all, 'apexClass'))
      expect(existsSync(`${home}/classes/${name}.cls`)).toBe(true);
    for (const name of namesIn(all, 'externalClientApplication'))
      expect(existsSync(`${home}/externalClientApps/${name}.eca-meta.xml`)).toBe(true);
    for (const name of namesIn(all, 'externalCredential'))
      expect(existsSync(`${home}/externalCredentials/${name}.externalCredential-meta.xml`)).toBe(true);
    for (const principal of namesIn(all, 'externalCredentialPrincipal')) {
      const [credential, group] = principal.split('-');
      const text = textOf(`${home}/externalCredentials/${credential}.externalCredential-meta.xml`);
      expect(namesIn(text, 'parameterGroup')).toContain(group);
    }
    for (const name of namesIn(all, 'componentName').filter(one => !one.includes(':')))
      expect(existsSync(`${home}/lwc/${name}/${name}.js`)).toBe(true);
  });

  it('is on one API version, the connector’s', () => {
    const { sourceApiVersion } = JSON.parse(textOf('extensions/salesforce/sfdx-project.json')) as {
      sourceApiVersion: string;
    };
    const versions = files.flatMap(path => namesIn(textOf(path), 'apiVersion'));
    expect(new Set([...versions, sourceApiVersion])).toEqual(new Set([parseEnv({}).SALESFORCE_API_VERSION]));
  });

  it('has its addresses replaced when it is deployed, and no secret', () => {
    const addresses = files.flatMap(path =>
      [...textOf(path).matchAll(/https:\/\/[^<\s"']+/g)].map(([url]) => url),
    );
    for (const url of addresses) expect(url).toMatch(/^https:\/\/sidecard\.example\.com(\/api\/canvas)?$/);
    expect(addresses.length).toBeGreaterThan(2);
    for (const path of files) expect(textOf(path)).not.toMatch(/consumerSecret|consumerKey|password/i);
  });
});

describe('its code', () => {
  const component = `${home}/lwc/sidecardCard/sidecardCard.js`;

  it('parses: the component', () => {
    const source = ts.createSourceFile(
      'x.js',
      textOf(component),
      ts.ScriptTarget.ES2022,
      true,
      ts.ScriptKind.JS,
    );
    const { parseDiagnostics } = source as unknown as { parseDiagnostics: ts.Diagnostic[] };
    expect(parseDiagnostics.map(one => one.messageText)).toEqual([]);
  });

  it('shows in its template only what the component has', () => {
    const template = textOf(component.replace('.js', '.html'));
    expect(XMLValidator.validate(template.replaceAll(/=\{(\w+)\}/g, '="$1"'))).toBe(true);
    for (const [, name = ''] of template.matchAll(/\{(\w+)\}/g))
      expect(textOf(component)).toMatch(new RegExp(`\\b(?:get )?${name}\\b(?: =|\\()`));
  });

  it('calls Apex that is there and open to components, over the named credential', () => {
    const [, name = '', method = ''] = /@salesforce\/apex\/(\w+)\.(\w+)/.exec(textOf(component)) ?? [];
    const apex = textOf(`${home}/classes/${name}.cls`);
    expect(apex).toMatch(new RegExp(`@AuraEnabled\\s+public static \\w+ ${method}\\(`));
    const [, credential = ''] = /callout:(\w+)\//.exec(apex) ?? [];
    expect(existsSync(`${home}/namedCredentials/${credential}.namedCredential-meta.xml`)).toBe(true);
    expect(apex).toContain('/api/salesforce/launch');
    expect(existsSync('app/api/salesforce/launch/route.ts')).toBe(true);
    expect(existsSync('app/api/canvas/route.ts')).toBe(true);
  });

  it.each(globSync(`${home}/classes/*.cls`))('%s closes what it opens, and has its description', path => {
    const code = textOf(path)
      // Texts first: an address in one looks like a comment.
      .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''")
      .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    for (const [open, close] of ['{}', '()', '[]'] as const)
      expect(code.split(open ?? '').length).toBe(code.split(close ?? '').length);
    expect(existsSync(`${path}-meta.xml`)).toBe(true);
  });
});
