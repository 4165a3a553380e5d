// Examples of the contract: shown at /docs, and sent to a real engine by the tests.

const DECISION = 'kq3v0S1c3Zk5m8Yt0nB2uXw4rE6hJ9pLdFgHsAqWe7Q';

export const EXAMPLES = {
  collect: {
    query: 'source=web-shop',
    body: [
      {
        fineline: 'consent',
        person: 'maria',
        grants: [
          { category: 'purchases', purpose: 'recommend', state: 'given' },
          { category: 'browsing', purpose: 'recommend', state: 'given' },
        ],
        notice: { id: 'notice-1', language: 'de' },
      },
      { kind: 'view', id: 'view-1', person: 'maria', lines: [{ item: 'scarf' }] },
      {
        type: 'track',
        event: 'Order Completed',
        messageId: 'order-1',
        userId: 'maria',
        properties: {
          order_id: '1001',
          products: [{ product_id: 'winter-coat', quantity: 1, price: 129.9 }],
        },
      },
    ],
    answer: {
      accepted: 2,
      repeated: 0,
      consents: 1,
      ignored: 0,
      refused: {},
      dropped: {},
      problems: [],
      problemsTotal: 0,
    },
  },
  decide: {
    body: {
      person: 'maria',
      placement: 'product',
      channel: 'web',
      limit: 3,
      context: { items: ['winter-coat'] },
    },
    answer: {
      decision: DECISION,
      items: [
        {
          item: 'gloves',
          score: 805306368,
          reasons: [
            { kind: 'context', item: 'winter-coat', value: 536870912 },
            { kind: 'fact', did: 'viewed', item: 'scarf', value: 268435456 },
          ],
        },
      ],
      receipt: {
        v: 1,
        kind: 'promise',
        commitment: '…',
        index: 0,
        path: [],
        note: 'shop.example/log/promise …',
      },
    },
  },
  changeConsent: {
    body: {
      grants: [{ category: '*', purpose: 'advertise', state: 'withdrawn' }],
      notice: { id: 'notice-1', language: 'de' },
    },
  },
  restrict: { body: { fact: 'viewed|web-shop|coat-camel-classic', restricted: true } },
  mintToken: { body: { ttlMinutes: 60 } },
  publish: {
    body: { ask: 'people-per-leaf', from: '2025-10-01', to: '2025-10-31', path: 'Clothing', rho: 0.01 },
  },
  copy: { body: { text: 'Our coats keep warm.', language: 'en' }, answer: { text: 'Our coats keep warm.' } },
  putItems: {
    body: {
      items: [
        {
          id: 'winter-coat',
          title: 'Winter coat, wool',
          path: ['Clothing', 'Winter', 'Coats'],
          priceMinor: 12990,
          currency: 'EUR',
        },
      ],
    },
    answer: { items: 1, revision: 7, sensitive: 0, unmapped: 0 },
  },
} as const;
