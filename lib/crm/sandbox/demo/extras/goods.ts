import type { Book } from '#lib/crm/sandbox/demo/book.ts';
import type { Random } from '#lib/crm/sandbox/demo/random.ts';

const PRODUCTS = [
  { name: 'Halvern licence per vehicle', sku: 'HAL-VEH', price: 96, billing: 'annually' },
  { name: 'Workshop module per site', sku: 'HAL-WSH', price: 1_450, billing: 'annually' },
  { name: 'Onboarding and data import', sku: 'HAL-ONB', price: 4_200, billing: '' },
] as const;

const OLDEST = 400 * 86_400_000;

/** The price list, and for some deals with an amount what it is made of: licences and the onboarding. */
export function tellGoods(book: Book, random: Random): void {
  const deals = book.records.filter(({ type, properties }) => type === 'deals' && properties['amount']);
  const ids = PRODUCTS.map(({ name, sku, price, billing }) =>
    book.add({
      type: 'products',
      at: book.now - OLDEST,
      properties: {
        name,
        hs_sku: sku,
        price: String(price),
        ...(billing && { recurringbillingfrequency: billing }),
      },
    }),
  );
  for (const deal of deals.filter(() => random.chance(0.12))) {
    const amount = Number(deal.properties['amount']);
    const vehicles = Math.max(5, Math.round((amount * 0.85) / PRODUCTS[0].price));
    const lines = [
      { product: 0, quantity: vehicles, price: (amount * 0.85) / vehicles },
      { product: 2, quantity: 1, price: amount * 0.15 },
    ];
    for (const { product, quantity, price } of lines) {
      const { name, sku, billing } = PRODUCTS[product]!;
      book.add({
        type: 'line_items',
        at: Date.parse(deal.createdAt) + 3_600_000,
        properties: {
          name,
          hs_sku: sku,
          hs_product_id: ids[product] ?? '',
          quantity: String(quantity),
          price: price.toFixed(2),
          ...(billing && { recurringbillingfrequency: billing }),
          ...(deal.properties['deal_currency_code'] && {
            hs_line_item_currency_code: deal.properties['deal_currency_code'],
          }),
        },
        associations: [{ type: 'deals', id: deal.id }],
      });
    }
  }
}
