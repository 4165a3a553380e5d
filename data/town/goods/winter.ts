// Winter clothing: what keeps the town warm from the first fog to the last snow.

import { stock } from '../shelf.ts';
import type { TownProduct } from '../types.ts';

export const winterProducts: readonly TownProduct[] = stock(`
# Clothing > Winter > Coats
+ Gloves, Hats, Scarves, Clothes care
coat-harbour-wool | Harbour wool coat | 189.00 | Nordlicht | 14
  Heavy navy wool, horn buttons, pockets you can fall asleep in.
coat-snowdrift-parka | Snowdrift down parka | 229.00 | Fjellvik | 11
  Recycled down, a hood like a small house, warm to −20 °C.
coat-camel-classic | Camel coat, classic cut | 249.00 | Casa Bruna | 8
  The coat your grandmother was right about.
coat-quilted-rain | Quilted rain coat | 129.00 | Regenfroh | 19
  Dry in drizzle, warm in wind, folds into its own pocket.
coat-loden-cape | Loden cape | 279.00 | Almhaus | 0
  Boiled wool from the valley; also a blanket on the train.

# Clothing > Winter > Gloves
+ Hats, Scarves
gloves-touch-merino | Merino gloves, touchscreen tips | 24.90 | Nordlicht | 60
  Answer the phone without freezing for it.
gloves-leather-lined | Lined leather gloves | 59.90 | Casa Bruna | 22
  Deerskin outside, cashmere inside.
mittens-snowball | Snowball mittens | 19.90 | Fjellvik | 41
  Waterproof and thick: built for winning.
mittens-on-string | Children’s mittens on a string | 12.90 | Zwergenhaus | 35
  The lost mitten, solved.

# Clothing > Winter > Hats
+ Scarves, Gloves
hat-bobble-lambswool | Lambswool bobble hat | 22.90 | Nordlicht | 52
  A bobble of responsible size.
hat-beanie-fisher | Fisherman’s beanie | 18.90 | Regenfroh | 48
  Short, ribbed, stays put in a gale.
hat-trapper-fleece | Fleece trapper hat | 34.90 | Fjellvik | 17
  Ear flaps up for meetings, down for sledging.
beret-red | Red felt beret | 27.90 | Casa Bruna | 20
  Makes any Tuesday a little Parisian.

# Clothing > Winter > Scarves
+ Gloves, Hats
scarf-tartan-wool | Tartan wool scarf | 32.90 | Nordlicht | 37
  Long enough to share at a bus stop.
scarf-cashmere-grey | Grey cashmere scarf | 89.00 | Casa Bruna | 12
  Light as toast smoke, warm as toast.
snood-fleece | Fleece snood | 15.90 | Fjellvik | 44
  A scarf that cannot fall off a bicycle.

# Clothing > Winter > Knitwear
+ lint-shaver, Thermal wear, Scarves
jumper-fisherman | Fisherman’s jumper | 89.00 | Nordlicht | 23
  Cable knit, forgives biscuits.
cardigan-library | Library cardigan | 74.90 | Almhaus | 18
  Two pockets: glasses, secrets.
jumper-reindeer | Reindeer jumper | 59.90 | Fjellvik | 30
  Worn with a straight face, it is elegant.

# Clothing > Winter > Thermal wear
+ Winter socks, Gloves
thermal-top-merino | Merino thermal top | 49.90 | Fjellvik | 33
  The layer nobody sees and everybody envies.
thermal-leggings-merino | Merino thermal leggings | 45.90 | Fjellvik | 29
  For long platforms and cold churches.
  + thermal-top-merino, Winter socks

# Clothing > Winter > Winter boots
+ Winter socks, shoe-wax
boots-lined-ankle | Lined ankle boots | 139.00 | Regenfroh | 16
  Lambskin lining, honest rubber sole.
boots-snow-kids | Children’s snow boots | 49.90 | Zwergenhaus | 25
  Closes with one pull, even by a child in a hurry.
  + mittens-on-string, Winter socks
boots-hiking-winter | Winter hiking boots | 169.00 | Fjellvik | 9
  Grip on ice, steam by the stove.

# Clothing > Winter > Winter socks
+ Winter boots, Thermal wear
socks-hut-wool | Mountain hut socks | 14.90 | Almhaus | 90
  Thick wool; creaking floorboards not included.
socks-alpaca-bed | Alpaca bed socks | 17.90 | Nordlicht | 46
  Quiet as snowfall.

# Clothing > Care > Clothes care
+ wool-wash
= each
wool-wash | Wool wash with cedar oil | 9.90 | Waschbär | 55
  Gentle on wool, unpopular with moths.
  + lint-shaver
shoe-wax | Beeswax for shoes | 7.90 | Waschbär | 62
  Ten minutes on Sunday, dry feet all week.
  + Winter boots
clothes-brush | Clothes brush, beech | 18.90 | Almhaus | 21
  Takes the day out of a coat.
lint-shaver | Lint shaver | 19.90 | Haldis | 27
  Makes last year’s jumper this year’s.
`);
