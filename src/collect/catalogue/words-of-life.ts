// Words about body and family: grief, pregnancy and babies, sexuality, health. How they are read:
// sensitive-words.ts.

import { type ClassWords, behind, list } from './word-lists.ts';

const PETS = list(
  'dog, cat, puppy, kitten, pet, bird supplies, fish supplies, horse care, aquarium',
  'hund, katze, katzen, haustier, cani, gatti, köpek, kedi',
);
const PET_CARE =
  'stroller strollers pram diaper diapers nappy nappies medicine medication vitamins vaccine pads ' +
  'carrier wheelchair';

export const WORDS_OF_LIFE: readonly ClassWords[] = [
  {
    class: 'grief',
    paths: list('memorial ceremony, funeral, bereavement, cremation, gravestones, trauer, bestattung'),
    words: list(
      'funeral, condolence, bereavement, cremation, headstone, gravestone, grave marker',
      'in loving memory, with deepest sympathy',
      'sympathy card, coffin, casket spray, ashes urn, burial urn, memorial plaque, memorial candle',
      'memorial stone, pet urn',
      'trauerkarte, trauerkranz, trauerfloristik, beileid, beileidskarte, grablicht*, grabkerze*',
      'grabstein*, beerdigung*',
      'funebre, funerale, condoglianze, urna cineraria, cenaze*, taziye, kefen, mezar taşı',
      'جنازة, عزاء, كفن, נר נשמה, נר זיכרון, הלוויה, מצבה, 喪禮, 葬禮, 骨灰, 壽衣, 奠儀',
    ),
    masks: [],
    unless: list('halloween'),
    unlessPath: [],
  },
  {
    class: 'pregnancy-baby',
    paths: list(
      'baby, babies, toddler, infant, maternity, nursing feeding, family planning, säugling, neonato',
      'neonati, prima infanzia, bebek, תינוקות, 嬰兒, 嬰幼兒, مواليد',
    ),
    words: list(
      'baby, babies, newborn, infant, toddler, babygrow, nappy, nappies, diaper, pram, pushchair',
      'stroller, pacifier',
      'maternity, pregnancy, pregnant, prenatal, antenatal, postnatal, expecting mother, mum to be',
      'mom to be, breast pump',
      'breastfeeding, nursing bra, nursing pillow, nursing pad, teething ring, teether, folic acid',
      'ovulation, fertility test',
      'fertility supplement, moses basket, swaddle, bassinet, layette, new arrival card',
      'ultrasound frame',
      'schwanger*, umstands*, windel, windeln, stoffwindel*, kinderwagen, buggy sportwagen, schnuller*',
      'stillkissen, still bh',
      'stilleinlagen, milchpumpe*, säugling*, neugeborene*, babyschale, babynahrung, babybrei',
      'babykleidung, babybett*',
      'babydecke*, babyflasche*, babypflege, babyschlafsack*, babytrage*, babyphone, babyfon, babybody*',
      'babywippe*, folsäure',
      'gravidanza, premaman, pannolin*, passeggino, passeggini, ciuccio, ciucci, tiralatte',
      'allattamento, neonato, neonati, neonata',
      'hamile*, gebelik*, bebek, bebekler, bebe, emzik*, biberon*, göğüs pompası, yenidoğan, loğusa*',
      'حفاض, حفاضات, حفاظات, حوامل, رضاعة, رضيع, رضع, مواليد, حليب أطفال, عربة أطفال, لهاية',
      'חיתול, חיתולים, תינוק, תינוקת, תינוקות, הריון, היריון, הנקה, מוצץ, עגלת תינוק, טיולון',
      '尿布, 紙尿褲, 尿片, 嬰兒, 嬰幼兒, 孕婦, 懷孕, 奶嘴, 奶瓶, 哺乳, 驗孕, 寶寶, 葉酸',
    ),
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
    unlessPath: [],
  },
  {
    class: 'sexuality',
    paths: list('erotic, sexual wellness, condoms, lgbt, lgbtq, erotik'),
    words: list(
      'condom, vibrator, dildo, sex toy, sex doll, sexy, erotic, bondage, fetish, butt plug',
      'personal lubricant, lubricant gel',
      'aphrodisiac, contraceptive, morning after pill, lgbt, lgbtq, gay, lesbian, queer, transgender',
      'chest binder, bisexual',
      'kondom, kondome, gleitgel*, dildos, sexspielzeug, erotik*, verhütung*, preservativo',
      'preservativi, vibratore, erotico, erotica',
      'lubrificante intimo, prezervatif*, vibratör*, kayganlaştırıcı jel, erotik, واقي ذكري, مزلق حميمي',
      'קונדום, קונדומים, ויברטור, צעצועי מין',
      '保險套, 情趣, 潤滑液, 避孕, 同志',
    ),
    masks: list('concrete vibrator, industrial vibrator, gay gordons, bike lubricant, chain lubricant'),
    unless: list('concrete, engine'),
    unlessPath: [],
  },
  {
    class: 'health',
    paths: list(
      'health care, healthcare, pharmacy, drugstore, medicine, medicines, medicine drugs, medical',
      'health, vitamins supplements, vitamins',
      'dietary supplements, analgesics, antacids, cold and flu, cold flu, allergy, sleeping aids',
      'restricted diet, first aid, incontinence, mobility accessibility, feminine sanitary supplies',
      'feminine hygiene, diet aid, dietary aid',
      'apotheke, arzneimittel, gesundheit, farmacia, salute, eczane, sağlık, صيدلية, בית מרקחת, 藥品, 藥局',
      '保健',
    ),
    words: list(
      'medicine, medication, paracetamol, ibuprofen, aspirin, painkiller, pain relief, antibiotic',
      'antidepressant, antihistamine',
      'insulin, blood glucose, glucose meter, glucose test, lancet, diabetic, diabetes',
      'blood pressure monitor, inhaler, nebuliser',
      'nebulizer, asthma, incontinence, adult diaper, catheter, stoma, ostomy, prosthesis, hearing aid',
      'wheelchair, rollator',
      'mobility scooter, crutches, walking frame, commode, bed pan, denture, laxative, enema',
      'hemorrhoid, haemorrhoid, head lice',
      'wart remover, eczema, psoriasis, acne, arthritis, menopause, tampon, sanitary towel',
      'sanitary pad, menstrual cup',
      'weight loss, slimming pills, diet pills, appetite suppressant, hair loss treatment',
      'sleeping pills, hiv test, covid test, cancer',
      'chemotherapy, mastectomy, multivitamin, vitamin tablets, vitamin capsules, vitamin supplement',
      'dietary supplement, food supplement',
      'arznei*, medikament*, schmerzmittel, schmerztabletten, blutzucker*, blutdruck*, inkontinenz*',
      'hörgerät*, rollstuhl*, rollator*',
      'nahrungsergänzung*, diabetiker*, antidepressiv*, slipeinlagen, damenbinden, tampons',
      'abführmittel, kompressionsstrümpfe, läusekamm',
      'farmaco, farmaci, medicinale, medicinali, antidolorifico, glicemia, misuratore pressione',
      'incontinenza, integratore alimentare',
      'integratori alimentari, sedia a rotelle, apparecchio acustico, assorbenti, ilaç, ağrı kesici',
      'tansiyon aleti, şeker ölçüm, diyabet*',
      'işitme cihazı, tekerlekli sandalye, hasta bezi, takviye edici gıda, دواء, أدوية, مسكن ألم',
      'قياس السكر, كرسي متحرك, مكمل غذائي',
      'תרופה, תרופות, סוכרת, מד לחץ דם, כיסא גלגלים, מכשיר שמיעה, תוסף תזונה, משכך כאבים',
      '藥品, 處方, 止痛藥, 感冒藥, 血糖, 血壓計, 輪椅, 助聽器, 保健食品, 衛生棉, 成人紙尿褲, 成人尿布',
    ),
    masks: [
      ...list(
        'medicine cabinet, medicine ball, medicine chest, health beauty, böcek ilaç, cancer zodiac',
        'zodiac cancer, tropic of cancer',
      ),
      ...list('first aid tin, first aid box, medical costume, toy medical, health fitness'),
      ...behind('dog', PET_CARE),
      ...behind('cat', PET_CARE),
      ...behind('pet', PET_CARE),
    ],
    unless: list('costume, zodiac, for pets, for dogs, for cats, hundefutter, katzenfutter'),
    unlessPath: [
      ...PETS,
      ...list(
        'toys, body care, skin care, cosmetics, makeup, perfume, hautpflege, körperpflege, kosmetik',
        'bath body',
      ),
    ],
  },
];
