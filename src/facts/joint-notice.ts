// Words for asking whether a shop may learn together with others, in seven languages. A notice of the
// settings takes them with `texts: joint`; the names of the partners are put in, because a yes is to them by
// name. The words never change: homes have the hash of what they made of them in their logs.

import type { Partner } from './notice.ts';

/** Stands where the names go, one to a line. */
const NAMES = '- NAMES';

const en = `May we learn together with others?

You decide. You can say no. The shop works just the same.

We want to learn which things go well together. We would do that with:
- NAMES

We count what you buy from us. They count what people buy from them.
Only the counts are put together. No one there can see who bought what.
A count is used only if enough people of each shop stand behind it.
Private things, such as health, are left out.
We all answer for this. You can turn to any of us.

You can take back a yes at any time, just as easily. Then you are out of the counts at once.
It ends after five years at most.`;

const de = `Dürfen wir gemeinsam mit anderen lernen?

Sie entscheiden. Sie können Nein sagen. Der Laden funktioniert dann genauso.

Wir möchten lernen, was gut zusammenpasst. Das würden wir tun mit:
- NAMES

Wir zählen, was Sie bei uns kaufen. Dort zählt man, was man dort kauft.
Nur die Zahlen kommen zusammen. Niemand dort sieht, wer was gekauft hat.
Eine Zahl gilt nur, wenn in jedem Laden genug Menschen dahinter stehen.
Privates, etwa zur Gesundheit, bleibt draußen.
Wir alle stehen dafür ein. Sie können sich an jeden von uns wenden.

Sie können ein Ja jederzeit zurücknehmen, ebenso leicht. Dann zählen Sie sofort nicht mehr mit.
Nach höchstens fünf Jahren endet es.`;

const it = `Possiamo imparare insieme ad altri?

Decide Lei. Può dire no. Il negozio funziona lo stesso.

Vorremmo imparare che cosa va bene insieme. Lo faremmo con:
- NAMES

Noi contiamo ciò che Lei compra da noi. Loro contano ciò che si compra da loro.
Si uniscono solo i conteggi. Nessuno di loro vede chi ha comprato che cosa.
Un conteggio vale solo se in ogni negozio ci sono abbastanza persone.
Le cose private, come la salute, restano fuori.
Ne rispondiamo tutti. Può rivolgersi a chi di noi preferisce.

Può ritirare un sì quando vuole, con la stessa facilità. Allora esce subito dai conteggi.
Un sì finisce dopo cinque anni al massimo.`;

const tr = `Başkalarıyla birlikte öğrenebilir miyiz?

Siz karar verirsiniz. Hayır diyebilirsiniz. Mağaza yine aynı çalışır.

Neyin neyle iyi gittiğini öğrenmek isteriz. Bunu şunlarla yaparız:
- NAMES

Biz bizden ne aldığınızı sayarız. Onlar da onlardan ne alındığını sayar.
Yalnız sayılar birleşir. Orada kimin ne aldığını kimse görmez.
Bir sayı ancak her mağazada arkasında yeterince kişi varsa kullanılır.
Sağlık gibi özel şeyler dışarıda kalır.
Bundan hepimiz sorumluyuz. Hangimize isterseniz ona başvurursunuz.

Bir eveti istediğiniz an geri alırsınız, aynı kolaylıkla. O zaman sayılardan hemen çıkarsınız.
En geç beş yıl sonra biter.`;

const he = `מותר לנו ללמוד יחד עם אחרים?

ההחלטה שלך. אפשר לומר לא. החנות פועלת בדיוק כך.

אנחנו רוצים ללמוד מה מתאים יחד. נעשה זאת עם:
- NAMES

אנחנו סופרים מה קנית אצלנו. הם סופרים מה קונים אצלם.
רק המספרים מתחברים. איש שם לא רואה מי קנה מה.
מספר נחשב רק אם בכל חנות עומדים מאחוריו די אנשים.
דברים פרטיים, כמו בריאות, נשארים בחוץ.
כולנו אחראים לכך. אפשר לפנות לכל אחד מאיתנו.

אפשר לחזור בך מכל כן, בכל עת ובאותה קלות. ואז יוצאים מיד מן המספרים.
כל כן נגמר אחרי חמש שנים לכל היותר.`;

const ar = `هل نتعلم مع غيرنا؟

أنت تقرر. يمكنك أن ترفض. ويبقى المتجر كما هو.

نريد أن نتعلم ما يناسب بعضه بعضًا. ونفعل ذلك مع:
- NAMES

نحن نعد ما تشتريه منا. وهم يعدون ما يشترى منهم.
تجتمع الأعداد وحدها. ولا يرى أحد هناك من اشترى ماذا.
لا نأخذ بعدد إلا إذا كان وراءه في كل متجر ناس كثيرون.
تبقى الأمور الخاصة خارج ذلك، مثل الصحة.
كلنا مسؤولون عن هذا. يمكنك أن تخاطب أيًا منا.

يمكنك أن تسحب أي موافقة متى شئت، وبالسهولة نفسها. وعندها تخرج من الأعداد حالًا.
تنتهي الموافقة بعد خمس سنوات على الأكثر.`;

const zhHant = `可以讓我們和別的商店一起學習嗎？

由您決定。您可以拒絕，商店照常服務。

我們想了解什麼適合搭配。一起學習的有：
- NAMES

我們統計您在這裡買了什麼。他們統計別人在那裡買了什麼。
合在一起的只有數字。那裡沒有人看得到誰買了什麼。
每家商店都有足夠的人，數字才會使用。
健康等私事不算在內。
我們共同負責。您可以找我們當中任何一家。

您可以隨時同樣輕鬆地收回同意。收回後，您立刻不再計入。同意最多五年後失效。`;

const WORDS: Readonly<Record<string, string>> = { en, de, it, tr, he, ar, 'zh-Hant': zhHant };

/** The texts of a notice that asks for `pool` for purchases, with each partner by name. */
export function jointTexts(partners: readonly Partner[]): Readonly<Record<string, string>> {
  const lines = partners.map(({ name }) => `- ${name}`).join('\n');
  return Object.fromEntries(
    Object.entries(WORDS).map(([language, text]) => [language, text.replace(NAMES, () => lines)]),
  );
}
