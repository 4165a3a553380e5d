// Words about body and family: grief, pregnancy and babies, sexuality, health. How they are read:
// sensitive-words.ts.

import { type ClassWords, behind, list } from './word-lists.ts';

const PETS = list(
  'dog, cat, puppy, kitten, pet, bird supplies, fish supplies, horse care, aquarium',
  'hund, katze, katzen, haustier, cani, gatti, köpek, kedi',
);
/** Shelves where everything is for an animal. */
export const PET_SHELVES = list(
  'pet supplies, pet strollers, animals pet supplies, tierbedarf, tiernahrung, heimtier, haustier*',
  'animali domestici, articoli per animali, evcil hayvan*, مستلزمات الحيوانات, לחיות מחמד, 寵物',
);
const PET_CARE =
  'stroller strollers pram diaper diapers nappy nappies medicine medication vitamins vaccine pads ' +
  'carrier wheelchair';

export const WORDS_OF_LIFE: readonly ClassWords[] = [
  {
    class: 'grief',
    paths: {
      en: list('memorial ceremony, funeral, bereavement, cremation, gravestones'),
      de: list('trauer, bestattung'),
      it: list('articoli funerari'),
      tr: list('cenaze'),
      zh: list('殯葬'),
    },
    words: {
      en: list(
        'funeral, condolence, bereavement, cremation, headstone, gravestone, grave marker',
        'in loving memory, with deepest sympathy, sympathy card, coffin, casket spray, ashes urn',
        'burial urn, memorial plaque, memorial candle, memorial stone, pet urn',
      ),
      de: list(
        'trauerkarte, trauerkranz, trauerfloristik, beileid, beileidskarte, grablicht*, grabkerze*',
        'grabstein*, beerdigung*',
      ),
      it: list('funebre, funerale, condoglianze, urna cineraria'),
      tr: list('cenaze*, taziye, kefen, mezar taşı'),
      ar: list('جنازة, عزاء, كفن'),
      he: list('נר נשמה, נר זיכרון, הלוויה, מצבה'),
      zh: list('喪禮, 葬禮, 骨灰, 壽衣, 奠儀'),
    },
    masks: [],
    unless: list('halloween'),
    unlessPath: [],
    unlessBroad: [],
  },
  {
    class: 'pregnancy-baby',
    paths: {
      en: list('baby, babies, toddler, infant, maternity, nursing feeding, family planning'),
      de: list('säugling'),
      it: list('neonato, neonati, prima infanzia'),
      tr: list('bebek'),
      ar: list('مواليد'),
      he: list('תינוקות'),
      zh: list('嬰兒, 嬰幼兒'),
    },
    words: {
      en: list(
        'baby, babies, newborn, infant, toddler, babygrow, nappy, nappies, diaper, pram, pushchair',
        'stroller, pacifier, maternity, pregnancy, pregnant, prenatal, antenatal, postnatal',
        'expecting mother, mum to be, mom to be, breast pump, breastfeeding, nursing bra',
        'nursing pillow, nursing pad, teething ring, teether, folic acid, ovulation, fertility test',
        'fertility supplement, moses basket, swaddle, bassinet, layette, new arrival card',
        'ultrasound frame',
      ),
      de: list(
        'schwanger*, umstands*, windel, windeln, stoffwindel*, kinderwagen, buggy sportwagen',
        'schnuller*, stillkissen, still bh, stilleinlagen, milchpumpe*, säugling*, neugeborene*',
        'babyschale, babynahrung, babybrei, babykleidung, babybett*, babydecke*, babyflasche*',
        'babypflege, babyschlafsack*, babytrage*, babyphone, babyfon, babybody*, babywippe*, folsäure',
      ),
      it: list(
        'gravidanza, premaman, pannolin*, passeggino, passeggini, ciuccio, ciucci, tiralatte',
        'allattamento, neonato, neonati, neonata',
      ),
      tr: list(
        'hamile*, gebelik*, bebek, bebekler, bebe, emzik*, biberon*, göğüs pompası, yenidoğan',
        'loğusa*',
      ),
      ar: list('حفاض, حفاضات, حفاظات, حوامل, رضاعة, رضيع, رضع, مواليد, حليب أطفال, عربة أطفال, لهاية'),
      he: list('חיתול, חיתולים, תינוק, תינוקת, תינוקות, הריון, היריון, הנקה, מוצץ, עגלת תינוק, טיולון'),
      zh: list('尿布, 紙尿褲, 尿片, 嬰兒, 嬰幼兒, 孕婦, 懷孕, 奶嘴, 奶瓶, 哺乳, 驗孕, 寶寶, 葉酸'),
    },
    masks: [
      ...behind(
        'baby',
        'carrot carrots spinach corn potato potatoes leaf leaves kale beetroot beets ' +
          'tomatoes onions squid octopus clams cabbage',
      ),
      ...behind(
        'baby',
        'gem greens rocket marrow ribs back_ribs new_potatoes doll dolls mouse grand blue ' +
          'pink pastels boom_ribbons s_breath bel fat',
      ),
      ...list(
        'for your baby doll, sugar baby, baby shark costume, adult diaper, 成人紙尿褲, 成人尿布',
        'oyuncak bebek, bebek mavisi',
      ),
      ...list('fertility plant, infant jesus'),
      ...behind('dog', PET_CARE),
      ...behind('puppy', PET_CARE),
      ...behind('cat', PET_CARE),
      ...behind('pet', PET_CARE),
    ],
    unless: list('doll, dolls, dollhouse, puppe, puppen, puppenwagen, bambola, for pets, for dogs, for cats'),
    // Not `pet`: gates for babies and pets are one category.
    unlessPath: PET_SHELVES,
    unlessBroad: [],
  },
  {
    class: 'sexuality',
    paths: {
      en: list('erotic, sexual wellness, condoms, lgbt, lgbtq'),
      it: list('erotismo, benessere sessuale'),
      tr: list('erotik, cinsel sağlık'),
      he: list('מיניות'),
      zh: list('情趣用品'),
    },
    words: {
      en: list(
        'condom, vibrator, dildo, sex toy, sex doll, sexy, erotic, bondage, fetish, butt plug',
        'personal lubricant, lubricant gel, aphrodisiac, contraceptive, spermicide, spermicidal',
        'morning after pill, lgbt, lgbtq, gay, lesbian, queer, transgender, chest binder, bisexual',
      ),
      de: list('kondom, kondome, gleitgel*, dildos, sexspielzeug, erotik*, verhütung*'),
      it: list('preservativo, preservativi, vibratore, erotico, erotica, lubrificante intimo'),
      tr: list('prezervatif*, vibratör*, kayganlaştırıcı jel, erotik'),
      ar: list('واقي ذكري, مزلق حميمي'),
      he: list('קונדום, קונדומים, ויברטור, צעצועי מין'),
      zh: list('保險套, 情趣, 潤滑液, 避孕, 同志'),
    },
    masks: list('concrete vibrator, industrial vibrator, gay gordons, bike lubricant, chain lubricant'),
    unless: list('concrete, engine'),
    unlessPath: [],
    unlessBroad: [],
  },
  {
    class: 'health',
    paths: {
      en: list(
        'health care, healthcare, pharmacy, drugstore, medicine, medicines, medicine drugs, medical',
        'health, vitamins supplements, vitamins, dietary supplements, analgesics, antacids',
        'cold and flu, cold flu, allergy, sleeping aids, restricted diet, first aid, incontinence',
        'mobility accessibility, feminine sanitary supplies, feminine hygiene, diet aid, dietary aid',
      ),
      de: list('apotheke, arzneimittel, gesundheit, medizin, sanitätshaus, sanitätsbedarf, vitamine'),
      it: list('farmacia, salute, integratori, vitamine'),
      tr: list('eczane, sağlık, vitaminler'),
      ar: list('صيدلية, صحة, الصحة, أدوية, فيتامينات'),
      he: list('בית מרקחת, בריאות, ויטמינים, תרופות'),
      zh: list('藥品, 藥局, 保健, 維他命'),
    },
    words: {
      en: list(
        'medicine, medication, otc drug, paracetamol, ibuprofen, aspirin, painkiller, pain relief',
        'antibiotic, antidepressant, antihistamine, insulin, blood glucose, glucose meter',
        'glucose test, lancet, diabetic, diabetes, blood pressure monitor, inhaler, nebuliser',
        'nebulizer, asthma, incontinence, adult diaper, catheter, stoma, ostomy, prosthesis',
        'hearing aid, wheelchair, rollator, mobility scooter, crutches, walking frame, commode',
        'bed pan, denture, laxative, enema, hemorrhoid, haemorrhoid, head lice, wart remover, eczema',
        'psoriasis, acne, arthritis, menopause, tampon, sanitary towel, sanitary pad, menstrual cup',
        'weight loss, slimming pills, diet pills, appetite suppressant, hair loss, period underwear',
        'period pants, safety grab bar, bathroom grab bar, adult hygienic wipe, genetic test',
        'dna test, paternity test, sleeping pills, hiv test, covid test, cancer, chemotherapy',
        'mastectomy, multivitamin, vitamin tablets, vitamin capsules, vitamin supplement',
        'dietary supplement, food supplement',
      ),
      de: list(
        'haarausfall, periodenunterwäsche, periodenslip*, haltegriff dusche, gentest*, dna testkit',
        'arznei*, medikament*, schmerzmittel, schmerztabletten, blutzucker*, blutdruck*, inkontinenz*',
        'hörgerät*, rollstuhl*, rollator*, nahrungsergänzung*, diabetiker*, antidepressiv*',
        'slipeinlagen, damenbinden, tampons, abführmittel, kompressionsstrümpfe, läusekamm',
      ),
      it: list(
        'caduta dei capelli, slip mestruali, maniglione disabili, test genetico, test del dna',
        'farmaco, farmaci, medicinale, medicinali, antidolorifico, glicemia, misuratore pressione',
        'incontinenza, integratore alimentare, integratori alimentari, sedia a rotelle',
        'apparecchio acustico, assorbenti',
      ),
      tr: list(
        'saç dökülmesi, regl külotu, dna testi, ilaç, ağrı kesici, tansiyon aleti, şeker ölçüm',
        'diyabet*, işitme cihazı, tekerlekli sandalye, hasta bezi, takviye edici gıda',
      ),
      ar: list('فحص الحمض النووي, دواء, أدوية, مسكن ألم, قياس السكر, كرسي متحرك, مكمل غذائي'),
      he: list(
        'בדיקה גנטית, תרופה, תרופות, סוכרת, מד לחץ דם, כיסא גלגלים, מכשיר שמיעה, תוסף תזונה',
        'משכך כאבים',
      ),
      zh: list(
        '月經褲, 生理褲, 基因檢測, 藥品, 處方, 止痛藥, 感冒藥, 血糖, 血壓計, 輪椅, 助聽器, 保健食品, 衛生棉, 成人紙尿褲, 成人尿布',
      ),
    },
    masks: [
      ...list(
        'medicine cabinet, medicine ball, medicine chest, health beauty, böcek ilaç, cancer zodiac',
        'zodiac cancer, tropic of cancer',
        // Names of whole departments.
        'gesundheit schönheit, gesundheit und schönheit, gesundheit beauty, salute bellezza',
        'salute e bellezza, sağlık güzellik, sağlık ve güzellik, صحة وجمال, الصحة والجمال, בריאות ויופי',
        '美容保健, 保健美容, 美妝保健',
      ),
      ...list('first aid tin, first aid box, medical costume, toy medical, health fitness'),
      ...list('anti allergy agent, test del dna etnico'),
      ...behind('dog', PET_CARE),
      ...behind('cat', PET_CARE),
      ...behind('pet', PET_CARE),
    ],
    unless: list(
      'travel pillow, white noise, sleep eye mask, costume, zodiac, for pets, for dogs, for cats',
      'hundefutter, katzenfutter',
    ),
    unlessPath: [...PETS, ...list('toys, vacuum accessories')],
    // A chemist's shelf of creams says nothing; a cream against acne does.
    unlessBroad: list(
      'body care, skin care, cosmetics, makeup, perfume, hautpflege, körperpflege, kosmetik, bath body',
    ),
  },
];
