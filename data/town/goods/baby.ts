// Baby: for the smallest customers, who never pay and always decide.

import { stock } from '../shelf.ts';
import type { TownProduct } from '../types.ts';

export const babyProducts: readonly TownProduct[] = stock(`
# Baby > Out and about > Prams
+ Nappies, pram-footmuff, pram-rain-cover, Baby blankets
pram-stroll-three | Three-in-one pram Stroll | 499.00 | Kinderwagen Karl | 5
  Folds with one hand; the other one is busy.
buggy-city-light | City buggy, 6 kg | 189.00 | Kinderwagen Karl | 9
  Fits a tram, a café and a small mood.

# Baby > Out and about > Pram extras
+ Prams
= each
pram-footmuff | Lambswool footmuff | 69.00 | Zwergenhaus | 13
  The warmest place in town, one seat only.
pram-rain-cover | Rain cover for prams | 19.90 | Kinderwagen Karl | 24
  Weather stays outside, looks in.
sling-cotton | Baby sling, woven cotton | 64.00 | Zwergenhaus | 12
  Close enough to hear humming.

# Baby > Care > Nappies
+ Wipes and creams
nappies-size-1 | Nappies, newborn size, 48 pieces | 11.90 | Popolino | 90
  Soft, absorbent, decorated with ducks.
nappies-size-3 | Nappies, size 3, 96 pieces | 21.90 | Popolino | 110
  For those who have discovered crawling.
nappies-size-5 | Nappies, size 5, 84 pieces | 22.90 | Popolino | 85
  For those who have discovered running.

# Baby > Care > Wipes and creams
+ Nappies
= each
wipes-water | Water wipes, 9 packs | 19.90 | Popolino | 95
  Nothing in them but water and calm.
cream-calendula | Calendula nappy cream | 6.90 | Sanftmut | 70
  Peace below the belt.
bath-thermometer-duck | Bath thermometer duck | 8.90 | Zwergenhaus | 32
  Quacks at 38 °C. It does not; it floats.
  + towel-hooded

# Baby > Feeding > Bottles and bibs
+ Baby food
= each
bottles-glass-two | Glass bottles, two | 17.90 | Zwergenhaus | 40
  For warm milk at blue hours.
bibs-muslin-five | Muslin bibs, five | 14.90 | Zwergenhaus | 51
  One a day, in theory.
beaker-first | First beaker | 7.90 | Zwergenhaus | 44
  Spill-proof until proven otherwise.

# Baby > Feeding > Baby food
+ bibs-muslin-five
= each
puree-carrot | Carrot purée, six jars | 6.90 | Löffelchen | 88
  Orange everything.
porridge-evening | Evening porridge | 4.90 | Löffelchen | 75
  The last chapter of the day.
puffs-corn | Corn puffs for small fists | 1.90 | Löffelchen | 120
  Practice for popcorn.

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
  + bath-thermometer-duck

# Baby > Clothes > Baby clothes
+ Nappies
= each
bodysuits-five | Bodysuits, organic cotton, five | 29.90 | Zwergenhaus | 47
  Fifteen poppers, no regrets.
`);
