// The notice that comes with the product: it asks for everything that a shop by itself can be allowed, one by
// one, in seven languages. It names no company; a shop with a notice of its own registers that
// (docs/notices.md). Its words never change under one version: homes have its hash in their logs.

import { DATA_CATEGORIES } from './category.ts';
import type { ControllerId } from './ids.ts';
import type { Notice } from './notice.ts';
import { GRANTABLE_PURPOSES, type Purpose } from './purpose.ts';

export const STANDARD_NOTICE_ID = 'notice-1';

/** All but `pool`: it names no company, so it cannot say with whom the shop would learn. */
export const STANDARD_PURPOSES: readonly Purpose[] = GRANTABLE_PURPOSES.filter(
  (purpose) => purpose !== 'pool',
);

const en = `May we use what we know of you?

You decide, one by one. You can say no to all of it. The shop works just the same.

We ask to use your data:
- to choose what we show you,
- to learn what goes well together, for all,
- to count if it helps,
- to write to you,
- to give you rewards and discounts,
- to choose ads for you,
- so that no one can guess private things.

It is about:
- what you buy and put in your basket,
- what you look at and click on,
- what you tell us, such as your taste, your age and where you live,
- your reviews and messages,
- the devices you connect.

We never sell your data.
You can take back a yes at any time, just as easily.
It ends after five years at most.
You can see all we keep of you, and have it erased.`;

const de = `Dürfen wir nutzen, was wir von Ihnen wissen?

Sie entscheiden einzeln. Sie können zu allem Nein sagen. Der Laden funktioniert dann genauso.

Wir möchten Ihre Daten nutzen:
- um auszuwählen, was wir Ihnen zeigen,
- um zu lernen, was gut zusammenpasst, für alle,
- um zu zählen, ob es hilft,
- um Ihnen zu schreiben,
- um Ihnen Vorteile und Rabatte zu geben,
- um Werbung für Sie zu wählen,
- damit niemand Privates erraten kann.

Es geht um:
- was Sie kaufen und in den Korb legen,
- was Sie ansehen und anklicken,
- was Sie uns sagen, etwa was Sie mögen, wie alt Sie sind und wo Sie wohnen,
- Ihre Bewertungen und Nachrichten,
- die Geräte, die Sie verbinden.

Wir verkaufen Ihre Daten nie.
Sie können ein Ja jederzeit zurücknehmen, ebenso leicht.
Nach höchstens fünf Jahren endet es.
Sie können alles sehen, was wir von Ihnen haben, und es löschen lassen.`;

const it = `Possiamo usare quello che sappiamo di Lei?

Decide Lei, voce per voce. Può dire no a tutto. Il negozio funziona lo stesso.

Vorremmo usare i Suoi dati:
- per scegliere che cosa mostrarLe,
- per imparare che cosa va bene insieme, per tutti,
- per contare se aiuta,
- per scriverLe,
- per darLe premi e sconti,
- per scegliere la pubblicità per Lei,
- perché nessuno indovini cose private.

Si tratta di:
- ciò che compra e mette nel carrello,
- ciò che guarda e su cui fa clic,
- ciò che ci dice, come i Suoi gusti, la Sua età e dove vive,
- le Sue recensioni e i Suoi messaggi,
- gli apparecchi che collega.

I Suoi dati non si vendono mai.
Può ritirare un sì quando vuole, con la stessa facilità.
Un sì finisce dopo cinque anni al massimo.
Può vedere tutto ciò che abbiamo di Lei e farlo cancellare.`;

const tr = `Sizinle ilgili bildiklerimizi kullanalım mı?

Tek tek siz karar verirsiniz. Hepsine hayır diyebilirsiniz. Mağaza yine aynı çalışır.

Verilerinizi şunlar için kullanmak isteriz:
- size ne göstereceğimizi seçmek,
- neyin neyle iyi gittiğini herkes için öğrenmek,
- bunun işe yarayıp yaramadığını saymak,
- size yazmak,
- size ödül ve indirim vermek,
- size göre reklam seçmek,
- kimse özel şeyleri tahmin edemesin diye.

Konu şunlar:
- ne aldığınız ve sepete ne koyduğunuz,
- neye baktığınız ve neye tıkladığınız,
- bize ne söylediğiniz: neyi sevdiğiniz, yaşınız, nerede oturduğunuz,
- yorumlarınız ve mesajlarınız,
- bağladığınız cihazlar.

Verilerinizi asla satmayız.
Bir eveti istediğiniz an geri alırsınız, aynı kolaylıkla.
En geç beş yıl sonra biter.
Sizden ne tuttuğumuzu görebilir ve sildirebilirsiniz.`;

