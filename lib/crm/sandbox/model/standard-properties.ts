import type { ObjectName } from './object-types.ts';
import type { PropertyDefinition } from './property.ts';
import {
  CALL_PROPERTIES,
  EMAIL_PROPERTIES,
  MEETING_PROPERTIES,
  NOTE_PROPERTIES,
  TASK_PROPERTIES,
} from './standard/activities.ts';
import { COMPANY_PROPERTIES } from './standard/companies.ts';
import { CONTACT_PROPERTIES } from './standard/contacts.ts';
import { DEAL_PROPERTIES, LEAD_PROPERTIES } from './standard/deals.ts';
import { LINE_ITEM_PROPERTIES, PRODUCT_PROPERTIES } from './standard/products.ts';
import { FORECAST_PROPERTIES, GOAL_PROPERTIES, USER_PROPERTIES } from './standard/people.ts';
import { TICKET_PROPERTIES } from './standard/tickets.ts';

/** The properties every account has, by object. */
export const STANDARD_PROPERTIES: Record<ObjectName, PropertyDefinition[]> = {
  contacts: CONTACT_PROPERTIES,
  companies: COMPANY_PROPERTIES,
  deals: DEAL_PROPERTIES,
  leads: LEAD_PROPERTIES,
  tickets: TICKET_PROPERTIES,
  products: PRODUCT_PROPERTIES,
  line_items: LINE_ITEM_PROPERTIES,
  goal_targets: GOAL_PROPERTIES,
  forecasts: FORECAST_PROPERTIES,
  users: USER_PROPERTIES,
  tasks: TASK_PROPERTIES,
  notes: NOTE_PROPERTIES,
  calls: CALL_PROPERTIES,
  emails: EMAIL_PROPERTIES,
  meetings: MEETING_PROPERTIES,
};
