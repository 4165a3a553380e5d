// Words about belief, origin and habit: religion, politics, origin, addiction, alcohol, debt. How they are
// read: sensitive-words.ts.

import { type ClassWords, behind, list } from './word-lists.ts';

/** Things around a drink that say little about drinking. */
const BAR_THINGS =
  'glass glasses goblet goblets rack racks opener openers cooler coolers chiller bucket ' +
  'stopper stoppers mug mugs tankard holder holders coaster coasters mat mats tray trays ' +
  'sign signs charm charms gum gums jelly bag bags carrier box crate cork corks label labels ' +
  'candle candles flavour flavoured flavored scented scent colour color coloured print card ' +
  'cards dressing vinegar sauce yeast batter bread cheese fridge decanter aerator pourer ' +
  'thermometer garden table bar_stool';

export const WORDS_OF_HABIT: readonly ClassWords[] = [
  {
    class: 'religion',
    paths: list(
      'religious, religion, religious ceremonial, judaica, islamic, religiöse, religioso, dini, 宗教',
    ),
    words: list(
      'bible, quran, koran, qur an, torah, talmud, rosary, crucifix, hijab, niqab, burqa, burka',
      'burkini, kippah, yarmulke',
      'tallit, tefillin, mezuzah, menorah, hanukkah, chanukah, ramadan, eid mubarak, prayer mat',
      'prayer rug, prayer beads, prayer book',
      'first communion, holy communion, baptism, christening, bar mitzvah, bat mitzvah, nativity',
      'kosher, halal, hymn book, holy water',
      'catholic, muslim, jewish, hindu, sikh, bibel, bibeln, gebetsteppich*, rosenkranz, erstkommunion*',
      'kommunionkerze*, taufkerze*, konfirmation*',
      'bibbia, corano, rosario, prima comunione, battesimo, crocifisso, kur an, kuran, seccade*',
      'tesbih*, tespih*, incil, tevrat, başörtüsü, tesettür*',
      'قرآن, مصحف, سجادة صلاة, مسبحة, حجاب, نقاب, إنجيل, صليب, رمضان, תנ ך, תפילין, טלית, מזוזה, חנוכיה',
      'חנוכייה, ספר תורה, קוראן',
      '聖經, 佛經, 念珠, 可蘭經, 古蘭經, 十字架, 佛像, 清真',
    ),
    masks: list('cocktail bible, fishing bible, kosher salt, himalayan'),
    unless: list('wedding'),
    unlessPath: [],
  },
  {
    class: 'politics',
    paths: list('politics, political, trade union, politik, politica'),
    words: list(
      'political, election campaign, campaign button, trade union, labour union, communist, socialist',
      'anarchist, party membership',
      'gewerkschaft*, wahlkampf*, wahlplakat*, parteibuch, sindacato, sindacale, sendika, sendikası',
      'حزب سياسي, איגוד מקצועי, 工會, 政黨, 選舉',
    ),
    masks: list('political map, political globe, political world map'),
    unless: [],
    unlessPath: [],
  },
  {
    class: 'origin',
    paths: list('ethnic, multicultural hair, traditional ceremonial clothing'),
    words: list(
      'afro hair, afro comb, ethnic hair, hair relaxer, skin lightening, skin whitening, skin bleaching',
      'ancestry test, dna ancestry, ancestry dna',
      'ahnentest, herkunftstest, test del dna etnico, 祖源',
    ),
    masks: [],
    unless: [],
    unlessPath: [],
  },
  {
    class: 'addiction',
    paths: list(
      'tobacco, tobacco products, smoking accessories, smoking cessation, vaping, vape, gambling',
      'lottery, cannabis, tabak, tabakwaren, tabacchi, tütün',
    ),
    words: list(
      'tobacco, cigarette, e cigarette, cigar, cigarillo, vape, vaping, e liquid, nicotine, ashtray',
      'rolling papers, hookah, shisha, bong',
      'cannabis, marijuana, cbd, lottery ticket, scratch card, scratchcard, betting, roulette',
      'slot machine, stop smoking, smoking pipe',
      'tabak*, zigarette*, zigarre*, zigarillo*, nikotin*, aschenbecher*, wasserpfeife*, rubbellos*',
      'lottoschein*, tabacco, sigaretta, sigarette',
      'sigaro, sigari, nicotina, posacenere, gratta e vinci, narghilè, sigara, puro, nargile*, küllük',
      'piyango',
      'تبغ, سجائر, سيجار, شيشة, معسل, نيكوتين, טבק, סיגריה, סיגריות, סיגר, ניקוטין, נרגילה',
      '香菸, 菸草, 雪茄, 電子菸, 尼古丁, 檳榔, 樂透, 彩券',
    ),
    masks: list(
      'food beverages tobacco, costume tobacco, tobacco flower, tobacco brown, cigar box guitar',
      'cigar box matches, tobacco leather, roulette curtain, puro pamuk',
    ),
    unless: [],
    unlessPath: [],
  },
  {
    class: 'alcohol',
    paths: list(
      'alcohol, alcoholic beverages, beer, beers, wine, wines, spirits, liquor, beers ales, alkohol',
      'spirituosen, alcolici, alkollü, אלכוהול, 酒類',
    ),
    words: list(
      'beer, lager, ale, stout, wine, red wine, white wine, whisky, whiskey, bourbon, vodka, gin, rum',
      'tequila, brandy, cognac',
      'liqueur, champagne, prosecco, cava, sherry, vermouth, cider, mead, absinthe, schnapps, sake',
      'mulled wine, alcopop, hip flask',
      'bier, wein, rotwein, weißwein, roséwein, glühwein, sekt, schnaps, likör, wodka, korn schnaps',
      'vino, birra, liquore, grappa',
      'spumante, amaro, şarap, bira, rakı, viski, votka, نبيذ, بيرة, فودكا, ويسكي, خمر, יין, וודקה',
      'ויסקי, ליקר, עראק',
      '葡萄酒, 紅酒, 白酒, 啤酒, 威士忌, 伏特加, 高粱酒, 清酒, 香檳, 烈酒',
    ),
    masks: [
      ...behind(
        'wine',
        `${BAR_THINGS} bottle_holder bottle_dressing bottle_rack bottle_stopper bottle_bag red`,
      ),
      ...behind('beer', BAR_THINGS),
      ...behind('champagne', `${BAR_THINGS} flute flutes`),
      ...behind('gin', 'rummy rami glass glasses'),
      ...behind('rum', 'raisin flavour baba truffle truffles'),
      ...behind('whisky', 'glass glasses tumbler tumblers stones sauce'),
      ...list(
        'root beer, ginger beer, ginger ale, cider vinegar, non alcoholic, pale ale glass',
        'cooking wine, wine cabinet, white wine vinegar, red wine vinegar',
      ),
      ...list(
        'aceto di vino, aceto balsamico, bicchiere da vino, bicchieri da vino, lievito di birra',
        'şarap sirkesi, şarap kadehi, bira bardağı, bira mayası',
      ),
      ...list(
        'חומץ יין, כוס יין, כוסות יין, 紅酒杯, 紅酒醋, 啤酒杯, 啤酒酵母, 香檳色, 香檳杯, 葡萄酒杯, s sake',
        'beer pong, beer dispenser, beer tap, wine liquor cabinets, absinthe fountains',
      ),
    ],
    unless: list(
      'sign, mug, poster, magnet, candle, greeting card, birthday card, t shirt, tea towel, doormat',
      // In these trades cognac is a colour.
      'cushion, apron, soap, shampoo, leather, leder*, pelle, cuoio, deri, suede',
      'alcohol free, non alcoholic, alkoholfrei, alkoholfreies, analcolica, analcolico, alkolsüz',
    ),
    unlessPath: [],
  },
  {
    class: 'debt',
    paths: list('debt, loans, insolvency, kredite'),
    words: list(
      'debt, bankruptcy, insolvency, payday loan, debt collector, pawnshop, schulden, schuldenfrei',
      'schuldnerberatung, insolvenz*, privatinsolvenz',
      'debiti, indebitamento, iflas, ديون, إفلاس, חובות, פשיטת רגל, 債務, 負債, 破產',
    ),
    masks: [],
    unless: [],
    unlessPath: [],
  },
];
