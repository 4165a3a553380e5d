// Sports: for those who go outside on purpose.

import { stock } from '../shelf.ts';
import type { TownProduct } from '../types.ts';

export const sportsProducts: readonly TownProduct[] = stock(`
# Sports > Running > Running shoes
+ Running socks, Running wear, running-lights
shoes-road-swift | Swift road running shoes | 129.00 | Laufgut | 24
  Eight millimetres of good intentions.
shoes-trail-ibex | Ibex trail running shoes | 144.00 | Laufgut | 17
  For paths that are an opinion.
shoes-first-5k | First 5K running shoes | 79.00 | Laufgut | 30
  Forgiving, like a good coach.

# Sports > Running > Running socks
+ Running shoes
socks-run-three | Running socks, three pairs | 17.90 | Laufgut | 85
  Left and right know which one they are.
socks-run-merino | Merino running socks | 15.90 | Fjellvik | 50
  Warm when wet, civil when worn.

# Sports > Running > Running wear
+ Running socks, drink-bottle
= each
jacket-run-wind | Running wind jacket | 74.90 | Laufgut | 19
  Weighs as much as an apple.
tights-run-winter | Winter running tights | 64.90 | Laufgut | 23
  Brushed inside, brave outside.
running-lights | Clip-on running lights | 18.90 | Haldis | 34
  Be a small star on a dark road.

# Sports > Winter sports > Skating and sledging
+ Gloves, Hats, Thermal wear
= each
sledge-beech | Beech sledge | 79.00 | Almhaus | 12
  Steers by leaning and shouting.
skates-lake | Ice skates, lake edge | 89.00 | Fjellvik | 14
  Sharpened, patient.
ski-goggles | Ski goggles | 69.00 | Fjellvik | 20
  The mountain in amber.

# Sports > Mountain > Hiking gear
+ Winter socks, drink-bottle, map-valley-trails
= each
backpack-day-24 | Day pack, 24 litres | 89.00 | Fjellvik | 18
  Sandwich on top, always.
poles-folding | Folding walking poles | 69.90 | Fjellvik | 15
  Two more knees.
headlamp-200 | Headlamp, 200 lumen | 34.90 | Haldis | 26
  For the descent that took longer.

# Sports > Everyday > Bottles
+ Drink and fuel, Running wear
drink-bottle | Steel drinking bottle 0.75 l | 24.90 | Fjellvik | 60
  Dents are its diary.
bottle-glass-sleeve | Glass bottle in a wool sleeve | 19.90 | Fjellvik | 34
  Water tastes of water.
  + Yoga and stretching, Tea

# Sports > Everyday > Drink and fuel
+ drink-bottle, Running socks
= each
bars-oat-date | Oat and date bars, twelve | 15.90 | Haferland | 80
  Kilometre eighteen in a wrapper.
electrolyte-lemon | Lemon electrolyte tablets, 20 | 7.90 | Laufgut | 64
  Turns water into second wind.

# Sports > Yoga > Yoga and stretching
+ drink-bottle
= each
yoga-mat-cork | Cork yoga mat | 59.00 | Stillpunkt | 21
  Does not slip, does not judge.
  + yoga-block, roller-foam
yoga-block | Cork yoga block | 14.90 | Stillpunkt | 35
  Brings the floor nearer.
  + yoga-mat-cork
roller-foam | Foam roller | 24.90 | Stillpunkt | 28
  Hurts like a friend.
  + yoga-mat-cork, Running shoes
`);
