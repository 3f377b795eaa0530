import {
  choice,
  inGroup,
  long,
  moment,
  number,
  text,
  type PropertyDefinition,
} from '#lib/crm/sandbox/model/property.ts';

const BILLING = {
  weekly: 'Weekly',
  biweekly: 'Every two weeks',
  monthly: 'Monthly',
  quarterly: 'Quarterly',
  per_six_months: 'Semi-annually',
  annually: 'Annually',
  per_two_years: 'Every two years',
  per_three_years: 'Every three years',
};

const kept = (): PropertyDefinition[] => [
  text('name', 'Name'),
  long('description', 'Description'),
  number('price', 'Unit price'),
  text('hs_sku', 'SKU'),
  number('hs_cost_of_goods_sold', 'Unit cost'),
  choice('recurringbillingfrequency', 'Billing frequency', BILLING),
  text('hs_recurring_billing_period', 'Term'),
  moment('createdate', 'Create date', { readOnly: 'create' }),
  moment('hs_lastmodifieddate', 'Last modified date', { readOnly: 'server' }),
  text('hs_object_id', 'Record ID', { readOnly: 'server' }),
];

export const PRODUCT_PROPERTIES: PropertyDefinition[] = inGroup('productinformation', kept());

export const LINE_ITEM_PROPERTIES: PropertyDefinition[] = inGroup('lineiteminformation', [
  ...kept(),
  text('hs_product_id', 'Product ID'),
  number('quantity', 'Quantity'),
  number('discount', 'Unit discount'),
  number('hs_discount_percentage', 'Discount percentage'),
  text('hs_line_item_currency_code', 'Currency'),
  number('amount', 'Net price', { readOnly: 'server' }),
]);
