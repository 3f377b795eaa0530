import {
  bookkeeping,
  choice,
  inGroup,
  linked,
  moment,
  number,
  text,
  type PropertyDefinition,
} from '#lib/crm/sandbox/model/property.ts';

/** What a user is to reach in a period; HubSpot calls quotas goals. */
export const GOAL_PROPERTIES: PropertyDefinition[] = inGroup('goal_information', [
  text('hs_goal_name', 'Goal name'),
  number('hs_target_amount', 'Target amount'),
  moment('hs_start_datetime', 'Start date'),
  moment('hs_end_datetime', 'End date'),
  text('hs_created_by_user_id', 'Created by user ID'),
  linked('hubspot_owner_id', 'Goal owner', 'owners'),
  ...bookkeeping(),
]);

/** What a user or team forecast for a period, as submitted. Periods are milliseconds since 1970, as text. */
export const FORECAST_PROPERTIES: PropertyDefinition[] = inGroup('forecast_information', [
  linked('hubspot_owner_id', 'Owner', 'owners'),
  number('hs_amount', 'Submitted amount'),
  text('hs_created_by_user_id', 'Created by user ID'),
  text('hs_team_id', 'Team ID'),
  text('hs_deal_pipeline_id', 'Deal pipeline ID'),
  choice('hs_milestone', 'Period', { monthly: 'Monthly', quarterly: 'Quarterly' }),
  text('hs_year', 'Year'),
  text('hs_fiscal_month', 'Month'),
  text('hs_fiscal_quarter', 'Quarter'),
  text('hs_forecast_start_date', 'Start of the period'),
  text('hs_forecast_end_date', 'End of the period'),
  text('hs_included_deal_ids', 'Included deals'),
  ...bookkeeping(),
]);

/** A user's own record: working hours and absence are JSON texts. */
export const USER_PROPERTIES: PropertyDefinition[] = inGroup('user_information', [
  text('hs_internal_user_id', 'User ID', { readOnly: 'server' }),
  text('hs_email', 'Email', { readOnly: 'server' }),
  text('hs_given_name', 'First name', { readOnly: 'server' }),
  text('hs_family_name', 'Last name', { readOnly: 'server' }),
  text('hs_job_title', 'Job title'),
  text('hs_main_phone_number', 'Main phone'),
  text('hs_standard_time_zone', 'Time zone'),
  text('hs_working_hours', 'Working hours'),
  text('hs_out_of_office_hours', 'Out of office hours'),
  choice('hs_availability_status', 'Availability', { available: 'Available', away: 'Away' }),
  linked('hubspot_owner_id', 'Owner', 'owners'),
  ...bookkeeping(),
]);
