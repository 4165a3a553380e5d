// Pharmacy: kept behind the counter, discussed in a low voice. The things that belong to a sensitive class,
// and the ordinary ones that hint at it, are listed in truth.ts; here they are things like others.

import { stock } from '../shelf.ts';
import type { TownProduct } from '../types.ts';

export const pharmacyProducts: readonly TownProduct[] = stock(`
# Pharmacy > Skin > Body care
+ hand-cream-rose
= each
lotion-unscented | Unscented body lotion 400 ml | 7.90 | Sanftmut | 80
  Smells of nothing, which is harder than it sounds.
hand-cream-rose | Rose hand cream | 5.90 | Sanftmut | 75
  For hands that have washed up and been thanked.
  + lip-balm-honey
lip-balm-honey | Honey lip balm | 3.50 | Imkerei Sommer | 130
  Against wind, and for talking.
  + hand-cream-rose
soap-olive | Olive soap, block | 4.50 | Olivia | 90
  Lasts longer than most resolutions.
  + hand-cream-rose
oil-almond-skin | Sweet almond skin oil | 9.90 | Sanftmut | 38
  A few drops after the bath.
sun-cream-50 | Sun cream SPF 50 | 14.90 | Sanftmut | 45
  Snow reflects, too.

# Pharmacy > Health > Vitamins
+ lip-balm-honey
= each
vitamin-c-zinc | Vitamin C with zinc, 30 tablets | 6.90 | Apotheke am Markt | 85
  Fizzy, orange, optimistic.
  + tissues-box, Cold and flu
vitamin-d-drops | Vitamin D drops | 8.90 | Apotheke am Markt | 70
  Sunshine for the months without.
magnesium-citrate | Magnesium citrate, 60 capsules | 11.90 | Apotheke am Markt | 52
  For calves that sing at night.
calcium-chewable | Chewable calcium, 60 tablets | 9.90 | Apotheke am Markt | 41
  Tastes of lemon, works in the background.

# Pharmacy > Health > Cold and flu
+ tissues-box, lip-balm-honey, Honey and jam
= each
throat-pastilles-sage | Sage throat pastilles | 4.50 | Apotheke am Markt | 110
  For choirs and teachers.
nasal-spray-sea | Sea-water nasal spray | 5.90 | Apotheke am Markt | 77
  A day at the coast, one nostril at a time.
tissues-box | Soft tissues, six boxes | 6.50 | Wolke | 95
  For colds and for the last act.
  + throat-pastilles-sage

# Pharmacy > Family planning > Expecting
+ lip-balm-honey
= each
vitamins-prenatal | Prenatal vitamins with folic acid | 16.90 | Apotheke am Markt | 36
  One a day, for two.
pregnancy-test-two | Pregnancy test, two pieces | 9.90 | Apotheke am Markt | 40
  Three minutes that take an hour.
tights-maternity | Maternity tights | 19.90 | Nordlicht | 18
  They grow along.

# Pharmacy > Health > Diabetes care
+ hand-cream-rose
= each
glucose-strips-50 | Blood glucose test strips, 50 | 27.90 | Glykos | 33
  Small drops, clear numbers.
glucose-meter | Blood glucose meter | 39.90 | Glykos | 14
  Large digits, no drama.
lancets-soft | Soft lancets, 100 | 8.90 | Glykos | 47
  Over before you have said ouch.

# Pharmacy > Health > Everyday aids
+ soap-olive
= each
cotton-pads-large | Cotton pads, large bag | 3.90 | Wolke | 100
  More than anyone can need, and then they are gone.
foot-cream-urea | Foot cream with urea | 8.50 | Sanftmut | 44
  For feet that carried the day.
plasters-assorted | Plasters, assorted, 40 | 3.90 | Apotheke am Markt | 88
  For heroes of every size.
socks-seamless | Seamless cotton socks, three pairs | 14.90 | Wolke | 39
  No edge, no elastic, no complaint.
sweetener-stevia | Stevia tablets | 4.90 | Glykos | 58
  Sweet talk without consequences.
chocolate-sugar-free | Sugar-free dark chocolate | 3.90 | Glykos | 66
  Honestly good, which is rare.
ginger-chews | Ginger chews | 3.50 | Teestube | 72
  Calm for stomachs on boats, buses and mornings.
tote-bag-large | Large canvas tote bag | 22.90 | Casa Bruna | 31
  Carries a library, a picnic, or whatever comes.
pillow-side-sleeper | Side-sleeper pillow | 39.90 | Wolke | 17
  Long as a good night.
`);
