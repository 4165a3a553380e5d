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
plasters-assorted | Plasters, assorted, 40 | 3.90 | Apotheke am Markt | 88
  For heroes of every size.

# Care > Hair > Hair and shaving
+ Body care
= each
shampoo-mild | Mild shampoo 250 ml | 5.90 | Sanftmut | 90
  For hair with a sensible job.
conditioner-oat | Oat conditioner | 6.50 | Sanftmut | 60
  Knots reconsider.
  + shampoo-mild
shaving-cream | Shaving cream, sandalwood | 7.90 | Barbiere | 48
  Foam like a small alp.
  + razor-safety
razor-safety | Safety razor, steel | 34.90 | Barbiere | 22
  One blade, a long life.
  + shaving-cream, razor-blades-ten
razor-blades-ten | Razor blades, ten | 4.90 | Barbiere | 85
  Thin, sharp, brief.
hair-brush-beech | Hair brush, beech | 16.90 | Barbiere | 30
  A hundred strokes, or as many as you like.
  + shampoo-mild

# Care > Sun > Sun and insects
+ Body care
= each
after-sun-aloe | After-sun gel, aloe | 8.90 | Sanftmut | 50
  The evening apology for the afternoon.
insect-spray | Insect spray for skin | 9.90 | Sanftmut | 60
  The terrace is yours again.
tick-card | Tick card | 3.90 | Apotheke am Markt | 70
  Fits beside the bank card and is used more gladly.
sun-hat-wide | Wide sun hat | 24.90 | Nordlicht | 26
  Shade that walks along.
  + sun-cream-50
lip-sun-30 | Lip care SPF 30 | 4.90 | Sanftmut | 80
  The part everybody forgets.

# Care > Mouth > Oral care
+ Hair and shaving
= each
toothpaste-mint | Toothpaste, mint | 2.90 | Apotheke am Markt | 140
  Two minutes of winter.
toothbrush-soft | Soft toothbrush | 2.50 | Apotheke am Markt | 130
  Gentle where it counts.
  + toothpaste-mint
floss-waxed | Waxed dental floss | 2.90 | Apotheke am Markt | 95
  Goes where brushes only hear of.
mouthwash-mild | Mild mouthwash 500 ml | 4.90 | Apotheke am Markt | 75
  Fresh without shouting.
toothpaste-children | Toothpaste for children | 2.40 | Zwergenhaus | 70
  Strawberry, and two songs long.

# Pharmacy > Health > First aid
+ plasters-assorted
= each
first-aid-kit-home | First-aid kit for the home | 24.90 | Apotheke am Markt | 30
  Better bored than needed.
bandage-elastic | Elastic bandage | 4.90 | Apotheke am Markt | 65
  For ankles that missed a step.
cold-pack | Cold pack, reusable | 6.90 | Apotheke am Markt | 50
  Lives beside the peas.
disinfectant-spray | Wound disinfectant | 6.50 | Apotheke am Markt | 60
  Does not sting, in spite of childhood.
tweezers-steel | Steel tweezers | 5.90 | Apotheke am Markt | 55
  For splinters and patience.

# Pharmacy > Health > Pain relief
+ tissues-box
= each
heat-patches-back | Warming patches for the back | 9.90 | Apotheke am Markt | 45
  Eight hours of quiet warmth.
pain-tablets-400 | Pain relief tablets, 20 | 4.90 | Apotheke am Markt | 90
  Read the leaflet, then rest.
muscle-gel-arnica | Arnica gel | 7.90 | Apotheke am Markt | 60
  After the move, before the sofa.
hot-water-bottle | Hot-water bottle with cover | 17.90 | Wolke | 40
  The oldest friend of cold feet.

# Pharmacy > Health > Heart and blood pressure
+ Everyday aids
= each
blood-pressure-monitor | Blood pressure monitor, upper arm | 44.90 | Apotheke am Markt | 18
  Two readings, sitting down, in the morning.
