// Grocery and coffee bar: the part of the shop that smells best.

import { stock } from '../shelf.ts';
import type { TownProduct } from '../types.ts';

export const groceryProducts: readonly TownProduct[] = stock(`
# Grocery > Coffee bar > Coffee beans
+ Coffee filters, Milk, Biscuits
beans-morning-harbour | Harbour Morning, espresso beans 1 kg | 18.90 | Röstwerk | 80
  Cocoa, hazelnut, and the courage to open the shutters.
beans-ethiopia-yirga | Yirgacheffe filter beans 500 g | 13.50 | Röstwerk | 46
  Jasmine and lemon; better slowly.
beans-napoli-dark | Napoli dark roast 1 kg | 16.90 | Bar Ornella | 64
  Dark as a cinema, crema like a velvet seat.
beans-decaf-colombia | Colombia decaf beans 500 g | 12.90 | Röstwerk | 30
  Everything but the two o’clock in the morning.

# Grocery > Coffee bar > Coffee filters
+ Coffee beans
filters-paper-no4 | Paper filters no. 4, 100 pieces | 2.90 | Blatt & Bohne | 140
  Unbleached, fits every honest filter holder.
filters-v60 | Cone filters for pour-over, 100 pieces | 5.90 | Blatt & Bohne | 58
  Thin paper for clear coffee.
filters-paper-no2 | Paper filters no. 2, 80 pieces | 2.40 | Blatt & Bohne | 95
  For a small pot in a quiet house.
filters-cloth-two | Cloth coffee filters, two | 9.90 | Blatt & Bohne | 0
  Rinse, dry, and back on duty tomorrow.

# Grocery > Coffee bar > Coffee gear
+ Coffee beans, Coffee filters, Cups
= each
pour-over-set | Pour-over set, glass | 34.90 | Blatt & Bohne | 22
  A jug, a cone, four quiet minutes.
moka-pot-six | Moka pot, six cups | 29.90 | Bar Ornella | 31
  Gurgles when happy.
  + beans-napoli-dark, Cups, Biscuits
hand-grinder | Hand grinder, steel burrs | 59.00 | Blatt & Bohne | 15
  A small workout with a large reward.
  + beans-ethiopia-yirga, pour-over-set, filters-v60

# Grocery > Coffee bar > Cups
+ Coffee beans, Biscuits
= each
cups-espresso-four | Espresso cups, set of four | 24.90 | Bar Ornella | 26
  Thick walls, no hurry.
mug-speckled | Speckled mug | 12.90 | Tonwerk | 70
  Holds exactly one good idea.
travel-cup-steel | Travel cup, steel | 27.90 | Fjellvik | 33
  Hot until the last stop.

# Grocery > Pantry > Tea
+ Biscuits, Honey and jam
tea-ceylon-breakfast | Breakfast tea, 80 bags | 5.90 | Teestube | 95
  Strong enough for a committee.
tea-mint-garden | Garden mint tea | 4.50 | Teestube | 60
  Picked in the morning, quiet in the evening.
tea-earl-grey | Earl Grey, loose 250 g | 9.90 | Teestube | 42
  Bergamot and good manners.
tea-rooibos-vanilla | Rooibos with vanilla, 20 bags | 4.20 | Teestube | 55
  One more chapter, and still asleep by eleven.

# Grocery > Pantry > Biscuits
+ Tea, Milk
= each
biscuits-butter | Butter biscuits | 2.90 | Backhaus Ada | 150
  The plate is empty before the kettle boils.
cantuccini-almond | Almond cantuccini | 4.90 | Bar Ornella | 74
  To be dunked without shame.
  + Coffee beans, Cups
ginger-snaps | Ginger snaps | 3.20 | Backhaus Ada | 88
  They answer back.

# Grocery > Pantry > Honey and jam
+ Bread, Butter and cheese
= each
honey-linden | Linden honey 500 g | 7.90 | Imkerei Sommer | 50
  From forty hives and one patient beekeeper.
jam-apricot | Apricot jam | 4.50 | Imkerei Sommer | 66
  July in a glass.
jam-sour-cherry | Sour cherry jam | 4.50 | Imkerei Sommer | 57
  The one that never lasts the week.

# Grocery > Fresh > Bread
+ Butter and cheese, Honey and jam
bread-sourdough | Sourdough loaf 1 kg | 5.20 | Backhaus Ada | 60
  Two days of patience, one loud crust.
bread-simit | Simit, bag of four | 3.60 | Backhaus Ada | 75
  Sesame everywhere, and worth it.
rolls-rye | Rye rolls, six | 3.40 | Backhaus Ada | 80
  Small, dark, sensible.
bread-baguette | Baguette | 1.90 | Backhaus Ada | 90
  The end of it has never once reached home.

# Grocery > Fresh > Butter and cheese
+ Bread
= each
butter-salted | Salted butter 250 g | 3.40 | Almhaus | 120
  The reason for bread.
cheese-mountain | Mountain cheese, aged 12 months | 8.90 | Almhaus | 44
  Hay, cellar, a little thunder.
cheese-feta | Feta in brine | 4.20 | Olivia | 52
  Crumbles on purpose.
  + olives-kalamata, oil-olive

# Grocery > Fresh > Milk
+ Breakfast cereal, Coffee beans
milk-whole | Whole milk 1 l | 1.60 | Almhaus | 200
  From cows with names.
milk-oat-barista | Oat drink, barista 1 l | 2.40 | Haferland | 160
  Foams like the real thing and minds its own business.
milk-low-fat | Low-fat milk 1 l | 1.50 | Almhaus | 140
  The same cows, after a long walk.
milk-almond-unsweetened | Almond drink, unsweetened 1 l | 2.60 | Haferland | 85
  An orchard, poured.

# Grocery > Pantry > Breakfast cereal
+ Milk
muesli-apple-nut | Apple and nut muesli | 5.90 | Haferland | 70
  Crunch with a clear conscience.
oats-rolled | Rolled oats 1 kg | 2.20 | Haferland | 130
  Porridge, pancakes, peace.
granola-honey-seeds | Honey and seed granola 500 g | 6.40 | Haferland | 55
  Half of it is eaten out of the bag.
cornflakes-malt | Malted cornflakes 500 g | 3.40 | Haferland | 100
  Be quick; the milk is quicker.

# Grocery > Pantry > Italian pantry
+ tomatoes-san-marzano, oil-olive, parmesan-24
= pasta
pasta-rigatoni | Rigatoni 500 g | 2.30 | Olivia | 140
  Holds sauce like a secret.
pasta-spaghetti | Bronze-cut spaghetti 500 g | 2.50 | Olivia | 150
  Rough enough to keep the pesto.
pasta-penne-wholegrain | Wholegrain penne 500 g | 2.60 | Olivia | 75
  Darker, slower, and full until supper.
pasta-orecchiette | Orecchiette 500 g | 3.20 | Olivia | 0
  Little ears, all of them open for the broccoli.

# Grocery > Pantry > Kitchen staples
+ Italian pantry
= each
tomatoes-san-marzano | San Marzano tomatoes, tin | 2.60 | Olivia | 130
  August, sealed.
oil-olive | Olive oil, early harvest 750 ml | 14.90 | Olivia | 48
  Green, peppery, worth crying over.
parmesan-24 | Parmesan, 24 months 300 g | 9.90 | Olivia | 37
  Grate generously; life is short.
olives-kalamata | Kalamata olives | 4.90 | Olivia | 61
  Stones included, for thinking.
  + cheese-feta, Bread

# Grocery > Coffee bar > Coffee bar drinks
+ Cakes and pastry
= coffee bar
flat-white | Flat white, double shot | 3.60 | Bar Ornella | 150
  Two shots, a little milk, no speeches.
cappuccino | Cappuccino | 3.40 | Bar Ornella | 150
  A cloud with an opinion.
espresso-single | Espresso | 2.20 | Bar Ornella | 150
  Standing up, in three sips.
filter-coffee-mug | Mug of filter coffee | 2.80 | Röstwerk | 150
  For those who came to sit.
latte-oat | Oat latte | 3.90 | Bar Ornella | 120
  Tall, mild, on good terms with everybody.
chai-latte | Chai latte | 3.90 | Teestube | 110
  Cardamom first, questions later.
hot-chocolate-dark | Dark hot chocolate | 3.80 | Bar Ornella | 90
  The spoon stands up by itself.
iced-coffee-tonic | Iced coffee with tonic | 4.20 | Röstwerk | 60
  Bitter twice, and refreshing for it.

# Grocery > Coffee bar > Cakes and pastry
+ Coffee bar drinks, Tea
= each
croissant-butter | Butter croissant | 2.40 | Backhaus Ada | 90
  Leaves evidence on every jumper.
cinnamon-bun | Cinnamon bun | 3.20 | Backhaus Ada | 70
  Unrolls slower than you think.
cheesecake-slice | Cheesecake, a slice | 4.20 | Backhaus Ada | 40
  The corner piece, always.
carrot-cake-slice | Carrot cake, a slice | 4.20 | Backhaus Ada | 36
  Counts as a vegetable among friends.
baklava-pistachio | Pistachio baklava, 250 g | 8.90 | Backhaus Ada | 44
  Forty layers and a sticky smile.
banana-bread | Banana bread, loaf | 6.90 | Backhaus Ada | 28
  What patience does for bananas.

# Grocery > Fresh > Fruit and vegetables
+ Butter and cheese, oil-olive
= each
apples-crisp | Crisp apples, 1 kg | 2.90 | Hofgut Linde | 160
  They can be heard in the next room.
bananas-fair | Bananas, 1 kg | 2.20 | Hofgut Linde | 150
  Yellow until Thursday.
tomatoes-vine | Vine tomatoes, 500 g | 2.80 | Hofgut Linde | 130
  Smell the green part first.
potatoes-waxy | Waxy potatoes, 2 kg | 3.40 | Hofgut Linde | 140
  Hold together when it matters.
carrots-bunch | Carrots, a bunch | 1.90 | Hofgut Linde | 110
  With their hair on.
lemons-unwaxed | Unwaxed lemons, 500 g | 2.40 | Hofgut Linde | 100
  Peel, juice and good cheer.
spinach-leaves | Spinach leaves, 300 g | 2.60 | Hofgut Linde | 80
  A mountain that becomes a spoonful.
onions-yellow | Yellow onions, 1 kg | 1.80 | Hofgut Linde | 150
  The beginning of nearly everything.

# Grocery > Fresh > Fish and meat
+ Fruit and vegetables, Spices
= each
trout-smoked | Smoked trout fillet | 5.90 | Kutterhof | 45
  Beech smoke and cold water.
salmon-fillet | Salmon fillet, 250 g | 8.90 | Kutterhof | 40
  Four minutes on the skin, then leave it alone.
chicken-free-range | Free-range chicken breast, 400 g | 9.40 | Hofgut Linde | 50
  It had a view.
beef-stew | Beef for stew, 500 g | 8.90 | Hofgut Linde | 36
  Three hours make it kind.
sausages-bratwurst | Bratwurst, four | 5.40 | Hofgut Linde | 60
  Wants a fire and a bread roll.
tofu-smoked | Smoked tofu, 200 g | 2.90 | Haferland | 70
  Takes on any company.

# Grocery > Pantry > Rice and pulses
+ Spices, oil-olive
= each
rice-basmati | Basmati rice 1 kg | 3.90 | Olivia | 120
  Rinse until the water gives up.
lentils-red | Red lentils 500 g | 2.40 | Olivia | 110
  Supper in eighteen minutes.
chickpeas-tin | Chickpeas, tin | 1.40 | Olivia | 160
  Hummus that does not know it yet.
bulgur-coarse | Coarse bulgur 1 kg | 2.90 | Olivia | 90
  Fluffy on the first try.
beans-borlotti | Borlotti beans 500 g | 2.80 | Olivia | 70
  Freckles that fade in the pot.
couscous-fine | Couscous 500 g | 2.20 | Olivia | 95
  Only needs to be talked to with hot water.

# Grocery > Pantry > Spices
+ Rice and pulses, Fish and meat
= each
pepper-black | Black pepper, whole 80 g | 3.90 | Gewürzkontor | 130
  Ground at the table, like news.
salt-sea-flakes | Sea salt flakes 250 g | 4.50 | Gewürzkontor | 100
  They crackle before they vanish.
paprika-smoked | Smoked paprika | 3.60 | Gewürzkontor | 80
  A campfire in a tin.
cinnamon-sticks | Cinnamon sticks | 3.20 | Gewürzkontor | 85
  Winter, rolled up.
cumin-whole | Whole cumin | 2.90 | Gewürzkontor | 75
  Wakes up in a dry pan.
zaatar | Zaatar 100 g | 4.20 | Gewürzkontor | 60
  Bread and oil have been waiting for it.
chili-flakes | Chilli flakes | 2.90 | Gewürzkontor | 90
  A pinch. No, less.
vanilla-pods | Vanilla pods, two | 7.90 | Gewürzkontor | 30
  Seeds into the cream, pod into the sugar.

# Grocery > Pantry > Chocolate and sweets
+ Tea, Coffee bar drinks
= each
chocolate-milk-hazelnut | Hazelnut milk chocolate | 2.90 | Kakaohaus | 150
  Whole nuts, broken promises to stop.
chocolate-dark-70 | Dark chocolate 70 % | 3.20 | Kakaohaus | 120
  Two squares and a window seat.
pralines-twelve | Pralines, box of twelve | 12.90 | Kakaohaus | 40
  Nobody admits to the last one.
liquorice-salty | Salty liquorice | 2.40 | Kakaohaus | 65
  Loved by few, and fiercely.
gummy-bears-fruit | Fruit gummy bears | 1.90 | Kakaohaus | 140
  The red ones go first.
marzipan-loaf | Marzipan loaf | 4.90 | Kakaohaus | 50
  Almonds on their best behaviour.

# Grocery > Pantry > Juices and water
+ Biscuits, Ice cream
= each
water-still-six | Still water, six bottles | 3.60 | Quellgrund | 140
  Tastes of having come a long way.
water-sparkling-six | Sparkling water, six bottles | 3.60 | Quellgrund | 150
  Louder than the still one.
juice-apple-cloudy | Cloudy apple juice 1 l | 2.60 | Hofgut Linde | 120
  Shake, as one would an orchard.
juice-orange | Orange juice 1 l | 3.20 | Hofgut Linde | 110
  Six oranges had a meeting.
lemonade-rhubarb | Rhubarb lemonade | 1.90 | Quellgrund | 95
  Pink and a little cross.
iced-tea-peach | Peach iced tea | 2.20 | Teestube | 85
  July with a screw top.

# Grocery > Frozen > Ice cream
+ Biscuits, Fruit and vegetables
= ice cream
ice-cream-vanilla | Vanilla ice cream 500 ml | 5.40 | Eisbude Nord | 80
  The standard by which days are measured.
ice-cream-breakfast | Breakfast ice cream, muesli and honey | 5.90 | Eisbude Nord | 40
  Somebody had to allow it.
sorbet-lemon | Lemon sorbet 500 ml | 4.90 | Eisbude Nord | 60
  A cold shower for the mood.
ice-cream-pistachio | Pistachio ice cream 500 ml | 6.90 | Bar Ornella | 45
  Grey-green, as it should be.
ice-lollies-berry | Berry ice lollies, six | 4.20 | Eisbude Nord | 90
  Drip-proof for nearly two minutes.
ice-cream-chocolate | Chocolate ice cream 500 ml | 5.40 | Eisbude Nord | 75
  Needs no introduction and no bowl.

# Grocery > Cellar > Wine and beer
+ Butter and cheese
= wine and beer
wine-red-primitivo | Red wine, Primitivo 0.75 l | 8.90 | Cantina Sole | 60
  Cherries, leather, a long table.
wine-white-riesling | White wine, dry Riesling 0.75 l | 9.40 | Cantina Sole | 55
  Slate and green apple.
beer-pils-six | Pils, six bottles | 6.90 | Hafenbräu | 80
  Bitter, clear, punctual.
beer-wheat-six | Wheat beer, six bottles | 7.40 | Hafenbräu | 60
  Pour slowly; it has opinions.
wine-sparkling-brut | Sparkling wine, brut 0.75 l | 11.90 | Cantina Sole | 40
  For news of any size.

# Grocery > Household > Cleaning and paper
+ Kitchen staples
= each
dish-soap-lemon | Washing-up liquid, lemon | 2.20 | Waschbär | 110
  One squeeze, whole pan.
paper-towels-four | Kitchen paper, four rolls | 3.40 | Wolke | 120
  For accidents with soup.
toilet-paper-ten | Toilet paper, ten rolls | 5.90 | Wolke | 150
  Soft, and never discussed.
laundry-soap-liquid | Liquid detergent 2 l | 9.90 | Waschbär | 80
  Mild on wool, firm on grass.
sponges-five | Sponges, five | 2.40 | Waschbär | 100
  Rough side, smooth side, like most of us.
bin-bags-35 | Bin bags 35 l | 2.90 | Wolke | 130
  They hold. That is all one asks.
`);
