import { makeId, ORGANIZATION_ID } from '../ids.ts';
import type { Field } from '../model/field.ts';
import type { SObject } from '../model/sobject.ts';
import type { Row, Value } from '../store/rows.ts';

const MARKS: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escape = (text: string) => text.replace(/[&<>"']/g, mark => MARKS[mark]!);

function textOf(field: Field, value: Value): string {
  const isDecimal = ['double', 'currency', 'percent'].includes(field.type);
  return isDecimal && Number.isInteger(value) ? `${String(value)}.0` : String(value);
}

function notification(object: SObject, seq: number, { id, fields }: Row): string {
  const values = object.fields
    .filter(({ name }) => name !== 'Id' && (fields[name] ?? null) !== null)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(field => `<sf:${field.name}>${escape(textOf(field, fields[field.name]!))}</sf:${field.name}>`);
  return (
    `<Notification><Id>${makeId('04l', seq)}</Id>` +
    `<sObject xsi:type="sf:${object.name}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">` +
    `<sf:Id>${id}</sf:Id>${values.join('')}</sObject></Notification>`
  );
}

/** One SOAP message with the notifications of one object, as an outbound message of a flow sends it. */
export function outboundMessage(
  object: SObject,
  rows: { seq: number; row: Row }[],
  instanceUrl: string,
): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    '<soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound">' +
    `<OrganizationId>${ORGANIZATION_ID}</OrganizationId><ActionId>${makeId('04k', 1)}</ActionId>` +
    '<SessionId xsi:nil="true"/>' +
    `<EnterpriseUrl>${escape(instanceUrl)}/services/Soap/c/66.0/${ORGANIZATION_ID}</EnterpriseUrl>` +
    `<PartnerUrl>${escape(instanceUrl)}/services/Soap/u/66.0/${ORGANIZATION_ID}</PartnerUrl>` +
    rows.map(({ seq, row }) => notification(object, seq, row)).join('') +
    '</notifications></soapenv:Body></soapenv:Envelope>'
  );
}
