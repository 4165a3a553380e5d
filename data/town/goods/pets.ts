// Pets: the household members with the firmest brand loyalty.

import { stock } from '../shelf.ts';
import type { TownProduct } from '../types.ts';

export const petProducts: readonly TownProduct[] = stock(`
# Pets > Cat > Cat food
+ Cat treats, Cat litter
cat-food-salmon-dry | Salmon dry food for cats 3 kg | 21.90 | Schnurr | 60
  Approved by a cat who approves of nothing.
cat-food-chicken-pouches | Chicken pouches, 24 | 17.90 | Schnurr | 85
  Each one is the best one, until noon.
cat-food-tuna-tin | Tuna tins, 12 | 15.90 | Schnurr | 70
  Audible from any room.

# Pets > Cat > Cat litter
+ Cat food
cat-litter-clay | Clumping litter 10 l | 9.90 | Schnurr | 90
  Heavy to carry, light to live with.
cat-litter-wood | Wood pellet litter 15 l | 12.90 | Schnurr | 65
  Smells of sawmill, in a good way.

# Pets > Cat > Cat treats
+ Cat food, Cat toys
cat-treats-crunch | Crunchy cat treats | 2.90 | Schnurr | 110
  Shake the bag and count to one.
cat-milk | Cat milk, four bottles | 4.90 | Schnurr | 50
  Lactose-free, dignity included.

# Pets > Cat > Cat toys
+ Cat treats
= each
cat-toy-mouse | Felt mouse with catnip | 4.50 | Pfote & Co | 63
  Will be found under the sofa in spring.
scratching-post | Scratching post, sisal | 49.00 | Pfote & Co | 12
  The sofa sends its thanks.
  + Cat toys, Cat treats

# Pets > Dog > Dog food
+ Dog treats, dog-bags
dog-food-beef-dry | Beef dry food for dogs 10 kg | 44.90 | Bello | 40
  One bowl, eleven seconds.
dog-food-lamb-rice | Lamb and rice for dogs 10 kg | 49.90 | Bello | 34
  For delicate stomachs with big opinions.

# Pets > Dog > Dog treats
+ Dog food
dog-treats-training | Training treats | 4.90 | Bello | 95
  Sit. Stay. Good. Again.
dog-chew-roots | Chew roots, three | 8.90 | Bello | 48
  Better than the slippers.

# Pets > Dog > Dog walking
+ Dog treats, dog-bags
= each
dog-lead-rope | Rope lead, two metres | 24.90 | Pfote & Co | 22
  Long enough for one more tree.
dog-coat-rain | Dog rain coat | 39.90 | Regenfroh | 16
  Yellow, like a very small sailor.
  + dog-towel, dog-lead-rope
dog-bags | Dog bags, 120 | 5.90 | Pfote & Co | 130
  A neighbourly thing.
  + Dog treats
dog-towel | Microfibre dog towel | 14.90 | Pfote & Co | 27
  Use before the shake, not after.

# Pets > Small friends > Garden birds
+ bird-feeder
= each
bird-seed-winter | Winter bird seed 5 kg | 12.90 | Imkerei Sommer | 55
  Breakfast for robins.
bird-feeder | Bird feeder house | 29.90 | Almhaus | 19
  Better than television, from December.
  + bird-seed-winter

# Pets > Small friends > Rabbits
+ rabbit-hay
= each
rabbit-tunnel | Willow tunnel for rabbits | 17.90 | Pfote & Co | 15
  Architecture that may be eaten.
  + rabbit-hay
rabbit-hay | Meadow hay for rabbits 2 kg | 8.90 | Pfote & Co | 46
  Smells like holidays.
  + rabbit-tunnel
`);