const he = `מותר לנו להשתמש במה שאנחנו יודעים עליך?

ההחלטה שלך, אחת אחת. אפשר לומר לא להכול. החנות פועלת בדיוק כך.

אנחנו מבקשים להשתמש בנתונים שלך:
- כדי לבחור מה להציג לך,
- כדי ללמוד מה מתאים יחד, לטובת כולם,
- כדי לספור אם זה עוזר,
- כדי לכתוב לך,
- כדי לתת לך הטבות והנחות,
- כדי לבחור פרסומות בשבילך,
- כדי שאיש לא ינחש דברים פרטיים.

מדובר בדברים האלה:
- מה קנית ומה שמת בסל,
- במה צפית ועל מה לחצת,
- מה סיפרת לנו, כמו טעם, גיל ומקום מגורים,
- הביקורות וההודעות שלך,
- המכשירים שחיברת.

הנתונים שלך לעולם לא נמכרים.
אפשר לחזור בך מכל כן, בכל עת ובאותה קלות.
כל כן נגמר אחרי חמש שנים לכל היותר.
אפשר לראות את כל מה שיש לנו עליך ולבקש למחוק אותו.`;

const ar = `هل نستخدم ما نعرفه عنك؟

أنت تقرر واحدًا واحدًا. يمكنك أن ترفض كل شيء. ويبقى المتجر كما هو.

نريد أن نستخدم بياناتك:
- لنختار ما نعرضه عليك،
- لنتعلم ما يناسب بعضه بعضًا، للجميع،
- لنحصي هل ينفع ذلك،
- لنكتب إليك،
- لنمنحك مزايا وخصومات،
- لنختار لك الإعلانات،
- كي لا يخمن أحد أمورًا خاصة.

هذا يخص:
- ما تشتريه وما تضعه في السلة،
- ما تنظر إليه وتنقر عليه،
- ما تقوله لنا، مثل ذوقك وعمرك ومكان سكنك،
- تقييماتك ورسائلك،
- الأجهزة التي تربطها.

لا نبيع بياناتك أبدًا.
يمكنك أن تسحب أي موافقة متى شئت، وبالسهولة نفسها.
تنتهي الموافقة بعد خمس سنوات على الأكثر.
يمكنك أن ترى كل ما لدينا عنك وأن تطلب محوه.`;

const zhHant = `可以使用我們對您的了解嗎？

由您逐項決定。您可以全部拒絕，商店照常服務。

我們想把您的資料用來：
- 選擇給您看什麼，
- 為大家學習什麼適合搭配，
- 統計這是否有用，
- 寫信給您，
- 給您優惠和折扣，
- 為您選擇廣告，
- 不讓任何人猜出私事。

這些資料是：
- 您買了什麼、購物籃裡有什麼，
- 您看了什麼、點了什麼，
- 您告訴我們的，例如喜好、年齡和住處，
- 您的評論和訊息，
- 您連接的裝置。

您的資料絕不出售。您隨時可以同樣輕鬆地收回同意。同意最多五年後失效。您可以查看我們保存的一切，也可以要求刪除。`;

export const STANDARD_TEXTS: Readonly<Record<string, string>> = { en, de, it, tr, he, ar, 'zh-Hant': zhHant };

export function standardNotice(controller: ControllerId): Notice {
  return {
    id: STANDARD_NOTICE_ID,
    version: '1',
    controller,
    texts: STANDARD_TEXTS,
    asks: [{ purposes: STANDARD_PURPOSES, categories: DATA_CATEGORIES }],
  };
}
