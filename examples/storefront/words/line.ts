// The page of cases: what went wrong in other shops, to try here. Sentences with `{section}`, `{kind}`,
// `{curtain}` and `{data}` name parts of the shop by the words that stand there.

import type { Language } from '../language.ts';

export type CaseId =
  | 'coat'
  | 'letter'
  | 'own'
  | 'trousers'
  | 'ear'
  | 'evenings'
  | 'less'
  | 'fifteen'
  | 'no'
  | 'forget';

type Told = readonly [title: string, text: string];

export interface LineWords {
  readonly title: string;
  readonly text: string;
  /** The button of what a microphone heard. */
  readonly send: string;
  readonly cases: Readonly<Record<CaseId, Told>>;
}

const en: LineWords = {
  title: 'Where the line is',
  text: 'Shops have got this wrong before. Try each case here: what could have happened, and what happens instead.',
  send: 'Send it',
  cases: {
    coat: [
      'The coat',
      'Ada bought a winter coat. Gloves and a scarf go with it; cat food does not, even for somebody who has a cat.',
    ],
    letter: [
      'The letter in the hall',
      'Carla bought prenatal vitamins and has told nobody. Look at the message she would get: whoever lives with her learns nothing from it.',
    ],
    own: [
      'Her own word',
      'Under “{section}”, open “{kind}” for Carla’s suggestions. Her home page changes at once; her message does not.',
    ],
    trousers: [
      'The trousers that follow you',
      'Ines left trousers in the cart and bought them at the till the next day. No page and no message comes back to them.',
    ],
    ear: [
      'The phone that listens',
      'Send what a microphone in the living room heard. The engine refuses it: nobody registered that source, and no yes covers it. Look under “{curtain}”.',
    ],
    evenings: [
      'Fifty-three evenings',
      'Jonas watched one film on fifty-three evenings. It stands on his own page and in no number that the shop may tell: public numbers need a hundred people and carry noise.',
    ],
    less: ['Less of this', 'Kemal waved liquorice away twice. The whole shelf stays off his pages.'],
    fifteen: [
      'The girl of fifteen',
      'Deniz said yes, and the law says: not alone. Nothing is used beyond her orders, and nobody writes to her.',
    ],
    no: [
      'The one who said no',
      'Ben refused everything. The shop shows him what it shows everybody, and keeps his orders alone.',
    ],
    forget: [
      'Forgotten for good',
      'Be yourself, order something, then erase yourself under “{data}”. Keys and facts go at once, your share in every statistic as well; the receipt is yours.',
    ],
  },
};

const de: LineWords = {
  title: 'Wo die Grenze verläuft',
  text: 'Läden haben das schon falsch gemacht. Probieren Sie hier jeden Fall: was hätte geschehen können, und was stattdessen geschieht.',
  send: 'Abschicken',
  cases: {
    coat: [
      'Der Mantel',
      'Ada hat einen Wintermantel gekauft. Dazu passen Handschuhe und ein Schal; Katzenfutter nicht, auch wenn jemand eine Katze hat.',
    ],
    letter: [
      'Der Brief im Flur',
      'Carla hat Vitamine für Schwangere gekauft und es niemandem gesagt. Sehen Sie sich die Nachricht an, die sie bekäme: Wer mit ihr wohnt, erfährt daraus nichts.',
    ],
    own: [
      'Ihr eigenes Wort',
      'Öffnen Sie unter „{section}“ für Carlas Vorschläge „{kind}“. Ihre Startseite ändert sich sofort, ihre Nachricht nicht.',
    ],
    trousers: [
      'Die Hose, die nachläuft',
      'Ines ließ eine Hose im Warenkorb und kaufte sie tags darauf an der Kasse. Keine Seite und keine Nachricht kommt darauf zurück.',
    ],
    ear: [
      'Das Telefon, das mithört',
      'Schicken Sie, was ein Mikrofon im Wohnzimmer gehört hat. Fineline weist es ab: Diese Quelle hat niemand angemeldet, und kein Ja deckt sie. Sehen Sie unter „{curtain}“ nach.',
    ],
    evenings: [
      'Dreiundfünfzig Abende',
      'Jonas sah an dreiundfünfzig Abenden denselben Film. Das steht auf seiner eigenen Seite und in keiner Zahl, die der Laden nennen darf: Öffentliche Zahlen brauchen hundert Menschen und werden verrauscht.',
    ],
    less: [
      'Weniger davon',
      'Kemal hat bei Lakritz zweimal abgewinkt. Das ganze Regal bleibt seinen Seiten fern.',
    ],
    fifteen: [
      'Das Mädchen von fünfzehn',
      'Deniz hat Ja gesagt, und das Gesetz sagt: nicht allein. Genutzt wird nichts über ihre Bestellungen hinaus, und niemand schreibt ihr.',
    ],
    no: [
      'Wer Nein sagt',
      'Ben hat alles abgelehnt. Der Laden zeigt ihm, was er allen zeigt, und behält nur seine Bestellungen.',
    ],
    forget: [
      'Für immer vergessen',
      'Seien Sie Sie selbst, bestellen Sie etwas und löschen Sie sich dann unter „{data}“. Schlüssel und Angaben gehen sofort, Ihr Anteil an jeder Statistik auch; die Quittung gehört Ihnen.',
    ],
  },
};

