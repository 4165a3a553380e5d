// Winter clothing: what keeps the town warm from the first fog to the last snow.

import { stock } from '../shelf.ts';
import type { TownProduct } from '../types.ts';

export const winterProducts: readonly TownProduct[] = stock(`
# Clothing > Winter > Coats
+ Gloves, Hats, Scarves, Clothes care
coat-harbour-wool | Harbour wool coat | 189.00 | Nordlicht | 14
  Heavy navy wool, horn buttons, pockets you can fall asleep in.
  + gloves-touch-merino, scarf-tartan-wool, Hats, wool-wash
coat-snowdrift-parka | Snowdrift down parka | 229.00 | Fjellvik | 11
  Recycled down, a hood like a small house, warm to −20 °C.
  + mittens-snowball, snood-fleece, hat-trapper-fleece, Winter boots
coat-camel-classic | Camel coat, classic cut | 249.00 | Casa Bruna | 8
  The coat your grandmother was right about.
  + gloves-leather-lined, scarf-cashmere-grey, beret-red, clothes-brush
coat-quilted-rain | Quilted rain coat | 129.00 | Regenfroh | 19
  Dry in drizzle, warm in wind, folds into its own pocket.
  + Gloves, hat-beanie-fisher, Scarves, Umbrellas
coat-loden-cape | Loden cape | 279.00 | Almhaus | 0
  Boiled wool from the valley; also a blanket on the train.
  + gloves-fingerless-knit, Hats, shawl-mohair-triangle, wool-wash
coat-duffle-toggle | Duffle coat with wooden toggles | 169.00 | Nordlicht | 13
  Four toggles, one hood, room for a whole newspaper.
  + Gloves, scarf-tartan-wool, Hats, clothes-brush

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
gloves-fingerless-knit | Fingerless knitted gloves | 16.90 | Almhaus | 38
  For market stalls, pianists and small change.

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
headband-wool-ribbed | Ribbed wool headband | 17.90 | Nordlicht | 42
  Warm ears, and the hair stays as it was.

# Clothing > Winter > Scarves
+ Gloves, Hats
scarf-tartan-wool | Tartan wool scarf | 32.90 | Nordlicht | 37
  Long enough to share at a bus stop.
scarf-cashmere-grey | Grey cashmere scarf | 89.00 | Casa Bruna | 12
  Light as toast smoke, warm as toast.
snood-fleece | Fleece snood | 15.90 | Fjellvik | 44
  A scarf that cannot fall off a bicycle.
scarf-silk-swallows | Silk scarf with swallows | 49.00 | Casa Bruna | 19
  Ninety centimetres of swallows, already on their way south.
  + coat-camel-classic, Gloves
shawl-mohair-triangle | Mohair triangle shawl | 64.90 | Nordlicht | 16
  For shoulders, balconies and the second act.
  + Dresses and skirts, Gloves

# Clothing > Winter > Knitwear
+ lint-shaver, Thermal wear, Scarves
jumper-fisherman | Fisherman’s jumper | 89.00 | Nordlicht | 23
  Cable knit, forgives biscuits.
cardigan-library | Library cardigan | 74.90 | Almhaus | 18
  Two pockets: glasses, secrets.
jumper-reindeer | Reindeer jumper | 59.90 | Fjellvik | 30
  Worn with a straight face, it is elegant.
jumper-roll-neck | Fine merino roll-neck | 69.90 | Casa Bruna | 26
  Looks like poetry, goes in the washing machine.
  + Trousers, wool-wash, lint-shaver
waistcoat-knit-moss | Knitted waistcoat, moss green | 64.90 | Almhaus | 15
  Warm in the middle, arms free for the washing-up.
  + Shirts and tops, Trousers, lint-shaver

# Clothing > Winter > Thermal wear
+ Winter socks, Gloves
thermal-top-merino | Merino thermal top | 49.90 | Fjellvik | 33
  The layer nobody sees and everybody envies.
thermal-leggings-merino | Merino thermal leggings | 45.90 | Fjellvik | 29
  For long platforms and cold churches.
  + thermal-top-merino, Winter socks
vest-silk-wool | Silk and wool vest | 34.90 | Nordlicht | 28
  Thin as a whisper, and takes draughts seriously.
  + Knitwear, Winter socks, wool-wash
thermal-set-kids | Children’s thermal set, foxes | 36.90 | Zwergenhaus | 22
  Top and leggings; now the snow may come.
  + Children’s winter wear, boots-snow-kids

# Clothing > Winter > Winter boots
+ Winter socks, shoe-wax
boots-lined-ankle | Lined ankle boots | 139.00 | Regenfroh | 16
  Lambskin lining, honest rubber sole.
boots-snow-kids | Children’s snow boots | 49.90 | Zwergenhaus | 25
  Closes with one pull, even by a child in a hurry.
  + mittens-on-string, Winter socks, Children’s winter wear
boots-hiking-winter | Winter hiking boots | 169.00 | Fjellvik | 9
  Grip on ice, steam by the stove.
boots-chelsea-warm | Lined Chelsea boots | 149.00 | Casa Bruna | 12
  Pull them on, walk out, look as if you had planned it.
boots-felt-valley | Felt boots with a rubber sole | 89.00 | Almhaus | 18
  What the valley wears to feed the hens.
  + Winter socks, Rainwear

# Clothing > Winter > Winter socks
+ Winter boots, Thermal wear
socks-hut-wool | Mountain hut socks | 14.90 | Almhaus | 90
  Thick wool; creaking floorboards not included.
socks-alpaca-bed | Alpaca bed socks | 17.90 | Nordlicht | 46
  Quiet as snowfall.
socks-norwegian-three | Norwegian wool socks, three pairs | 24.90 | Fjellvik | 57
  One to wear, one to wash, one for the guest.
socks-knee-lambswool | Lambswool knee socks | 19.90 | Nordlicht | 40
  They come up to the knee and stay there.
  + Winter boots, Dresses and skirts

# Clothing > Winter > Rainwear
+ Umbrellas, Bags
= each
rain-jacket-harbour | Harbour rain jacket, yellow | 99.00 | Regenfroh | 27
  Taped seams, deep hood, cheerful even at low tide.
  + rain-trousers-over, rain-boots-pier, Umbrellas
rain-boots-pier | Rubber boots, pier green | 54.90 | Regenfroh | 31
  Puddles become a matter of taste.
  + Winter socks, rain-jacket-harbour
rain-poncho-pocket | Pocket rain poncho | 29.90 | Regenfroh | 44
  Sleeps in the bag until the cloud arrives.
  + rain-trousers-over, bag-rucksack-city
rain-trousers-over | Rain overtrousers | 49.90 | Fjellvik | 21
  Over the good ones in ten seconds, bicycle clip included.
  + rain-jacket-harbour, rain-boots-pier

# Clothing > Winter > Children’s winter wear
+ mittens-on-string, boots-snow-kids, thermal-set-kids
= each
snowsuit-kids-fox | Children’s snowsuit, fox red | 89.00 | Zwergenhaus | 16
  One zip between breakfast and snowball fight.
jacket-kids-puffer | Children’s puffer jacket | 59.90 | Zwergenhaus | 24
  Reflecting stars outside, pockets for chestnuts.
  + trousers-kids-snow, hat-kids-bear, mittens-on-string
trousers-kids-snow | Children’s snow trousers | 44.90 | Fjellvik | 28
  Braces on top, a slide underneath.
  + boots-snow-kids, jacket-kids-puffer, sledge-beech
hat-kids-bear | Children’s bear hat | 16.90 | Zwergenhaus | 39
  Two round ears that hear supper at once.
  + scarf-kids-tube, mittens-on-string
scarf-kids-tube | Children’s tube scarf | 11.90 | Zwergenhaus | 45
  Over the head, and already on the sledge.
  + hat-kids-bear, mittens-on-string

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
moth-cedar-rings | Cedar rings against moths, twelve | 8.90 | Waschbär | 68
  They smell of forest; moths prefer the city.
  + wool-wash, Knitwear
hangers-beech-five | Beech coat hangers, five | 24.90 | Almhaus | 33
  Shoulders for a coat between two walks.
  + moth-cedar-rings, Coats

# Clothing > Everyday > Trousers
+ Shirts and tops, Knitwear, Indoor shoes
trousers-corduroy-brown | Corduroy trousers, brown | 79.00 | Nordlicht | 34
  They whisper of autumn with every step.
jeans-straight-indigo | Straight jeans, indigo | 89.00 | Casa Bruna | 41
  Stiff on Monday, an old friend by June.
chinos-cotton-sand | Cotton chinos, sand | 69.90 | Nordlicht | 29
  Get on with every shirt in the wardrobe.
trousers-wool-grey | Grey wool trousers | 109.00 | Casa Bruna | 17
  For offices, weddings and the good chair.
  + shirt-oxford-white, clothes-brush, Coats
joggers-sunday | Sunday joggers, soft cotton | 49.90 | Stoffmarie | 36
  From breakfast to the letterbox and back.
  + Indoor shoes, t-shirts-organic-three
trousers-linen-wide | Wide linen trousers | 74.90 | Stoffmarie | 18
  Creased by noon, as it should be.

# Clothing > Everyday > Shirts and tops
+ Trousers, Knitwear
t-shirts-organic-three | T-shirts, organic cotton, three | 39.90 | Stoffmarie | 72
  White, grey, navy: half the week is settled.
shirt-oxford-white | White Oxford shirt | 59.90 | Casa Bruna | 38
  Ironed or not, it looks like a decision.
  + trousers-wool-grey, hangers-beech-five, Knitwear
top-breton-striped | Striped Breton top | 44.90 | Regenfroh | 47
  Twenty-one stripes and a breath of harbour.
shirt-flannel-check | Checked flannel shirt | 54.90 | Nordlicht | 33
  For chopping wood, or reading about it.
  + trousers-corduroy-brown, Thermal wear
blouse-dots | Dotted blouse | 57.90 | Casa Bruna | 21
  Three hundred dots, and none of them is a stain.
  + Dresses and skirts, Knitwear
polo-pique-green | Piqué polo shirt, bottle green | 42.90 | Nordlicht | 0
  A collar for people who have nothing to do with ties.

# Clothing > Everyday > Dresses and skirts
+ Knitwear, Scarves, boots-chelsea-warm
dress-knit-midi | Knitted midi dress | 94.90 | Nordlicht | 18
  A jumper that thought ahead.
  + boots-chelsea-warm, lint-shaver, Scarves
dress-wrap-poppy | Wrap dress, poppy red | 89.90 | Casa Bruna | 14
  One bow, and the evening is dressed.
  + shawl-mohair-triangle, bag-shoulder-leather
skirt-tweed-pockets | Tweed skirt with pockets | 69.90 | Nordlicht | 20
  It has pockets; everyone will be told.
  + socks-knee-lambswool, Shirts and tops, Knitwear
dress-denim-shirt | Denim shirt dress | 79.90 | Stoffmarie | 22
  Sleeves up, bicycle out, off you go.
skirt-pleated-navy | Pleated skirt, navy | 64.90 | Casa Bruna | 17
  Turns with you, and half a second longer.
  + Shirts and tops, Knitwear

# Clothing > Everyday > Indoor shoes
+ Winter socks, Tea
slippers-felt-grey | Felt slippers, grey | 39.90 | Almhaus | 46
  The neighbours below send their regards.
slippers-lambskin | Lambskin slippers | 54.90 | Nordlicht | 24
  Warmth that begins at the ankles and works upwards.
clogs-cork-house | House clogs with cork footbed | 49.90 | Almhaus | 30
  The kitchen hears you coming and puts the kettle on.
slippers-kids-hedgehog | Children’s hedgehog slippers | 24.90 | Zwergenhaus | 32
  Non-slip soles, for corridors at full speed.
  + thermal-set-kids, Children’s books

# Clothing > Extras > Umbrellas
+ Rainwear, Bags
umbrella-pocket-grey | Pocket umbrella, storm grey | 29.90 | Regenfroh | 58
  Small enough to be there when it rains.
umbrella-stick-beech | Stick umbrella, beech handle | 49.90 | Regenfroh | 23
  Too handsome to be left on the tram.
  + rain-boots-pier, Bags
umbrella-storm-two | Storm umbrella for two | 44.90 | Fjellvik | 19
  Turns inside out for nobody.
umbrella-kids-frog | Children’s umbrella, frog | 16.90 | Zwergenhaus | 34
  Two eyes on top, one dry child below.
  + Children’s winter wear

# Clothing > Extras > Bags
+ Umbrellas, Scarves
= each
bag-shoulder-leather | Leather shoulder bag | 139.00 | Casa Bruna | 15
  The keys are at the bottom; they always were.
  + purse-leather-cognac, umbrella-pocket-grey
bag-rucksack-city | City rucksack, roll-top | 89.90 | Regenfroh | 26
  Holds a laptop, a loaf and a change of plan.
  + umbrella-pocket-grey, drink-bottle, rain-poncho-pocket
bag-weekend-canvas | Canvas weekend bag | 119.00 | Nordlicht | 12
  Two nights, one book too many.
  + Travel and nature, umbrella-pocket-grey
bag-belt-small | Small belt bag | 34.90 | Fjellvik | 37
  Both hands free for ice cream and railings.
  + Hiking gear, rain-poncho-pocket
bag-net-cotton | Cotton net bag | 9.90 | Stoffmarie | 64
  Weighs nothing, carries eleven oranges.
  + purse-leather-cognac, Bread
purse-leather-cognac | Leather purse, cognac | 49.90 | Casa Bruna | 28
  Counts coins more slowly than you do.
  + bag-shoulder-leather
`);
