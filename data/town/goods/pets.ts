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

# Pets > Dog > Dog beds and bowls
+ Dog food, Dog treats
= each
dog-bed-round | Round dog bed, washable | 59.90 | Pfotenhof | 18
  Turn three times, then sigh.
dog-bowl-steel | Steel dog bowl | 12.90 | Pfotenhof | 50
  Heavy enough to stay where it is.
dog-bowl-slow | Slow-feeding bowl | 16.90 | Pfotenhof | 30
  A maze in front of breakfast.
dog-blanket-fleece | Fleece blanket for dogs | 19.90 | Pfotenhof | 35
  So that the sofa stays a sofa.
dog-crate-car | Travel crate for the car | 89.00 | Pfotenhof | 9
  A den that knows the motorway.
  + dog-blanket-fleece

# Pets > Dog > Dog care
+ Dog treats
= each
dog-shampoo-oat | Oat shampoo for dogs | 8.90 | Pfotenhof | 45
  For after the pond.
dog-brush-undercoat | Undercoat brush | 17.90 | Pfotenhof | 32
  Makes a second dog out of the first.
dog-toothbrush-set | Toothbrush set for dogs | 9.90 | Pfotenhof | 28
  Chicken flavour, dignity optional.
dog-tick-remover | Tick remover | 4.90 | Pfotenhof | 60
  Twist, do not pull.
dog-paw-balm | Paw balm | 9.90 | Pfotenhof | 40
  Against salt and hot stones.
dog-towel-poncho | Drying poncho for dogs | 24.90 | Pfotenhof | 24
  Shaking happens outside.

# Pets > Cat > Cat furniture
+ Cat toys
= each
cat-tree-window | Cat tree for the window | 89.00 | Samtpfote | 10
  Television without a licence.
cat-cave-felt | Felt cave | 44.90 | Samtpfote | 20
  The empty box, made to last.
cat-hammock-radiator | Radiator hammock | 24.90 | Samtpfote | 30
  The warmest flat in the house.
cat-flap-lockable | Lockable cat flap | 39.90 | Samtpfote | 14
  In, out, in, out.
scratching-mat-sisal | Sisal scratching mat | 16.90 | Samtpfote | 38
  The armchair says thank you.

# Pets > Cat > Cat care
+ Cat treats
= each
cat-brush-glove | Grooming glove for cats | 12.90 | Samtpfote | 40
  It believes that it is being stroked.
cat-malt-paste | Malt paste for cats | 5.90 | Samtpfote | 55
  For the inner carpet.
cat-carrier-soft | Soft cat carrier | 39.90 | Samtpfote | 16
  Put it out a day before. Say nothing.
cat-nail-clippers | Nail clippers for cats | 8.90 | Samtpfote | 35
  One paw an evening.
cat-fountain | Drinking fountain for cats | 34.90 | Samtpfote | 22
  Running water, without the tap at three.
  + cat-fountain-filters
cat-fountain-filters | Filters for the fountain, four | 9.90 | Samtpfote | 50
  Change monthly; the cat keeps count.

# Pets > Small friends > Aquarium
+ aquarium-food-flakes
= each
aquarium-60-set | Aquarium set, 60 litres | 119.00 | Teichgrund | 8
  A quiet street behind glass.
  + aquarium-filter, aquarium-food-flakes, aquarium-plants
aquarium-filter | Aquarium filter | 34.90 | Teichgrund | 20
  Hums, and that is all.
aquarium-food-flakes | Flake food for fish | 4.90 | Teichgrund | 70
  Snow from above, twice a day.
  + aquarium-water-test
aquarium-plants | Water plants, bunch | 7.90 | Teichgrund | 30
  Somewhere to hide from the wallpaper.
aquarium-water-test | Water test strips | 9.90 | Teichgrund | 40
  The fish cannot say it.
aquarium-net | Fish net | 3.90 | Teichgrund | 45
  For removals of the gentle kind.

# Pets > Small friends > Hamsters
+ hamster-food-seeds
= each
hamster-cage-wood | Hamster home, wood and glass | 129.00 | Pfotenhof | 7
  Three floors, no lift.
  + hamster-wheel, hamster-bedding
hamster-wheel | Silent hamster wheel | 19.90 | Pfotenhof | 28
  Ten kilometres a night, unheard.
hamster-food-seeds | Seed mix for hamsters | 4.90 | Pfotenhof | 60
  Mostly for the cheeks.
  + hamster-bedding
hamster-bedding | Hemp bedding 30 l | 7.90 | Pfotenhof | 50
  To be rearranged until dawn.
hamster-tunnel | Cork tunnel | 8.90 | Pfotenhof | 34
  In at one end, asleep at the other.

# Pets > Small friends > Garden birds
+ Travel and nature
= each
bird-bath-stone | Bird bath, stone | 49.90 | Almhaus | 12
  The local swimming pool.
suet-balls-six | Suet balls, six | 4.90 | Pfotenhof | 85
  Tits hang upside down for them.
nest-box-oak | Nest box, oak | 29.90 | Almhaus | 20
  Two rooms, sea view if you live there.
`);
