// The notice in front of which somebody opens a sensitive class: one kind at a time, on their own screen
// alone. As in standard-notice.ts its words never change under one version.

import { classCategory } from './declared-class.ts';
import type { ControllerId } from './ids.ts';
import type { Notice } from './notice.ts';

/**
 * In the order of the text. Whoever wants to open `union` registers a notice of their own; `offence` opens to
 * nobody.
 */
const ASKED = [
  'pregnancy-baby',
  'health',
  'sexuality',
  'religion',
  'politics',
  'origin',
  'addiction',
  'alcohol',
  'debt',
  'grief',
] as const;

const en = `May we show you things that tell more about you?

Some things tell more than others. We never show or use them, unless you say yes here.

You say yes to one kind at a time:
- pregnancy and babies,
- health,
- sexuality,
- faith,
- politics,
- origin,
- breaking a habit,
- wine and other drinks,
- debt,
- grief.

We ask to use what you buy and look at of that kind:
- to choose what we show you on your own screen,
- to learn what goes well together, for all.

It is never in a mail, in a letter or at the till.
You can take back a yes at any time, just as easily.
It ends after five years at most.`;

const de = `Dürfen wir Ihnen Dinge zeigen, die mehr von Ihnen verraten?

Manche Dinge verraten mehr als andere. Wir zeigen und nutzen sie nie, außer Sie sagen hier Ja.

Sie sagen zu jeder Art einzeln Ja:
- Schwangerschaft und Babys,
- Gesundheit,
- Sexualität,
- Glaube,
- Politik,
- Herkunft,
- Hilfe gegen Sucht,
- Wein und anderer Alkohol,
- Schulden,
- Trauer.

Wir möchten nutzen, was Sie davon kaufen und ansehen:
- um auszuwählen, was wir Ihnen auf Ihrem eigenen Bildschirm zeigen,
- um zu lernen, was gut zusammenpasst, für alle.

In Mails, in Briefen und an der Kasse steht davon nie etwas.
Sie können ein Ja jederzeit zurücknehmen, ebenso leicht.
Nach höchstens fünf Jahren endet es.`;

const it = `Possiamo mostrarLe cose che dicono di più di Lei?

Alcune cose dicono più di altre. Non le mostriamo e non le usiamo mai, se Lei non dice sì qui.

Lei dice sì a un tipo per volta:
- gravidanza e neonati,
- salute,
- sessualità,
- fede,
- politica,
- origine,
- aiuto contro una dipendenza,
- vino e altri alcolici,
- debiti,
- lutto.

Vorremmo usare ciò che compra e guarda di quel tipo:
- per scegliere che cosa mostrarLe sul Suo schermo,
- per imparare che cosa va bene insieme, per tutti.

Non compare mai in una mail, in una lettera o alla cassa.
Può ritirare un sì quando vuole, con la stessa facilità.
Un sì finisce dopo cinque anni al massimo.`;

const tr = `Sizi daha çok anlatan şeyleri gösterelim mi?

Bazı şeyler insanı daha çok anlatır. Siz burada evet demezseniz onları ne gösteririz ne de kullanırız.

Her tür için ayrı evet dersiniz:
- hamilelik ve bebek,
- sağlık,
- cinsellik,
- inanç,
- siyaset,
- köken,
- bağımlılıktan kurtulma,
- şarap ve diğer içkiler,
- borç,
- yas.

O türden ne aldığınızı ve neye baktığınızı şunlar için kullanmak isteriz:
- kendi ekranınızda size ne göstereceğimizi seçmek,
- neyin neyle iyi gittiğini herkes için öğrenmek.

Bunlar ne postada, ne mektupta, ne de kasada görünür.
Bir eveti istediğiniz an geri alırsınız, aynı kolaylıkla.
En geç beş yıl sonra biter.`;

const he = `מותר לנו להציג לך דברים שמספרים עליך יותר?

יש דברים שמספרים יותר מאחרים. לעולם לא נציג אותם ולא נשתמש בהם בלי כן ממך כאן.

כל סוג מקבל כן משלו:
- היריון ותינוקות,
- בריאות,
- מיניות,
- אמונה,
- פוליטיקה,
- מוצא,
- גמילה,
- יין ואלכוהול אחר,
- חובות,
- אבל.

אנחנו מבקשים להשתמש במה שקנית ובמה שצפית מאותו סוג:
- כדי לבחור מה להציג לך במסך שלך,
- כדי ללמוד מה מתאים יחד, לטובת כולם.

זה לעולם לא יופיע בדואר, במכתב או בקופה.
אפשר לחזור בך מכל כן, בכל עת ובאותה קלות.
כל כן נגמר אחרי חמש שנים לכל היותר.`;

const ar = `هل نعرض عليك أشياء تقول عنك أكثر؟

بعض الأشياء تقول أكثر من غيرها. لا نعرضها ولا نستخدمها أبدًا إلا إذا وافقت هنا.

توافق على كل نوع وحده:
- الحمل والرضع،
- الصحة،
- الحياة الجنسية،
- الدين،
- السياسة،
- الأصل،
- ترك الإدمان،
- النبيذ والكحول،
- الديون،
- الحداد.

نريد أن نستخدم ما تشتريه وما تنظر إليه من هذا النوع:
- لنختار ما نعرضه على شاشتك أنت،
- لنتعلم ما يناسب بعضه بعضًا، للجميع.

لا يظهر ذلك أبدًا في بريد أو رسالة أو عند الصندوق.
يمكنك أن تسحب أي موافقة متى شئت، وبالسهولة نفسها.
تنتهي الموافقة بعد خمس سنوات على الأكثر.`;

const zhHant = `可以給您看更能透露您私事的商品嗎？

有些商品比別的更能透露一個人的事。您若不在這裡同意，我們絕不顯示，也絕不使用。

每一類分別同意：
- 懷孕與嬰兒，
- 健康，
- 性，
- 信仰，
- 政治，
- 族裔，
- 戒癮，
- 葡萄酒與其他酒類，
- 債務，
- 喪事。

我們想把您在這一類買了什麼、看了什麼用來：
- 選擇在您自己的螢幕上給您看什麼，
- 為大家學習什麼適合搭配。

這些絕不出現在郵件、信件或收銀台。您隨時可以同樣輕鬆地收回同意。同意最多五年後失效。`;

const TEXTS: Readonly<Record<string, string>> = { en, de, it, tr, he, ar, 'zh-Hant': zhHant };

/** For a class at a time, for what is shown and for what is learned. */
export function classNotice(controller: ControllerId): Notice {
  return {
    id: 'notice-classes',
    version: '1',
    controller,
    texts: TEXTS,
    asks: [{ purposes: ['recommend', 'improve'], categories: ASKED.map(classCategory) }],
  };
}
