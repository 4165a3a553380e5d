// Owns: payloads as the services send them, with all their baggage, for the tests of this stage.

/** What comes along with every call of a browser library. */
export const baggage = {
  ip: '203.0.113.9',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64)',
  locale: 'de-DE',
  page: { path: '/coats', referrer: 'https://search.example/?q=alice', url: 'https://shop.example/coats' },
  library: { name: 'analytics.js', version: '2.11.1' },
  traits: { email: 'alice@example.com' },
};
/** Matches every value of the baggage. */
export const noLeak = /203\.0\.113|Mozilla|lice|search\.example|analytics\.js/;

export const orderCompleted = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'ajs-next-1769-abc',
  userId: 4711,
  anonymousId: '507f191e-810c-1972-9de8-60ea00000000',
  timestamp: '2026-01-31T09:30:00.000Z',
  originalTimestamp: '2026-01-31T09:29:59.000Z',
  receivedAt: '2026-01-31T09:30:01.000Z',
  channel: 'client',
  version: '1.1.0',
  integrations: { All: true },
  writeKey: 'SECRET',
  context: baggage,
  properties: {
    order_id: '50314b8e',
    total: 27.5,
    coupon: 'hasbros',
    currency: 'USD',
    products: [
      {
        product_id: '507f1f77',
        sku: '45790-32',
        name: 'Monopoly: 3rd Edition',
        price: 19,
        quantity: 1,
        category: 'Games',
      },
      {
        sku: '46493-32',
        name: 'Uno Card Game',
        price: '3.99',
        quantity: '2',
        url: 'https://shop.example/uno',
      },
    ],
  },
};

export const purchase = {
  name: 'purchase',
  params: {
    transaction_id: 'T_12345',
    value: 30.03,
    tax: 4.9,
    currency: 'JPY',
    coupon: 'SUMMER_SALE',
    session_id: '123',
    items: [
      {
        item_id: 'SKU_1',
        item_name: 'Stan and Friends Tee',
        affiliation: 'Store',
        index: 0,
        item_brand: 'G',
        price: 1001,
        quantity: 3,
      },
      { item_id: 'SKU_2', item_name: 'Tee', price: 10.5 },
    ],
  },
};