const it: LineWords = {
  title: 'Dov’è il confine',
  text: 'Altri negozi qui hanno sbagliato. Provi ogni caso: che cosa poteva succedere, e che cosa succede invece.',
  send: 'Mandare',
  cases: {
    coat: [
      'Il cappotto',
      'Ada ha comprato un cappotto. Ci vanno guanti e una sciarpa; il cibo per gatti no, nemmeno per chi ha un gatto.',
    ],
    letter: [
      'La lettera nell’ingresso',
      'Carla ha comprato vitamine prenatali e non l’ha detto a nessuno. Guardi il messaggio che riceverebbe: chi vive con lei non ne scopre nulla.',
    ],
    own: [
      'La sua parola',
      'Sotto «{section}» apra «{kind}» per i suggerimenti di Carla. La sua pagina iniziale cambia subito, il suo messaggio no.',
    ],
    trousers: [
      'I pantaloni che inseguono',
      'Ines ha lasciato dei pantaloni nel carrello e li ha presi in negozio il giorno dopo. Nessuna pagina e nessun messaggio ci torna sopra.',
    ],
    ear: [
      'Il telefono che ascolta',
      'Mandi ciò che un microfono in salotto ha sentito. Fineline lo rifiuta: nessuno ha registrato quella fonte, e nessun sì la copre. Guardi sotto «{curtain}».',
    ],
    evenings: [
      'Cinquantatré sere',
      'Jonas ha visto lo stesso film per cinquantatré sere. Sta sulla sua pagina e in nessun numero che il negozio può dire: ai numeri pubblici servono cento persone, e vi si aggiunge rumore.',
    ],
    less: [
      'Meno di questo',
      'Kemal ha scartato la liquirizia due volte. Tutto lo scaffale resta lontano dalle sue pagine.',
    ],
    fifteen: [
      'La ragazza di quindici anni',
      'Deniz ha detto sì, e la legge dice: non da sola. Oltre ai suoi ordini non si usa nulla, e nessuno le scrive.',
    ],
    no: [
      'Chi dice no',
      'Ben ha rifiutato tutto. Il negozio gli mostra ciò che mostra a tutti, e tiene solo i suoi ordini.',
    ],
    forget: [
      'Dimenticati per sempre',
      'Torni a essere sé stesso, ordini qualcosa e poi si cancelli sotto «{data}». Chiavi e dati spariscono subito, e così la Sua parte in ogni statistica; la ricevuta è Sua.',
    ],
  },
};

