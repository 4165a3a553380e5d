// Baby: for the smallest customers, who never pay and always decide.

import { stock } from '../shelf.ts';
import type { TownProduct } from '../types.ts';

export const babyProducts: readonly TownProduct[] = stock(`
# Baby > Out and about > Prams
+ Nappies, pram-footmuff, pram-rain-cover, Baby blankets, Baby safety
pram-stroll-three | Three-in-one pram Stroll | 499.00 | Kinderwagen Karl | 5
  Folds with one hand; the other one is busy.
buggy-city-light | City buggy, 6 kg | 189.00 | Kinderwagen Karl | 9
  Fits a tram, a café and a small mood.
pram-classic-carrycot | Classic pram with carrycot | 649.00 | Kinderwagen Karl | 4
  Large wheels, good springs, admiring neighbours.
buggy-twin-side | Twin buggy, side by side | 379.00 | Kinderwagen Karl | 6
  For two opinions travelling in one direction.

# Baby > Out and about > Pram extras
+ Prams
= each
pram-footmuff | Lambswool footmuff | 69.00 | Zwergenhaus | 13
  The warmest place in town, one seat only.
pram-rain-cover | Rain cover for prams | 19.90 | Kinderwagen Karl | 24
  Weather stays outside, looks in.
sling-cotton | Baby sling, woven cotton | 64.00 | Zwergenhaus | 12
  Close enough to hear humming.
pram-changing-bag | Changing bag for the pram | 54.90 | Zwergenhaus | 18
  Nine pockets; the dummy is in the tenth.
  + Nappies, wipes-water, Prams
pram-hooks-two | Pram hooks, two | 9.90 | Kinderwagen Karl | 48
  They carry the shopping, so that nobody small has to.
pram-parasol | Parasol for prams | 24.90 | Kinderwagen Karl | 21
  Turns down the noon a little.
  + Prams, hat-baby-cotton

# Baby > Care > Nappies
+ Wipes and creams
nappies-size-1 | Nappies, newborn size, 48 pieces | 11.90 | Popolino | 90
  Soft, absorbent, decorated with ducks.
nappies-size-3 | Nappies, size 3, 96 pieces | 21.90 | Popolino | 110
  For those who have discovered crawling.
nappies-size-5 | Nappies, size 5, 84 pieces | 22.90 | Popolino | 85
  For those who have discovered running.
nappies-size-4 | Nappies, size 4, 90 pieces | 22.50 | Popolino | 96
  For those who turn over halfway through.
nappies-cloth-six | Cloth nappies, six | 59.00 | Popolino | 17
  Hung on the line, they look like a small regatta.
  + wool-wash, cream-calendula

# Baby > Care > Wipes and creams
+ Nappies
= each
wipes-water | Water wipes, 9 packs | 19.90 | Popolino | 95
  Nothing in them but water and calm.
cream-calendula | Calendula nappy cream | 6.90 | Sanftmut | 70
  Peace below the belt.
bath-thermometer-duck | Bath thermometer duck | 8.90 | Zwergenhaus | 32
  Quacks at 38 °C. It does not; it floats.
  + towel-hooded, Bath time
oil-baby-marigold | Marigold baby oil | 7.90 | Sanftmut | 56
  Two drops, one massage, one yawn.
  + Bath time, Nappies
cream-cold-weather | Cold-weather cream for babies | 5.90 | Sanftmut | 61
  A scarf for the cheeks.
  + pram-footmuff, hat-baby-cotton

# Baby > Feeding > Bottles and bibs
+ Baby food
= each
bottles-glass-two | Glass bottles, two | 17.90 | Zwergenhaus | 40
  For warm milk at blue hours.
bibs-muslin-five | Muslin bibs, five | 14.90 | Zwergenhaus | 51
  One a day, in theory.
beaker-first | First beaker | 7.90 | Zwergenhaus | 44
  Spill-proof until proven otherwise.
spoons-soft-four | Soft spoons, four | 8.90 | Löffelchen | 66
  Three for feeding, one for the floor.
bowl-suction-baby | Suction bowl with lid | 13.90 | Zwergenhaus | 38
  Holds on to the table; the porridge makes its own plans.
  + spoons-soft-four, porridge-evening
bottle-brush-two | Bottle brushes, two sizes | 5.90 | Zwergenhaus | 52
  They reach the corner where the milk hides.
  + bottles-glass-two
high-chair-beech | High chair, beech | 129.00 | Zwergenhaus | 8
  Grows along until the first school report.
  + bibs-muslin-five, bowl-suction-baby, Baby food

# Baby > Feeding > Baby food
+ bibs-muslin-five
= each
puree-carrot | Carrot purée, six jars | 6.90 | Löffelchen | 88
  Orange everything.
porridge-evening | Evening porridge | 4.90 | Löffelchen | 75
  The last chapter of the day.
puffs-corn | Corn puffs for small fists | 1.90 | Löffelchen | 120
  Practice for popcorn.
puree-pear | Pear purée, six jars | 6.90 | Löffelchen | 82
  The apple’s quiet sister.
  + spoons-soft-four, bibs-muslin-five
puree-courgette-potato | Courgette and potato, six jars | 7.50 | Löffelchen | 59
  Sunday lunch, finely mashed.
  + spoons-soft-four, bibs-muslin-five
porridge-millet-morning | Millet morning porridge | 4.50 | Löffelchen | 63
  For those who begin the day before the day does.
  + bowl-suction-baby, spoons-soft-four
tea-fennel-baby | Fennel tea for babies, 20 bags | 2.90 | Teestube | 71
  For tummies with something on their mind.
  + bottles-glass-two, Bottles and bibs

# Baby > Sleep > Baby blankets
+ sleeping-bag-baby
= each
blanket-merino-baby | Merino baby blanket | 49.00 | Zwergenhaus | 20
  To be chewed, dragged, loved.
sleeping-bag-baby | Baby sleeping bag, quilted | 44.90 | Zwergenhaus | 23
  Nothing to kick off at three in the morning.
  + night-light-moon, bodysuits-five
towel-hooded | Hooded towel, bear | 18.90 | Zwergenhaus | 28
  Wet child in, small bear out.
  + bath-thermometer-duck, Bath time
muslin-cloths-three | Muslin cloths, large, three | 19.90 | Zwergenhaus | 42
  Blanket, sunshade, shoulder: they do the lot.
  + Nursery, Bottles and bibs

# Baby > Clothes > Baby clothes
+ Nappies
= each
bodysuits-five | Bodysuits, organic cotton, five | 29.90 | Zwergenhaus | 47
  Fifteen poppers, no regrets.
pyjamas-baby-stars | Baby pyjamas with feet, two | 24.90 | Zwergenhaus | 37
  The zip works in the dark, from the bottom up.
  + sleeping-bag-baby, Nappies
socks-baby-six | Baby socks, six pairs | 9.90 | Zwergenhaus | 74
  Twelve socks, of which eleven will stay.
  + romper-knit-oat, pyjamas-baby-stars
romper-knit-oat | Knitted romper, oat | 34.90 | Zwergenhaus | 25
  Arms, legs, everything done in one go.
  + bodysuits-five, hat-baby-cotton, wool-wash
hat-baby-cotton | Cotton baby hat | 8.90 | Zwergenhaus | 49
  Keeps the first ideas warm.
  + socks-baby-six, bodysuits-five
overall-baby-fleece | Wool fleece overall | 69.00 | Zwergenhaus | 14
  All the warmth of a sheep, with a zip.
  + pram-footmuff, hat-baby-cotton, wool-wash

# Baby > Play > Baby toys
+ Nursery, bibs-muslin-five
= each
cuddly-hare-linen | Cuddly hare, linen | 19.90 | Zwergenhaus | 33
  Long ears, for holding on and for secrets.
  + blanket-merino-baby, night-light-moon
rattle-beech | Beech rattle | 9.90 | Holzfuchs | 46
  The first instrument; every concert is sold out.
  + play-arch-wood, teether-whale
teether-whale | Natural rubber teether, whale | 12.90 | Zwergenhaus | 41
  One of the few who like to be bitten.
  + bibs-muslin-five, rattle-beech
stacking-rings-wood | Wooden stacking rings | 16.90 | Holzfuchs | 36
  Built by you, toppled by the management.
  + blocks-beech-thirty
play-arch-wood | Wooden play arch | 49.90 | Holzfuchs | 16
  A gym for those who train lying down.
  + blanket-merino-baby, rattle-beech
blocks-beech-thirty | Beech blocks, thirty | 27.90 | Holzfuchs | 27
  Three storeys, no planning permission.
  + stacking-rings-wood, Children’s books
book-cloth-farm | Cloth book, farm | 12.90 | Zwergenhaus | 29
  A gripping story, washable at 40 °C.
  + cuddly-hare-linen, Children’s books

# Baby > Sleep > Nursery
+ Baby blankets, night-light-moon
= each
cot-beech | Beech cot, 60 × 120 cm | 219.00 | Zwergenhaus | 7
  Three heights: for lying, sitting, planning an escape.
  + mattress-cot, sheets-cot-two, mobile-clouds-felt
mattress-cot | Cot mattress, 60 × 120 cm | 119.00 | Wolke | 10
  Firm where it must be, a cloud where it may.
  + sheets-cot-two, cot-beech
sheets-cot-two | Fitted cot sheets, two | 24.90 | Wolke | 35
  One on the bed, one on the line.
  + mattress-cot, sleeping-bag-baby
mobile-clouds-felt | Felt mobile, clouds | 29.90 | Zwergenhaus | 22
  The only weather that makes you sleepy.
  + night-light-moon, cot-beech
changing-mat-wipe | Wipe-clean changing mat | 34.90 | Zwergenhaus | 19
  Soft for one, washable for the other.
  + Nappies, Wipes and creams
bedside-cot-beech | Bedside cot, beech | 179.00 | Zwergenhaus | 0
  An arm’s length away, all night.
  + sleeping-bag-baby, night-light-moon

# Baby > Care > Bath time
+ towel-hooded, bath-thermometer-duck
= each
bath-tub-baby | Baby bath tub with plug | 27.90 | Zwergenhaus | 20
  A small sea whose tide you decide.
  + bath-thermometer-duck, bath-support-soft, towel-hooded
wash-baby-camomile | Camomile wash and shampoo | 6.90 | Sanftmut | 67
  No tears, until it is time to get out.
  + wash-mitts-three, oil-baby-marigold, towel-hooded
wash-mitts-three | Wash mitts, three animals | 11.90 | Zwergenhaus | 43
  Frog, bear and duck know where the ears are.
  + wash-baby-camomile, towel-hooded
bath-boats-cork | Cork bath boats, three | 14.90 | Holzfuchs | 31
  Unsinkable, as is the crew.
  + bath-thermometer-duck, bath-tub-baby
bath-support-soft | Soft bath support | 19.90 | Zwergenhaus | 15
  Two extra hands under water.
  + bath-tub-baby, bath-thermometer-duck
brush-baby-goat | Baby hairbrush, goat hair | 9.90 | Zwergenhaus | 34
  For three hairs or a whole head of them.
  + wash-baby-camomile, oil-baby-marigold

# Baby > Out and about > Baby safety
+ Nursery
= each
car-seat-infant | Infant car seat | 199.00 | Kinderwagen Karl | 9
  Clicks once, asleep by the second corner.
  + blanket-merino-baby, pram-stroll-three, pram-changing-bag
baby-monitor-sound | Baby monitor | 69.90 | Haldis | 17
  Hears every sigh and passes on the important ones.
  + batteries-aa, cot-beech, night-light-moon
stair-gate-beech | Stair gate, beech | 54.90 | Holzfuchs | 13
  Border control for crawlers.
  + cupboard-locks-eight, socket-covers-twenty
cupboard-locks-eight | Cupboard locks, eight | 12.90 | Zwergenhaus | 40
  The saucepans get their peace back.
  + socket-covers-twenty, stair-gate-beech
socket-covers-twenty | Socket covers, twenty | 6.90 | Haldis | 57
  Twenty small reasons to sit down again.
  + cupboard-locks-eight, stair-gate-beech
`);
