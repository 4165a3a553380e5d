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
socks-run-low-two | Low-cut running socks, two pairs | 11.90 | Laufgut | 0
  They hide in the shoe and let it do the talking.

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
ski-goggles | Ski goggles, amber lens | 69.00 | Fjellvik | 20
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
bottle-insulated-half | Insulated bottle 0.5 l | 29.90 | Fjellvik | 44
  Tea at the summit, still too hot to drink.
  + Hiking gear, Tea, Drink and fuel

# Sports > Everyday > Drink and fuel
+ drink-bottle, Running socks
= each
bars-oat-date | Oat and date bars, twelve | 15.90 | Haferland | 80
  Kilometre eighteen in a wrapper.
electrolyte-lemon | Lemon electrolyte tablets, 20 | 7.90 | Laufgut | 64
  Turns water into second wind.
gels-espresso-six | Espresso energy gels, six | 13.90 | Laufgut | 48
  Taste of the café you have just run past.

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

# Sports > Wheels > Cycling
+ Bottles, Drink and fuel
= each
bike-lock-folding | Folding bicycle lock | 49.90 | Radwerk | 28
  Heavier than the thief’s patience.
  + bike-lights-set
bike-lights-set | Bicycle lights, set | 34.90 | Radwerk | 40
  To see, and to be left alone.
bike-pump-floor | Floor pump | 39.90 | Radwerk | 25
  Five strokes, and the street is smooth.
helmet-city | City bicycle helmet | 69.90 | Radwerk | 24
  Looks like a hat that went to university.
  + bike-lights-set
gloves-cycling | Cycling gloves | 24.90 | Radwerk | 33
  The bar stays, the blisters go.
bike-basket-wicker | Wicker bicycle basket | 44.90 | Radwerk | 18
  Bread in front, wind behind.
bike-repair-kit | Puncture repair kit | 7.90 | Radwerk | 75
  For the third kilometre of every first trip.
  + bike-pump-floor

# Sports > Water > Swimming
+ Drink and fuel
= each
goggles-swim | Swimming goggles | 19.90 | Welle | 48
  The bottom of the pool, in focus.
  + swim-cap-silicone
swimsuit-classic | Swimsuit, classic cut | 44.90 | Welle | 26
  Made for lengths, not for lounging.
  + goggles-swim, towel-microfibre
swim-trunks-navy | Swim trunks, navy | 34.90 | Welle | 30
  One pocket, for the locker key.
  + goggles-swim, towel-microfibre
swim-cap-silicone | Silicone swimming cap | 9.90 | Welle | 55
  Everyone looks equally fast.
  + goggles-swim
towel-microfibre | Microfibre towel | 17.90 | Welle | 42
  Dry before the bus comes.
kickboard | Kickboard | 12.90 | Welle | 35
  Half the work, all the splashing.
  + goggles-swim

# Sports > Ball > Football
+ Drink and fuel, Bottles
= each
football-match | Match football | 29.90 | Bolzplatz | 44
  Flies straight; the rest is up to you.
  + shin-guards, ball-pump-mini
boots-football-turf | Football boots for turf | 79.90 | Bolzplatz | 18
  Grip for those who still run back.
  + shin-guards, socks-football
shin-guards | Shin guards | 14.90 | Bolzplatz | 50
  Remembered after the first time.
  + socks-football
socks-football | Football socks | 9.90 | Bolzplatz | 70
  Stay up for ninety minutes.
  + shin-guards
gloves-goalkeeper | Goalkeeper gloves | 34.90 | Bolzplatz | 20
  Large hands, no excuses.
ball-pump-mini | Mini ball pump | 8.90 | Bolzplatz | 60
  The needle is in the handle.
  + football-match

# Sports > Ball > Racket sports
+ Bottles, Drink and fuel
= each
racket-tennis-club | Tennis racket, club | 89.90 | Matchball | 16
  Forgiving, like a good partner.
  + balls-tennis-four, grip-tape
balls-tennis-four | Tennis balls, tube of four | 9.90 | Matchball | 90
  The hiss when it opens.
racket-badminton-pair | Badminton rackets, a pair | 39.90 | Matchball | 22
  For gardens without wind, in theory.
  + shuttlecocks-six
shuttlecocks-six | Shuttlecocks, six | 11.90 | Matchball | 60
  One of them lives on the roof.
bat-table-tennis | Table tennis bat | 24.90 | Matchball | 35
  Spin in both directions.
  + balls-table-tennis
balls-table-tennis | Table tennis balls, ten | 7.90 | Matchball | 80
  Under the sofa by Sunday.
grip-tape | Grip tape, three | 6.90 | Matchball | 70
  A new handshake for an old racket.

# Sports > Everyday > Gym at home
+ Bottles, Drink and fuel
= each
dumbbells-pair-5 | Dumbbells, a pair, 5 kg | 34.90 | Standfest | 26
  Hold the door, and the year’s resolution.
  + towel-microfibre
kettlebell-12 | Kettlebell 12 kg | 44.90 | Standfest | 18
  A teapot with no sense of humour.
resistance-bands-five | Resistance bands, five | 19.90 | Standfest | 55
  From friendly to serious.
jump-rope-speed | Skipping rope | 12.90 | Standfest | 60
  Ten minutes, one puddle.
ab-wheel | Exercise wheel | 17.90 | Standfest | 30
  Goes out easily; coming back is the sport.
balance-board | Balance board, beech | 59.90 | Standfest | 15
  Standing, but with suspense.

# Sports > Mountain > Camping
+ Hiking gear, Bottles
= each
tent-two-dome | Dome tent for two | 149.00 | Fjellvik | 12
  Up in six minutes, apart from the argument.
  + sleeping-bag-three-season, mat-camping
sleeping-bag-three-season | Three-season sleeping bag | 99.00 | Fjellvik | 17
  A warm letter to the night.
  + mat-camping
mat-camping | Camping mat, self-inflating | 49.90 | Fjellvik | 21
  It knows its job; you only open the valve.
stove-camping-gas | Camping stove | 39.90 | Fjellvik | 24
  Coffee with a horizon.
  + mug-enamel
lantern-camping | Camping lantern | 29.90 | Fjellvik | 30
  For cards and ghost stories.
mug-enamel | Enamel mug | 9.90 | Fjellvik | 65
  Every dent is a place.

# Sports > Winter sports > Skiing
+ Thermal wear, Drink and fuel
= each
goggles-ski | Ski goggles, anti-glare | 69.90 | Fjellvik | 20
  The slope, minus the glare.
  + helmet-ski
helmet-ski | Ski helmet | 89.90 | Fjellvik | 16
  Warm ears, calm parents.
  + goggles-ski
gloves-ski | Ski gloves | 59.90 | Fjellvik | 25
  Hold the pole and the hot chocolate.
  + goggles-ski
ski-wax-set | Ski wax set | 24.90 | Fjellvik | 28
  An evening in the cellar, a day in front.
socks-ski | Ski socks | 19.90 | Fjellvik | 50
  Thin where it counts, thick where it hurts.
  + gloves-ski
sunstick-50 | Sun stick SPF 50 | 8.90 | Sanftmut | 40
  Noses first.
`);