const tr: LineWords = {
  title: 'Sınır nerede',
  text: 'Mağazalar bunu daha önce yanlış yaptı. Her durumu burada deneyin: ne olabilirdi, onun yerine ne oluyor.',
  send: 'Gönder',
  cases: {
    coat: [
      'Palto',
      'Ada kışlık palto aldı. Yanına eldiven ve atkı yakışır; kedi maması değil, kedisi olana bile.',
    ],
    letter: [
      'Antredeki mektup',
      'Carla hamilelik vitamini aldı ve kimseye söylemedi. Ona gidecek mesaja bakın: birlikte yaşadığı kişi oradan hiçbir şey öğrenmez.',
    ],
    own: [
      'Kendi sözü',
      '“{section}” altında Carla’nın önerileri için “{kind}” seçeneğini açın. Ana sayfası hemen değişir, mesajı değişmez.',
    ],
    trousers: [
      'Peşten gelen pantolon',
      'Ines sepette pantolon bıraktı, ertesi gün kasada aldı. Hiçbir sayfa, hiçbir mesaj ona dönmez.',
    ],
    ear: [
      'Dinleyen telefon',
      'Oturma odasındaki bir mikrofonun duyduğunu gönderin. Fineline reddeder: o kaynağı kimse kaydetmedi, hiçbir evet onu kapsamaz. “{curtain}” bölümüne bakın.',
    ],
    evenings: [
      'Elli üç akşam',
      'Jonas aynı filmi elli üç akşam izledi. Bu kendi sayfasında durur, mağazanın söyleyebileceği hiçbir sayıda durmaz: yayımlanan sayılar yüz kişi ister ve onlara gürültü eklenir.',
    ],
    less: ['Bundan az', 'Kemal meyan kökünü iki kez geri çevirdi. Rafın tamamı sayfalarından uzak durur.'],
    fifteen: [
      'On beş yaşındaki kız',
      'Deniz evet dedi; yasa tek başına olmaz diyor. Siparişleri dışında hiçbir şey kullanılmaz, kimse ona yazmaz.',
    ],
    no: [
      'Hayır diyen',
      'Ben her şeyi reddetti. Mağaza ona herkese gösterdiğini gösterir, yalnız siparişlerini saklar.',
    ],
    forget: [
      'Sonsuza dek unutulmak',
      'Kendiniz olun, bir şey sipariş edin, sonra “{data}” altında kendinizi sildirin. Anahtarlar ve bilgiler hemen gider, her istatistikteki payınız da; makbuz sizindir.',
    ],
  },
};

const ar: LineWords = {
  title: 'أين يقع الحد',
  text: 'سبق لمتاجر أن أخطأت في هذا. جرّب كل حالة هنا: ما كان يمكن أن يحدث، وما يحدث بدلًا منه.',
  send: 'أرسله',
  cases: {
    coat: ['المعطف', 'اشترت آدا معطفًا شتويًا. تليق به قفازات ووشاح، لا طعام قطط، حتى لمن عنده قطة.'],
    letter: [
      'الرسالة عند الباب',
      'اشترت كارلا فيتامينات للحمل ولم تخبر أحدًا. انظر إلى الرسالة التي كانت ستصلها: لا يعرف منها من يسكن معها شيئًا.',
    ],
    own: [
      'كلمتها هي',
      'تحت «{section}» افتح «{kind}» لاقتراحات كارلا. تتغير صفحتها الرئيسية فورًا، أما رسالتها فلا.',
    ],
    trousers: [
      'البنطال الذي يلاحقك',
      'تركت إينيس بنطالًا في السلة واشترته في اليوم التالي من المتجر. لا تعود إليه صفحة ولا رسالة.',
    ],
    ear: [
      'الهاتف الذي يتنصت',
      'أرسل ما سمعه ميكروفون في غرفة الجلوس. يرفضه Fineline: لم يسجل أحد هذا المصدر، ولا تشمله أي موافقة. انظر تحت «{curtain}».',
    ],
    evenings: [
      'ثلاث وخمسون أمسية',
      'شاهد يوناس فيلمًا واحدًا ثلاثًا وخمسين أمسية. هذا في صفحته هو، لا في رقم يحق للمتجر أن يذكره: الأرقام المعلنة تحتاج إلى مئة شخص ويُضاف إليها تشويش.',
    ],
    less: ['أقل من هذا', 'رفض كمال العرق سوس مرتين. يبتعد الرف كله عن صفحاته.'],
    fifteen: [
      'فتاة الخامسة عشرة',
      'قالت دينيز نعم، والقانون يقول: ليس وحدها. لا يُستخدم شيء سوى طلباتها، ولا يكتب إليها أحد.',
    ],
    no: ['من قال لا', 'رفض بن كل شيء. يعرض له المتجر ما يعرضه للجميع، ولا يحتفظ إلا بطلباته.'],
    forget: [
      'نسيان بلا رجعة',
      'كن نفسك واطلب شيئًا، ثم امحُ نفسك من «{data}». تزول المفاتيح والمعلومات فورًا، ومعها نصيبك في كل إحصاء؛ والإيصال لك.',
    ],
  },
};

