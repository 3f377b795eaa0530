import type { Words } from './words.ts';

const person: Words = {
  FirstName: 'firstname',
  LastName: 'lastname',
  Salutation: 'salutation',
  Email: 'email',
  Phone: 'phone',
  MobilePhone: 'mobilephone',
  Fax: 'fax',
  Title: 'jobtitle',
  LeadSource: 'hs_analytics_source',
  HasOptedOutOfEmail: 'hs_email_optout',
  EmailBouncedDate: 'hs_email_bounced_at',
  OwnerId: 'hubspot_owner_id',
  CreatedDate: 'createdate',
  LastActivityDate: 'notes_last_updated',
  Description: 'description',
  Sidecard_Score__c: 'sidecard_score',
  Sidecard_Band__c: 'sidecard_score_band',
  Sidecard_Scored_At__c: 'sidecard_scored_at',
  Sidecard_Last_Change__c: 'sidecard_last_change',
};

const firm: Words = {
  Website: 'website',
  Industry: 'industry',
  AnnualRevenue: 'annualrevenue',
  NumberOfEmployees: 'numberofemployees',
};

const place = (prefix: string): Words => ({
  [`${prefix}Street`]: 'address',
  [`${prefix}City`]: 'city',
  [`${prefix}State`]: 'state',
  [`${prefix}PostalCode`]: 'zip',
  [`${prefix}Country`]: 'country',
});

/** People and firms: those that are sold to, and those who sell. */
export const people: Readonly<Record<string, Words>> = {
  Lead: {
    ...person,
    ...firm,
    // Of a person's record this is another word than of a company's.
    NumberOfEmployees: 'numemployees',
    ...place(''),
    Name: 'hs_lead_name',
    Company: 'company',
    Status: 'status',
    Rating: 'rating',
  },
  Contact: { ...person, ...place('Mailing') },
  Account: {
    ...firm,
    ...place('Billing'),
    Name: 'name',
    Phone: 'phone',
    Type: 'type',
    Description: 'description',
    OwnerId: 'hubspot_owner_id',
    CreatedDate: 'createdate',
    ParentId: 'hs_parent_company_id',
    LastActivityDate: 'notes_last_updated',
    Sidecard_Last_Change__c: 'sidecard_last_change',
  },
  User: {
    Email: 'email',
    FirstName: 'firstname',
    LastName: 'lastname',
    Name: 'name',
    IsActive: 'active',
    Title: 'jobtitle',
    ManagerId: 'manager_id',
    UserRoleId: 'role_id',
    TimeZoneSidKey: 'hs_timezone',
    UserType: 'user_type',
  },
  Group: { Name: 'name', DeveloperName: 'developer_name', Type: 'kind', Email: 'email' },
  UserRole: { Name: 'name', DeveloperName: 'developer_name', ParentRoleId: 'parent_id' },
};
