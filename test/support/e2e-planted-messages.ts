// What a shop sends of the planted person: orders in a file, and messages in every intake format, with the
// fields that real shops send along without need.

import { DROPPED, KEPT, PERSON } from './e2e-planted.ts';
import { NOTICE, all } from './e2e-shop.ts';

/** The one who stays. */
export const OTHER = 'other-person-who-stays';
/** The one who withdraws after the backup. */
export const WITHDRAWING = 'person-who-withdraws';

/** An order file: the planted person, the others, and enough neighbours for a model. */
export function orderFile(): string {
  const lines = ['InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'];
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const add = (order: string, person: string, items: readonly (readonly [string, string])[]): void => {
    for (const [item, title] of items) {
      lines.push(`${order},${item},${title},1,${day} 10:00:00,9.50,${person},Germany`);
    }
  };
  const common = ['cup', 'pot', 'tray', 'spoon', 'cloth'].map(
    (item) => [`csv-${item}`, `A ${item}`] as const,
  );
  for (let n = 0; n < 9; n += 1) {
    add(
      `INV${n}`,
      `neighbour-${n}`,
      common.filter((_, at) => (at + n) % 3 !== 0),
    );
  }
  add('INV90', OTHER, common.slice(0, 2));
  add('INV91', WITHDRAWING, common.slice(1, 3));
  add(KEPT.csvOrder, PERSON, [[KEPT.csvItem, DROPPED.title], ...common.slice(0, 3)]);
  return `${lines.join('\n')}\n`;
}

function segment(): readonly unknown[] {
  const context = {
    ip: DROPPED.address,
    userAgent: DROPPED.agent,
    page: { url: DROPPED.url, referrer: DROPPED.url, title: DROPPED.title },
    device: { id: DROPPED.device, advertisingId: DROPPED.device },
    traits: { email: DROPPED.email },
  };
  const timestamp = new Date().toISOString();
  const caller = { userId: PERSON, anonymousId: DROPPED.gaClient, timestamp, context, source: 'web-shop' };
  const product = { product_id: KEPT.viewed, name: DROPPED.title, coupon: DROPPED.coupon, url: DROPPED.url };
  return [
    {
      ...caller,
      type: 'identify',
      messageId: `${KEPT.segmentId}-1`,
      traits: {
        name: DROPPED.name,
        email: DROPPED.email,
        phone: DROPPED.phone,
        address: { street: DROPPED.street, country: 'DE' },
        language: KEPT.language,
        likes: KEPT.liked,
        birthday: '1987-03-04',
        [DROPPED.custom]: DROPPED.custom,
      },
    },
    { ...caller, type: 'track', event: 'Product Viewed', messageId: KEPT.segmentId, properties: product },
    { ...caller, type: 'page', messageId: `${KEPT.segmentId}-3`, name: DROPPED.title, properties: product },
    {
      ...caller,
      type: 'track',
      event: 'Order Completed',
      messageId: `${KEPT.segmentId}-4`,
      source: 'till',
      properties: {
        order_id: KEPT.segmentOrder,
        coupon: DROPPED.coupon,
        email: DROPPED.email,
        products: [{ product_id: KEPT.bought, quantity: 2, price: 12.5, name: DROPPED.title }],
      },
    },
  ];
}

function analytics(): readonly unknown[] {
  return [
    {
      client_id: DROPPED.gaClient,
      user_id: PERSON,
      source: 'till',
      timestamp_micros: Date.now() * 1000,
      user_properties: { tier: { value: DROPPED.custom } },
      ip_override: DROPPED.address,
      events: [
        {
          name: 'purchase',
          params: {
            transaction_id: KEPT.gaOrder,
            coupon: DROPPED.coupon,
            page_location: DROPPED.url,
            items: [{ item_id: KEPT.bought, item_name: DROPPED.title, quantity: 1, coupon: DROPPED.coupon }],
          },
        },
      ],
    },
    {
      event: 'add_to_cart',
      user_id: PERSON,
      source: 'web-shop',
      ecommerce: {
        items: [{ item_id: KEPT.basket, item_name: DROPPED.title }],
        event_id: `${KEPT.gaOrder}-2`,
      },
    },
  ];
}

function cloudEvents(): readonly unknown[] {
  return [
    {
      specversion: '1.0',
      id: KEPT.cloudId,
      source: 'web-shop',
      type: 'com.plant.example.click.v1',
      time: new Date().toISOString(),
      subject: DROPPED.name,
      traceparent: DROPPED.device,
      data: {
        person: PERSON,
        source: 'web-shop',
        items: [{ item: KEPT.clicked, title: DROPPED.title }],
        ip: DROPPED.address,
      },
    },
  ];
}

function plain(): readonly unknown[] {
  const base = { person: PERSON, source: 'web-shop', email: DROPPED.email, userAgent: DROPPED.agent };
  // More than the journal keeps one by one: most of it is folded into a snapshot.
  return Array.from({ length: 80 }, (_, n) => ({
    ...base,
    kind: 'view',
    id: `${KEPT.plainId}-${n}`,
    lines: [{ item: n % 2 === 0 ? KEPT.viewed : `${KEPT.viewed}-${n}`, note: DROPPED.custom }],
  }));
}

/** A yes to everything, then everything. */
export function messagesOfPlanted(): readonly unknown[] {
  const notice = { ...NOTICE, language: KEPT.noticeLanguage };
  const consent = { fineline: 'consent', person: PERSON, source: 'web-shop', grants: all('given'), notice };
  return [consent, ...segment(), ...analytics(), ...cloudEvents(), ...plain()];
}

export function messagesOfOthers(): readonly unknown[] {
  return [OTHER, WITHDRAWING].flatMap((person) => [
    { fineline: 'consent', person, source: 'web-shop', grants: all('given'), notice: NOTICE },
    { kind: 'view', id: `view-of-${person}`, person, source: 'web-shop', lines: [{ item: 'csv-tray' }] },
    { kind: 'purchase', id: `order-of-${person}`, person, source: 'till', lines: [{ item: 'csv-spoon' }] },
  ]);
}