const he: LineWords = {
  title: 'איפה עובר הקו',
  text: 'חנויות כבר טעו בזה. נסו כאן כל מקרה: מה היה יכול לקרות, ומה קורה במקום זה.',
  send: 'שליחה',
  cases: {
    coat: ['המעיל', 'עדה קנתה מעיל חורף. מתאימים לו כפפות וצעיף; אוכל לחתולים לא, גם למי שיש חתול.'],
    letter: [
      'המכתב במסדרון',
      'קרלה קנתה ויטמינים להיריון ולא סיפרה לאיש. הנה ההודעה שהייתה מקבלת: מי שגר איתה לא ילמד ממנה דבר.',
    ],
    own: [
      'המילה שלה',
      'תחת ”{section}“ פתחו את ”{kind}“ להצעות של קרלה. דף הבית שלה משתנה מיד, ההודעה שלה לא.',
    ],
    trousers: [
      'המכנסיים שרודפים',
      'אינס השאירה מכנסיים בעגלה וקנתה אותם למחרת בקופה. שום דף ושום הודעה לא חוזרים אליהם.',
    ],
    ear: [
      'הטלפון שמקשיב',
      'שלחו מה ששמע מיקרופון בסלון. Fineline דוחה את זה: איש לא רשם את המקור הזה, ושום הסכמה לא מכסה אותו. הביטו תחת ”{curtain}“.',
    ],
    evenings: [
      'חמישים ושלושה ערבים',
      'יונאס צפה בסרט אחד בחמישים ושלושה ערבים. זה כתוב בדף שלו ולא בשום מספר שהחנות רשאית לומר: מספרים פומביים דורשים מאה אנשים, ומוסיפים להם רעש.',
    ],
    less: ['פחות מזה', 'כמאל דחה ליקוריץ פעמיים. המדף כולו נשאר מחוץ לדפים שלו.'],
    fifteen: [
      'הנערה בת החמש־עשרה',
      'דניז אמרה כן, והחוק אומר: לא לבדה. לא משתמשים בדבר מעבר להזמנות שלה, ואיש לא כותב לה.',
    ],
    no: ['מי שאמר לא', 'בן סירב להכול. החנות מציגה לו מה שהיא מציגה לכולם, ושומרת רק את ההזמנות שלו.'],
    forget: [
      'נשכחים לתמיד',
      'היו עצמכם, הזמינו משהו ואז מחקו את עצמכם תחת ”{data}“. המפתחות והעובדות נעלמים מיד, וגם חלקכם בכל סטטיסטיקה; הקבלה שלכם.',
    ],
  },
};

const zhHant: LineWords = {
  title: '界線在哪裡',
  text: '有些商店曾在這裡出錯。您可以逐一試試：原本可能發生什麼，現在又會怎樣。',
  send: '送出',
  cases: {
    coat: ['大衣', '艾達買了冬季大衣。配手套和圍巾正好；就算家裡有貓，也不會推薦貓糧。'],
    letter: [
      '玄關的信',
      '卡拉買了孕婦維他命，還沒告訴任何人。看看她會收到的訊息：同住的人從裡面看不出任何事。',
    ],
    own: ['她自己的話', '在「{section}」為卡拉的推薦打開「{kind}」。她的首頁立刻改變，訊息則不變。'],
    trousers: ['追著你跑的長褲', '伊內絲把長褲留在購物車，隔天在店裡買了。之後沒有任何頁面或訊息再提起。'],
    ear: [
      '偷聽的手機',
      '送出客廳麥克風聽到的話。Fineline 會拒收：沒有人登記過這個來源，任何同意都不涵蓋它。請看「{curtain}」。',
    ],
    evenings: [
      '五十三個晚上',
      '約納斯同一部電影看了五十三個晚上。這只在他自己的頁面上，不在商店能公開的任何數字裡：公開的數字至少要有一百人，還會加上雜訊。',
    ],
    less: ['少來一點', '凱末爾兩次拒絕了甘草糖。整個貨架都不再出現在他的頁面上。'],
    fifteen: ['十五歲的女孩', '德妮茲說好，法律說：不能自己決定。除了訂單什麼都不用，也沒有人寫信給她。'],
    no: ['說不的人', '班恩全部拒絕。商店給他看的和大家一樣，只保留他的訂單。'],
    forget: [
      '永遠被忘記',
      '做您自己，下一張訂單，再到「{data}」刪除自己。金鑰與資料立刻消失，各項統計中您的份也一樣；收據歸您。',
    ],
  },
};

const LINE: Readonly<Record<Language, LineWords>> = { en, de, it, tr, ar, he, 'zh-Hant': zhHant };

export function lineWords(language: Language): LineWords {
  return LINE[language];
}
