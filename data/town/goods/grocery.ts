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

# Grocery > Pantry > Breakfast cereal
+ Milk
muesli-apple-nut | Apple and nut muesli | 5.90 | Haferland | 70
  Crunch with a clear conscience.
oats-rolled | Rolled oats 1 kg | 2.20 | Haferland | 130
  Porridge, pancakes, peace.

# Grocery > Pantry > Italian pantry
+ tomatoes-san-marzano, oil-olive, parmesan-24
= pasta
pasta-rigatoni | Rigatoni 500 g | 2.30 | Olivia | 140
  Holds sauce like a secret.
pasta-spaghetti | Bronze-cut spaghetti 500 g | 2.50 | Olivia | 150
  Rough enough to keep the pesto.

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
`);
