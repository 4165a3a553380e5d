// Words by which a title shows that it is in a language without a word list of ours, or in one with. Only
// words that titles are full of: small words, colours, materials, for whom. A word that two languages share
// stands in neither.

import { list } from './word-lists.ts';
import { normalise } from './word-set.ts';

/**
 * French, Spanish, Portuguese, Dutch, Polish, Czech, Swedish, Danish, Norwegian, Finnish, Hungarian,
 * Romanian.
 */
export const FOREIGN_WORDS: ReadonlySet<string> = new Set(
  list(
    'pour, avec, sans, dans, une, femme, homme, enfant, fille, garçon, noir, noire, blanc',
    'blanche, rouge, bleu',
    'bleue, vert, verte, gris, jaune, coton, laine, cuir, soie, robe, chaussures, chemise',
    'pantalon, veste, lampe',
    'sac, boîte, pièces, manches, sœur, crème, huile, fleurs, bois, verre, couverture',
    'para, unas, mujer, hombre, niño, niña, niños, negro, blanco, blanca, rojo, roja, azul',
    'amarillo, algodón',
    'cuero, vestido, zapatos, camisa, pantalones, chaqueta, bolso, caja, unidades, piezas, madera',
    'vidrio, aceite',
    'com, sem, mulher, homem, preto, preta, branco, branca, vermelho, amarelo, algodão, couro',
    'sapatos, calças',
    'peças, vidro, óleo, criança, bebê',
    'voor, met, zonder, het, een, dames, heren, kinderen, zwart, rood, blauw, groen, grijs, geel',
    'katoen, jurk',
    'schoenen, broek, jas, stuks, doos, glazen, houten, leren, wollen',
    'dla, oraz, damska, damski, damskie, męska, męski, męskie, dziecięcy, czarny, czarna, biały',
    'biała, czerwony',
    'niebieski, zielony, bawełna, skórzany, skórzana, sukienka, buty, koszula, spodnie, kurtka',
    'torba, drewniany',
    'dámské, dámská, pánské, pánská, dětské, černý, černá, bílý, bílá, červený, modrý, zelený',
    'bavlna, šaty, boty',
    'för, och, utan, svart, röd, blå, grön, grå, gul, bomull, klänning, skor, skjorta, byxor',
    'jacka, väska',
    'til, og, uden, uten, hvid, hvit, rød, grøn, grønn, kjole, bukser, jakke, taske, bomuld, stykker',
    'musta, valkoinen, punainen, sininen, vihreä, harmaa, naisten, miesten, lasten, puuvilla',
    'mekko, kengät',
    'fekete, fehér, piros, kék, zöld, női, férfi, gyerek, pamut, ruha, cipő, nadrág, kabát, táska',
    'darab',
    'pentru, fără, negru, neagră, albă, roșu, albastru, bumbac, piele, rochie, pantofi, bărbați, femei',
    // Sizes, and words of the classes themselves: what should least be missed.
    'taille, talla, tamanho, maat, rozmiar, storlek, størrelse, koko, velikost, méret, mărime',
    'couches, pañales, fraldas, luiers, pieluchy, blöjor, bleer, vaipat, plenky, pelenka, scutece',
    'grossesse',
    'embarazo, gravidez, zwangerschap, zwangerschapstest, ciążowy, ciąża, graviditet',
    'graviditetstest, raskaus',
    'těhotenský, terhesség, sarcină, médicament, médicaments, medicamento, medicamentos',
    'medicijnen, leki',
    'läkemedel, lægemiddel, lääke, léky, gyógyszer, pharmacie, farmácia, apotheek, apteka, apotek',
    'lékárna',
    'bière, cerveza, cerveja, piwo, pivo, olut, sör, vinho, wijn, wino, víno, viini, préservatif',
    'préservatifs',
    'condones, preservativos, condooms, prezerwatywy, kondomer, tabac, tabaco, sigaretten',
    'papierosy, cigaretter',
  ).map(normalise),
);

/** The same of English, German, Italian and Turkish: as many of them take the others' word back. */
export const COVERED_WORDS: ReadonlySet<string> = new Set(
  list(
    'the, and, with, for, from, set, pack, pieces, women, men, black, white, red, blue, green',
    'cotton, wool, pan, box, glass, chair, mug, bag, cup, card, light',
    'und, mit, für, aus, ohne, der, die, das, damen, herren, kinder, schwarz, weiß, rot, blau',
    'grün, stück',
    'con, per, della, del, donna, uomo, bambini, nero, nera, bianco, bianca, rosso, rossa, blu',
    'pezzi, cotone, pelle',
    've, ile, için, kadın, erkek, çocuk, siyah, beyaz, kırmızı, mavi, yeşil, adet, pamuk, deri',
  ).map(normalise),
);

/** Words that stand in every catalogue and say nothing of a thing. */
export const GENERIC_WORDS: ReadonlySet<string> = new Set(
  list(
    'article, articles, item, items, product, products, goods, thing, things, sku, ref, model',
    'type, test, misc, various',
    'other, others, new, sale, all, home, shop, category, categories, uncategorized',
    'uncategorised, default, set, size',
    'artikel, produkt, produkte, ware, waren, modell, typ, sortiment, neu, alle, alles, diverse',
    'diverses, sonstiges',
    'kategorie, startseite, articolo, articoli, prodotto, prodotti, modello, tipo, nuovo, varie',
    'vari, altro, categoria',
    'ürün, ürünler, model, yeni, diğer, kategori, منتج, منتجات, جديد, אחר, מוצר, מוצרים, חדש, 商品',
    '產品, 其他, 貨號, 新品',
  ).map(normalise),
);
