import type { SeedProperty } from '#lib/crm/sandbox/seed.ts';

const options = (...values: string[]) => values.map(value => ({ value, label: value }));

/** What the company added to its CRM for its own trade. */
export const PROPERTIES: SeedProperty[] = [
  {
    objectType: 'contacts',
    name: 'vehicles_in_fleet',
    label: 'Vehicles in fleet',
    type: 'number',
    fieldType: 'number',
    groupName: 'fleet_profile',
    description: 'As stated in the form; may differ from the company record.',
  },
  {
    objectType: 'contacts',
    name: 'trial_active_days',
    label: 'Trial: active days',
    type: 'number',
    fieldType: 'number',
    groupName: 'product_usage',
    description: 'Days on which the trial account was used, written nightly by the product.',
  },
  {
    objectType: 'companies',
    name: 'vehicles_in_fleet',
    label: 'Vehicles in fleet',
    type: 'number',
    fieldType: 'number',
    groupName: 'fleet_profile',
  },
  {
    objectType: 'companies',
    name: 'number_of_sites',
    label: 'Sites',
    type: 'number',
    fieldType: 'number',
    groupName: 'fleet_profile',
  },
  {
    objectType: 'companies',
    name: 'current_maintenance_system',
    label: 'Current maintenance system',
    type: 'string',
    fieldType: 'text',
    groupName: 'fleet_profile',
  },
  {
    objectType: 'companies',
    name: 'workshop_type',
    label: 'Workshop',
    type: 'enumeration',
    fieldType: 'select',
    groupName: 'fleet_profile',
    options: options('In-house', 'External garages', 'Mixed'),
  },
  {
    objectType: 'deals',
    name: 'modules',
    label: 'Modules',
    type: 'string',
    fieldType: 'text',
    groupName: 'dealinformation',
  },
  {
    objectType: 'deals',
    name: 'vehicles_in_scope',
    label: 'Vehicles in scope',
    type: 'number',
    fieldType: 'number',
    groupName: 'dealinformation',
  },
  {
    objectType: 'deals',
    name: 'main_competitor',
    label: 'Main competitor',
    type: 'string',
    fieldType: 'text',
    groupName: 'dealinformation',
  },
];
