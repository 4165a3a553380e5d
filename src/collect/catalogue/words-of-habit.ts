// Words about habit: addiction, alcohol, debt. How they are read: sensitive-words.ts.

import { type ClassWords, behind, list } from './word-lists.ts';
import { PET_SHELVES } from './words-of-life.ts';

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
    class: 'addiction',
    paths: {
      en: list(
        'tobacco, tobacco products, smoking accessories, smoking cessation, vaping, vape, gambling',
        'lottery, cannabis',
      ),
      de: list('tabak, tabakwaren, raucherbedarf'),
      it: list('tabacchi, articoli per fumatori'),
      tr: list('tütün, tütün ürünleri'),
      zh: list('菸品'),
    },
    words: {
      en: list(
        'tobacco, cigarette, e cigarette, cigar, cigarillo, vape, vaping, e liquid, nicotine, ashtray',
        'rolling papers, hookah, shisha, bong, cannabis, marijuana, cbd, lottery ticket, scratch card',
        'scratchcard, betting, roulette, slot machine, stop smoking, smoking pipe',
        'alcoholics anonymous, sobriety',
      ),
      de: list(
        'tabak*, zigarette*, zigarre*, zigarillo*, nikotin*, aschenbecher*, wasserpfeife*, rubbellos*',
        'lottoschein*',
      ),
      it: list(
        'tabacco, sigaretta, sigarette, sigaro, sigari, nicotina, posacenere, gratta e vinci',
        'narghilè',
      ),
      tr: list('sigara, puro, nargile*, küllük, piyango'),
      ar: list('تبغ, سجائر, سيجار, شيشة, معسل, نيكوتين'),
      he: list('טבק, סיגריה, סיגריות, סיגר, ניקוטין, נרגילה'),
      zh: list('香菸, 菸草, 雪茄, 電子菸, 尼古丁, 檳榔, 樂透, 彩券'),
    },
    masks: list(
      'food beverages tobacco, costume tobacco, tobacco flower, tobacco brown, cigar box guitar',
      'cigar box matches, tobacco leather, roulette curtain, puro pamuk',
    ),
    unless: [],
    unlessPath: PET_SHELVES,
    unlessBroad: [],
  },
  {
    class: 'alcohol',
    paths: {
      en: list(
        'homebrewing, winemaking, alcohol, alcoholic beverages, beer, beers, wine, wines, spirits',
        'liquor, beers ales',
      ),
      de: list('alkohol, spirituosen, weine, biere'),
      it: list('alcolici, vini, birre, liquori'),
      tr: list('alkollü, içki, alkollü içecekler'),
      ar: list('كحول, مشروبات كحولية'),
      he: list('אלכוהול'),
      zh: list('酒類'),
    },
    words: {
      en: list(
        'beer, lager, ale, stout, wine, red wine, white wine, whisky, whiskey, bourbon, vodka, gin',
        'rum, tequila, brandy, cognac, liqueur, champagne, prosecco, cava, sherry, vermouth, cider',
        'mead, absinthe, schnapps, sake, mulled wine, alcopop, hard seltzer, hip flask',
      ),
      de: list(
        'bier, wein, rotwein, weißwein, roséwein, glühwein, sekt, schnaps, likör, wodka, korn schnaps',
      ),
      it: list('vino, birra, liquore, grappa, spumante, amaro, vini, birre, liquori'),
      tr: list('şarap, bira, rakı, viski, votka'),
      ar: list('نبيذ, بيرة, فودكا, ويسكي, خمر'),
      he: list('יין, וודקה, ויסקי, ליקר, עראק'),
      zh: list('葡萄酒, 紅酒, 白酒, 啤酒, 威士忌, 伏特加, 高粱酒, 清酒, 香檳, 烈酒'),
    },
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
        'juice cider, alcohol ink, alcohol marker, alcohol wipe, alcohol swab, rubbing alcohol',
        'isopropyl alcohol',
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
    unlessBroad: [],
  },
  {
    class: 'debt',
    paths: {
      en: list('debt, loans, insolvency'),
      de: list('kredite'),
      it: list('prestiti'),
      tr: list('borç, tüketici kredisi'),
    },
    words: {
      en: list('debt, bankruptcy, insolvency, payday loan, debt collector, pawnshop'),
      de: list('schulden, schuldenfrei, schuldnerberatung, insolvenz*, privatinsolvenz'),
      it: list('debiti, indebitamento'),
      tr: list('iflas, borç danışmanlığı'),
      ar: list('ديون, إفلاس'),
      he: list('חובות, פשיטת רגל'),
      zh: list('債務, 負債, 破產'),
    },
    masks: [],
    unless: [],
    unlessPath: [],
    unlessBroad: [],
  },
];
