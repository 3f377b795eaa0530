import type { SObject } from '../model/sobject.ts';
import { nowOf, type Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';
import { loadRow, rowsOf, type Fields } from '../store/rows.ts';

const text = (value: unknown) => (typeof value === 'string' ? value : '');

function deriveOpportunity(org: Org, before: Fields | undefined, after: Fields): void {
  const stage = rowsOf(org.store, 'OpportunityStage').find(
    ({ fields }) => fields['ApiName'] === after['StageName'],
  );
  const moved = before?.['StageName'] !== after['StageName'];
  if (stage && moved) {
    const { IsClosed, IsWon, ForecastCategory, ForecastCategoryName, DefaultProbability } = stage.fields;
    const given = before ? after['Probability'] !== before['Probability'] : after['Probability'] != null;
    Object.assign(after, { IsClosed, IsWon, ForecastCategory, ForecastCategoryName });
    if (!given) after['Probability'] = DefaultProbability ?? 0;
    if (before) after['LastStageChangeDate'] = nowOf(org);
  }
  const amount = after['Amount'];
  after['ExpectedRevenue'] =
    typeof amount === 'number' ? Math.round(amount * Number(after['Probability'] ?? 0)) / 100 : null;
  const close = text(after['CloseDate']);
  after['FiscalYear'] = Number(close.slice(0, 4));
  after['FiscalQuarter'] = Math.ceil(Number(close.slice(5, 7)) / 3);
}

function deriveActivity(org: Org, after: Fields): void {
  const who = loadRow(org.store, text(after['WhoId']));
  const what = loadRow(org.store, text(after['WhatId']));
  if (who?.type === 'Lead' && what) {
    const message = 'If Who is a lead, What must be empty: a lead cannot be related to another record';
    throw new SalesforceRefusal('FIELD_INTEGRITY_EXCEPTION', message, { fields: ['WhatId'] });
  }
  const fromWhat = what?.type === 'Account' ? what.id : what?.fields['AccountId'];
  after['AccountId'] = fromWhat ?? who?.fields['AccountId'] ?? null;
}

function deriveEvent(after: Fields): void {
  const start = text(after['StartDateTime']) || text(after['ActivityDateTime']);
  if (start === '') {
    if (after['IsAllDayEvent'] === true && after['ActivityDate'] != null) return;
    const fields = ['StartDateTime'];
    throw new SalesforceRefusal('REQUIRED_FIELD_MISSING', 'Required fields are missing: [StartDateTime]', {
      fields,
    });
  }
  const end = text(after['EndDateTime']);
  const minutes = end
    ? Math.round((Date.parse(end) - Date.parse(start)) / 60_000)
    : after['DurationInMinutes'];
  if (typeof minutes !== 'number' || minutes < 0) {
    throw new SalesforceRefusal(
      'FIELD_INTEGRITY_EXCEPTION',
      'Event duration: an end not before the start is needed',
      {
        fields: ['DurationInMinutes'],
      },
    );
  }
  after['StartDateTime'] = start;
  after['ActivityDateTime'] = start;
  after['ActivityDate'] = start.slice(0, 10);
  after['DurationInMinutes'] = minutes;
  after['EndDateTime'] = new Date(Date.parse(start) + minutes * 60_000).toISOString();
}

function deriveTask(org: Org, before: Fields | undefined, after: Fields): void {
  const closed = after['Status'] === 'Completed';
  if (closed !== (before?.['IsClosed'] === true)) after['CompletedDateTime'] = closed ? nowOf(org) : null;
  after['IsClosed'] = closed;
  after['IsHighPriority'] = after['Priority'] === 'High';
}

/** Sets what Salesforce itself works out from a record's other values; refuses what cannot stand together. */
export function deriveFields(org: Org, object: SObject, before: Fields | undefined, after: Fields): void {
  switch (object.name) {
    case 'Lead':
    case 'Contact':
    case 'User':
      after['Name'] = [after['FirstName'], after['LastName']].filter(Boolean).join(' ');
      break;
    case 'Opportunity':
      deriveOpportunity(org, before, after);
      break;
    case 'Task':
      deriveActivity(org, after);
      deriveTask(org, before, after);
      break;
    case 'Event':
      deriveActivity(org, after);
      deriveEvent(after);
      break;
    case 'Case':
      after['IsClosed'] = after['Status'] === 'Closed';
      if (!before) after['CaseNumber'] = String(after['Id']).slice(10, 15);
      break;
    case 'CampaignMember':
      after['LeadOrContactId'] = after['ContactId'] ?? after['LeadId'] ?? null;
      after['HasResponded'] = after['Status'] === 'Responded';
      break;
    default:
  }
}