pill-box-week | Weekly pill box | 8.90 | Apotheke am Markt | 40
  Seven days in good order.
compression-stockings | Compression stockings | 29.90 | Apotheke am Markt | 22
  For long days and long flights.

# Care > New habits > Quit smoking
+ Oral care
= each
nicotine-gum-2mg | Nicotine gum 2 mg, 30 pieces | 12.90 | Apotheke am Markt | 35
  Chew slowly, then park it.
nicotine-patch-21 | Nicotine patches, step 1 | 29.90 | Apotheke am Markt | 20
  One a day, on dry skin.
nicotine-inhaler | Nicotine inhaler | 32.90 | Apotheke am Markt | 16
  Something for the hands as well.

# Care > Night > Sleep and calm
+ Tea
= each
tea-lemon-balm | Lemon balm sleep tea | 4.50 | Teestube | 70
  Ten minutes of steam before bed.
sleep-mask-silk | Silk sleep mask | 19.90 | Wolke | 35
  Midnight, whenever you like.
ear-plugs-soft | Soft ear plugs, ten pairs | 5.90 | Wolke | 80
  The neighbours are wonderful people.
lavender-sachets | Lavender sachets, three | 9.90 | Sanftmut | 45
  A field under the pillow.
stress-ball-cork | Cork hand ball | 8.90 | Standfest | 50
  Squeeze it instead.

# Pharmacy > Intimate > Intimate care
+ Body care
= each
condoms-twelve | Condoms, twelve | 8.90 | Apotheke am Markt | 70
  Thin, reliable, discreetly packed.
lubricant-water | Water-based lubricant | 9.90 | Apotheke am Markt | 40
  Kind to skin.
tampons-organic | Organic cotton tampons, 16 | 4.90 | Apotheke am Markt | 85
  Cotton, and nothing else.
pads-night | Night pads, ten | 3.90 | Apotheke am Markt | 80
  Soft and sure.
menstrual-cup | Menstrual cup | 24.90 | Apotheke am Markt | 25
  Lasts for years.

# Grocery > Pantry > Chocolate and sweets
+ Tea, Juices and water
= each
gum-peppermint | Peppermint chewing gum, five packs | 3.90 | Kakaohaus | 120
  Something to do while thinking.
pastilles-eucalyptus | Eucalyptus pastilles | 2.90 | Kakaohaus | 90
  A forest, quite suddenly.

# Pharmacy > Skin > Body care
+ hand-cream-rose, lip-balm-honey
= each
cotton-pads-large | Cotton pads, large bag | 3.90 | Wolke | 100
  More than anyone can need, and then they are gone.
foot-cream-urea | Foot cream with urea | 8.50 | Sanftmut | 44
  For feet that carried the day.

# Clothing > Winter > Winter socks
+ Indoor shoes
= each
socks-seamless | Seamless cotton socks, three pairs | 14.90 | Wolke | 39
  No edge, no elastic, no complaint.

# Grocery > Pantry > Kitchen staples
+ Tea
= each
sweetener-stevia | Stevia tablets | 4.90 | Glykos | 58
  Sweet talk without consequences.

# Grocery > Pantry > Chocolate and sweets
+ Tea, Juices and water
= each
chocolate-sugar-free | Sugar-free dark chocolate | 3.90 | Glykos | 66
  Honestly good, which is rare.
ginger-chews | Ginger chews | 3.50 | Teestube | 72
  Calm for stomachs on boats, buses and mornings.

# Clothing > Extras > Bags
+ Scarves
= each
tote-bag-large | Large canvas tote bag | 22.90 | Casa Bruna | 31
  Carries a library, a picnic, or whatever comes.

# Books and films > Books > Reading comforts
+ Novels
= each
pillow-side-sleeper | Side-sleeper pillow | 39.90 | Wolke | 17
  Long as a good night.
`);
