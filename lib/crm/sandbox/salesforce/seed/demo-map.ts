import type { SeedRecord } from '#lib/crm/sandbox/seed.ts';
import type { Fields, Value } from '../store/rows.ts';

/** The demo's stages as an org with Salesforce's own stages would call them. */
export const STAGE_NAMES: Record<string, string> = {
  discovery: 'Qualification',
  yard_visit: 'Needs Analysis',
  pilot: 'Value Proposition',
  proposal: 'Proposal/Price Quote',
  procurement: 'Negotiation/Review',
  contract_out: 'Negotiation/Review',
  closedwon: 'Closed Won',
  closedlost: 'Closed Lost',
};

const LEAD_STATUS: Record<string, string> = {
  NEW: 'Open - Not Contacted',
  OPEN: 'Open - Not Contacted',
  UNQUALIFIED: 'Closed - Not Converted',
  BAD_TIMING: 'Closed - Not Converted',
};
const SOURCES: Record<string, string> = {
  REFERRALS: 'Partner Referral',
  OFFLINE: 'Purchased List',
  DIRECT_TRAFFIC: 'Web',
  ORGANIC_SEARCH: 'Web',
  PAID_SEARCH: 'Web',
};
const TASK_STATUS: Record<string, string> = {
  NOT_STARTED: 'Not Started',
  IN_PROGRESS: 'In Progress',
  COMPLETED: 'Completed',
  WAITING: 'Waiting on someone else',
  DEFERRED: 'Deferred',
};
const PRIORITY: Record<string, string> = { LOW: 'Low', MEDIUM: 'Normal', HIGH: 'High' };
const TASK_TYPES: Record<string, string> = { EMAIL: 'Email', CALL: 'Call', TODO: 'Other' };

const orNull = (value: string | undefined): Value => (value === undefined || value === '' ? null : value);
const number = (value: string | undefined): Value =>
  value === undefined || value === '' ? null : Number(value);
const cut = (value: string | undefined, length: number): Value => orNull(value?.slice(0, length));
const seconds = (at: string | undefined): Value =>
  at ? `${new Date(at).toISOString().slice(0, 19)}.000Z` : null;

/** What a person is called and reached by, as a lead or as a contact. */
export function personFields({ properties: p }: SeedRecord): Fields {
  return {
    FirstName: orNull(p['firstname']),
    LastName: p['lastname'] || p['email']?.split('@')[0] || 'Unknown',
    Email: orNull(p['email']),
    Phone: orNull(p['phone']),
    MobilePhone: orNull(p['mobilephone']),
    Title: orNull(p['jobtitle']),
    LeadSource: SOURCES[p['hs_analytics_source'] ?? ''] ?? 'Web',
    HasOptedOutOfEmail: p['hs_email_optout'] === 'true',
  };
}

export function leadFields(record: SeedRecord, company: SeedRecord | undefined): Fields {
  const { properties: p } = record;
  const firm = company?.properties ?? {};
  return {
    ...personFields(record),
    Company: orNull(p['company']) ?? orNull(firm['name']) ?? 'Unknown',
    Status: LEAD_STATUS[p['hs_lead_status'] ?? ''] ?? 'Working - Contacted',
    City: orNull(p['city'] ?? firm['city']),
    Country: orNull(p['country'] ?? firm['country']),
    Website: firm['domain'] ? `https://${firm['domain']}` : null,
    NumberOfEmployees: number(firm['numberofemployees']),
    AnnualRevenue: number(firm['annualrevenue']),
  };
}

export function accountFields({ properties: p }: SeedRecord): Fields {
  return {
    Name: p['name'] || 'Unknown',
    Type: p['type'] === 'PROSPECT' ? 'Prospect' : 'Customer - Direct',
    Website: p['domain'] ? `https://${p['domain']}` : null,
    Phone: orNull(p['phone']),
    Industry: 'Transportation',
    NumberOfEmployees: number(p['numberofemployees']),
    AnnualRevenue: number(p['annualrevenue']),
    BillingCity: orNull(p['city']),
    BillingCountry: orNull(p['country']),
  };
}

export function opportunityFields({ properties: p, createdAt }: SeedRecord): Fields {
  const fallback = new Date(Date.parse(createdAt) + 90 * 86_400_000).toISOString();
  return {
    Name: String(cut(p['dealname'], 120) ?? 'Opportunity'),
    StageName: STAGE_NAMES[p['dealstage'] ?? ''] ?? 'Qualification',
    Amount: number(p['amount']),
    CloseDate: (p['closedate'] || fallback).slice(0, 10),
    NextStep: cut(p['hs_next_step'], 255),
    Type: p['dealtype'] === 'existingbusiness' ? 'Existing Customer - Upgrade' : 'New Customer',
    CurrencyIsoCode: ['EUR', 'USD', 'GBP'].includes(p['deal_currency_code'] ?? '')
      ? p['deal_currency_code']!
      : 'EUR',
    Description: cut(p['description'], 32_000),
  };
}

export function taskFields({ properties: p }: SeedRecord): Fields {
  return {
    Subject: cut(p['hs_task_subject'], 255),
    Description: cut(p['hs_task_body'], 32_000),
    Status: TASK_STATUS[p['hs_task_status'] ?? ''] ?? 'Not Started',
    Priority: PRIORITY[p['hs_task_priority'] ?? ''] ?? 'Normal',
    Type: TASK_TYPES[p['hs_task_type'] ?? ''] ?? 'Other',
    ActivityDate: p['hs_timestamp']?.slice(0, 10) ?? null,
  };
}

export function callFields({ properties: p }: SeedRecord): Fields {
  return {
    Subject: cut(p['hs_call_title'], 255),
    Description: cut(p['hs_call_body'], 32_000),
    Status: 'Completed',
    Type: 'Call',
    TaskSubtype: 'Call',
    CallType: p['hs_call_direction'] === 'INBOUND' ? 'Inbound' : 'Outbound',
    CallDurationInSeconds: Math.round(Number(p['hs_call_duration'] ?? 0) / 1000),
    CallDisposition: cut(p['hs_call_disposition'], 255),
    ActivityDate: p['hs_timestamp']?.slice(0, 10) ?? null,
  };
}

export function eventFields({ properties: p, createdAt }: SeedRecord): Fields {
  const start = seconds(p['hs_meeting_start_time'] ?? p['hs_timestamp'] ?? createdAt);
  return {
    Subject: cut(p['hs_meeting_title'], 255),
    Description: cut(p['hs_meeting_body'], 32_000),
    StartDateTime: start,
    EndDateTime: seconds(p['hs_meeting_end_time']) ?? start,
    Type: 'Meeting',
  };
}

export function emailFields({ properties: p, createdAt }: SeedRecord): Fields {
  return {
    Subject: cut(p['hs_email_subject'], 3_000),
    TextBody: cut(p['hs_email_text'], 131_072),
    FromAddress: orNull(p['hs_email_from_email']),
    ToAddress: orNull(p['hs_email_to_email']),
    CcAddress: orNull(p['hs_email_cc_email']),
    Incoming: p['hs_email_direction'] === 'INCOMING_EMAIL',
    Status: p['hs_email_direction'] === 'INCOMING_EMAIL' ? '1' : '3',
    MessageDate: seconds(p['hs_timestamp'] ?? createdAt),
    ThreadIdentifier: orNull(p['hs_email_thread_id']),
  };
}
