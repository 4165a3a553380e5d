// What the people of the town are shown. The long notice is the standard one under the town's own name; the
// short one stands on the pages of the storefront; the third is shown when an appliance is set up.

import type { ControllerId } from '../../src/facts/ids.ts';
import type { Notice } from '../../src/facts/notice.ts';
import { STANDARD_TEXTS, standardNotice } from '../../src/facts/standard-notice.ts';
import { DEVICE_NOTICE_ID, NOTICE_ID } from './formats.ts';

/** The notice on the pages of the storefront. */
export const BANNER_NOTICE_ID = 'storefront-notice-1';

interface Banner {
  readonly title: string;
  readonly text: string;
}

const LANGUAGES = ['en', 'de', 'it', 'tr', 'he', 'ar', 'zh-Hant'] as const;
type Language = (typeof LANGUAGES)[number];

/** Title and text of the storefront's notice. */
export const BANNER: Readonly<Record<Language, Banner>> = {
  en: {
    title: 'May we remember what you look at and buy?',
    text: 'To show you things that suit you, to make suggestions better for all, and to count whether they help. Never sold, never shared. The shop works just the same without it.',
  },
  de: {
    title: 'Dürfen wir uns merken, was Sie ansehen und kaufen?',
    text: 'Um Ihnen Passendes zu zeigen, um Vorschläge für alle besser zu machen und um zu zählen, ob sie helfen. Nie verkauft, nie weitergegeben. Der Laden funktioniert ohne genauso.',
  },
  it: {
    title: 'Possiamo ricordare che cosa guarda e compra?',
    text: 'Per mostrarLe cose adatte, per migliorare i suggerimenti per tutti e per contare se aiutano. Mai venduto, mai ceduto. Il negozio funziona ugualmente anche senza.',
  },
  tr: {
    title: 'Baktıklarınızı ve aldıklarınızı hatırlayalım mı?',
    text: 'Size uyanları göstermek, önerileri herkes için iyileştirmek ve işe yarayıp yaramadığını saymak için. Asla satılmaz, asla paylaşılmaz. Mağaza onsuz da aynı şekilde çalışır.',
  },
  he: {
    title: 'מותר לנו לזכור מה ראית ומה קנית?',
    text: 'כדי להציג דברים שמתאימים, כדי לשפר את ההצעות לכולם וכדי לספור אם הן עוזרות. לעולם לא נמכר, לעולם לא נמסר. החנות פועלת בדיוק כך גם בלי זה.',
  },
  ar: {
    title: 'هل نتذكر ما تنظر إليه وما تشتريه؟',
    text: 'لنعرض عليك ما يناسبك، ولتتحسن الاقتراحات للجميع، ولنحصي هل تنفع. لا يُباع أبدًا ولا يُشارك أبدًا. والمتجر يعمل بدونه كما هو.',
  },
  'zh-Hant': {
    title: '可以記住您看了什麼、買了什麼嗎？',
    text: '為了給您看合適的東西、讓大家的推薦更好，也為了統計它是否有用。絕不出售，絕不分享。不同意也能照常購物。',
  },
};

const DEVICE: Readonly<Record<Language, string>> = {
  en: `May the appliances you set up tell us how they are?

We would only use it to write to you when one of them needs care. You can take it back at any time.`,
  de: `Dürfen uns Ihre Geräte sagen, wie es ihnen geht?

Wir nutzen es nur, um Ihnen zu schreiben, wenn eines davon Pflege braucht. Sie können es jederzeit zurücknehmen.`,
  it: `I Suoi apparecchi possono dirci come stanno?

Lo useremmo solo per scriverLe quando uno di loro ha bisogno di cure. Può ritirarlo quando vuole.`,
  tr: `Kurduğunuz cihazlar bize durumlarını söylesin mi?

Bunu yalnız biri bakım isteyince size yazmak için kullanırız. İstediğiniz an geri alırsınız.`,
  he: `מותר למכשירים שלך לספר לנו מה מצבם?

נשתמש בזה רק כדי לכתוב לך כשאחד מהם צריך טיפול. אפשר לחזור בך בכל עת.`,
  ar: `هل تخبرنا أجهزتك عن حالها؟

نستخدم ذلك فقط لنكتب إليك حين يحتاج أحدها إلى عناية. يمكنك أن تتراجع متى شئت.`,
  'zh-Hant': `可以讓您的電器告訴我們它的狀況嗎？

我們只在它需要保養時寫信給您。您隨時可以收回。`,
};

/** All three, for the shop that imports the town. */
export function townNotices(controller: ControllerId): readonly Notice[] {
  return [
    { ...standardNotice(controller), id: NOTICE_ID, texts: STANDARD_TEXTS },
    {
      id: BANNER_NOTICE_ID,
      version: '1',
      controller,
      texts: Object.fromEntries(
        LANGUAGES.map((language) => [language, `${BANNER[language].title}\n\n${BANNER[language].text}`]),
      ),
      asks: [
        {
          purposes: ['recommend', 'improve', 'measure'],
          categories: ['purchases', 'browsing', 'basket', 'interactions'],
        },
      ],
    },
    {
      id: DEVICE_NOTICE_ID,
      version: '1',
      controller,
      texts: DEVICE,
      asks: [{ purposes: ['contact'], categories: ['devices'] }],
    },
  ];
}
